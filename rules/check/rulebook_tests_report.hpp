// The results of rulebook tests, for people, for CI systems and for programs.
#pragma once

#include <string>
#include <vector>

#include "rules/check/rulebook_tests.hpp"

namespace tocsin::check {

/// How much is said of the conditions that no test has seen come out both ways.
enum class CoverageDetail { Summary, Conditions };

/// One line for each test; under one that failed, what was expected and what came instead. Then what the tests cover, and the
/// count.
[[nodiscard]] std::string tests_to_text(const TestReport& report, CoverageDetail detail);
/// Only what failed, and the count: for the log of a reload that was refused.
[[nodiscard]] std::string failures_to_text(const std::vector<TestResult>& results);
/// Only the conditions that no test has seen both hold and fail, and the rules that none reached.
[[nodiscard]] std::string coverage_gaps_to_text(const CoverageReport& coverage);
/// JUnit's XML: one suite, a test case each, its differences as the failure. What the tests cover is the suite's output.
[[nodiscard]] std::string tests_to_junit(const TestReport& report);
/// Workflow commands of GitHub Actions: an error at the place of each test that failed, a notice with the count and coverage.
[[nodiscard]] std::string tests_to_github(const TestReport& report);
/// {"passed", "failed", "tests": [{"name", "place", "passed", "differences": [{"what", "expected", "got", "why"}],
/// "compared": [{"outcome", "offset", "recipient", "why"}], "pages"}], "coverage": {"rules", "conditions", "not_reached",
/// "not_tried"}}
[[nodiscard]] std::string tests_to_json(const TestReport& report);

}  // namespace tocsin::check
