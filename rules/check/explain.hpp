// `tocsin explain`: everything that the rulebook makes of one alert, and who would be paged when if nobody answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "core/model/verdict.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/check/parsed_alert.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

struct ExplainedField {
    std::string path;
    std::string value;  ///< Cut to 2,000 code points.
    FieldType type = FieldType::Text;
};

/// A rule that was asked, in order.
struct ExplainedRule {
    std::size_t number = 0;  ///< In the rulebook, from 1.
    TrailStep step;
    std::vector<std::string> reasons;  ///< For one that matched: each condition and what it saw.
    std::string sets;                  ///< For one that matched: "service lms, severity critical"; may be empty.
};

/// The silence that covers the alert.
struct ExplainedSilence {
    std::string name;
    std::string place;
    std::string reason;
    std::string owner;
    TimePoint until;
};

struct Explanation {
    TimePoint at;
    std::string source;
    std::string kind;
    std::string key;
    std::vector<ExplainedField> fields;
    std::size_t fields_left_out = 0;
    std::optional<Reading> reading;    ///< By the mappings of its source, if it has any.
    std::vector<ExplainedRule> rules;  ///< All that matched, and the last kRulesMax of those that were asked before them.
    std::size_t rules_left_out = 0;
    std::size_t rules_not_asked = 0;  ///< Those behind the rule that decided.
    Verdict verdict;
    std::string service_title;
    std::string runbook;
    std::vector<std::string> needs;  ///< The services at whose incidents it would be told instead, the nearest first.
    std::optional<ExplainedSilence> silence;
    std::size_t silences = 0;          ///< How many the rulebook has.
    std::vector<ExplainedPage> pages;  ///< Within a day, at most kPagesMax.
    std::size_t pages_left_out = 0;
    std::vector<TimelineEntry> timeline;  ///< Likewise.
};

/// What keeps an explanation small, whatever the rulebook.
inline constexpr std::size_t kRulesMax = 100;
inline constexpr std::size_t kPagesMax = 500;

/// The alert is played alone, as the first of its incident, every page delivered at once and nobody answering, for a day from
/// `at`, or until a day after the end of the silence that covers it.
[[nodiscard]] Explanation explain(const Rulebook& rulebook, const ParsedAlert& parsed, TimePoint at);

/// For people, at a terminal: fields, trail, verdict, pages with UTC and the person's local time, timeline.
[[nodiscard]] std::string to_text(const Explanation& explanation);
[[nodiscard]] std::string to_json(const Explanation& explanation);

}  // namespace tocsin::check
