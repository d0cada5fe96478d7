// `tocsin test`: plays the tests of a rulebook through the real rules and the real engine, and says what came out differently.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

struct ParsedAlert {
    Alert alert;
    Fields fields;  ///< All that rules see of it.
};
/// The bytes that a source would send -> the alerts in them. The daemon's intake, given from above.
using ParseAlert =
    std::function<Result<std::vector<ParsedAlert>>(std::string_view kind, std::string_view source, std::string payload)>;

struct TestResult {
    std::string name;
    std::string place;
    /// What was expected and did not happen, or happened and was not expected; readable, a line each. None: it passed.
    std::vector<std::string> differences;
    std::vector<ExplainedPage> pages;         ///< All that went out, as far as the test looks.
    std::vector<std::int32_t> rules_reached;  ///< Those that matched an alert of the test, rising.

    [[nodiscard]] bool passed() const { return differences.empty(); }
};

/// In the rulebook's order. `rule`, `service`, `severity`, `urgency`, `summary` and `incident` are expected of the first alert;
/// pages are whatever goes out to a person, so notices too. An empty list of pages expects what `no_pages` does: none within a
/// day. What is given takes place in the order of time, not in that of the list.
[[nodiscard]] std::vector<TestResult> run_rulebook_tests(const Rulebook& rulebook, const ParseAlert& parse);

/// The rules that matched in no test, in the rulebook's order.
[[nodiscard]] std::vector<const match::RuleSpec*> rules_not_reached(const Rulebook& rulebook,
                                                                    const std::vector<TestResult>& results);

}  // namespace tocsin::check
