// `tocsin test`: plays the tests of a rulebook through the real rules and the real engine, and says what came out differently.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/check/coverage.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/check/parsed_alert.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// One thing that came out otherwise than expected.
struct Difference {
    std::string what;  ///< "severity", "severity of the alert at +5m", "pages until +2h"
    std::string expected;
    std::string got;
    std::string why;  ///< What may help; often empty.
};

/// A page that was expected, or went out, or both; in the order of time.
struct ComparedPage {
    enum class Outcome : std::uint8_t { AsExpected, Missing, Unexpected };
    Outcome outcome = Outcome::AsExpected;
    Duration at{};
    std::string recipient;  ///< "cambridge-b via push"
    std::string why;        ///< Of one that went out.
};

struct TestResult {
    std::string name;
    std::string place;
    std::vector<Difference> differences;
    std::vector<ComparedPage> compared;  ///< If the test expects pages, or none.
    std::vector<ExplainedPage> pages;    ///< All that went out, as far as the test looks.
    /// If the verdict on an alert is not the expected one: how it came about.
    Trail trail;

    [[nodiscard]] bool passed() const;
};

struct TestReport {
    std::vector<TestResult> results;
    std::optional<CoverageReport> coverage;

    [[nodiscard]] std::size_t failed() const;
};

/// In the rulebook's order. What `expect` says of a verdict is expected of the first alert; pages are whatever goes out to a
/// person, so notices too. What is given takes place in the order of time, not in that of the list; of what has one time silences
/// come first. The test ends at horizon_of(); everything that goes out until then must be among its `pages` if it has any.
[[nodiscard]] std::vector<TestResult> run_rulebook_tests(const Rulebook& rulebook, const ParseAlert& parse);

/// The same of the tests whose name contains `filter` (ASCII letters without regard to case), with what they cover if that is all
/// of them.
[[nodiscard]] TestReport test_report(const Rulebook& rulebook, const ParseAlert& parse, std::string_view filter);

}  // namespace tocsin::check
