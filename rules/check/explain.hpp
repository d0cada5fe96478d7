// `tocsin explain`: everything that the rulebook makes of one alert, and who would be paged when if nobody answered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "core/model/incident.hpp"
#include "core/model/verdict.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

struct ExplainedField {
    std::string path;
    std::string value;
    FieldType type = FieldType::Text;
};

/// A rule that was asked, in order.
struct ExplainedRule {
    TrailStep step;
    std::vector<std::string> reasons;  ///< For one that matched: each condition and what it saw.
    std::string sets;                  ///< For one that matched: "service lms, severity critical"; may be empty.
};

struct Explanation {
    TimePoint at;
    std::string source;
    std::string kind;
    std::string key;
    std::vector<ExplainedField> fields;
    std::size_t fields_left_out = 0;
    std::vector<ExplainedRule> rules;
    std::size_t rules_not_asked = 0;  ///< Those behind the rule that decided.
    Verdict verdict;
    std::string service_title;
    std::string runbook;
    std::vector<ExplainedPage> pages;  ///< Within a day.
    std::vector<TimelineEntry> timeline;
};

/// The alert is played as the first of its incident, every page delivered at once and nobody answering, for a day from `at`.
[[nodiscard]] Explanation explain(const Rulebook& rulebook, const Alert& alert, const Fields& fields, TimePoint at);

/// For people, at a terminal: fields, trail, verdict, pages with UTC and the person's local time, timeline.
[[nodiscard]] std::string to_text(const Explanation& explanation);
[[nodiscard]] std::string to_json(const Explanation& explanation);

}  // namespace tocsin::check
