// The results of rulebook tests, for people, for CI systems and for programs.
#pragma once

#include <string>
#include <vector>

#include "rules/check/rulebook_tests.hpp"

namespace tocsin::check {

/// One line for each test; under one that failed, its differences and everything that went out. Then the rules that no test
/// reached, and the count.
[[nodiscard]] std::string tests_to_text(const Rulebook& rulebook, const std::vector<TestResult>& results);
/// JUnit's XML: one suite, a test case each, its differences as the failure. The rules not reached are the suite's output.
[[nodiscard]] std::string tests_to_junit(const Rulebook& rulebook, const std::vector<TestResult>& results);
/// {"passed", "failed", "tests": [{"name", "place", "passed", "differences", "pages"}], "rules_not_reached": [{"name", "place"}]}
[[nodiscard]] std::string tests_to_json(const Rulebook& rulebook, const std::vector<TestResult>& results);

}  // namespace tocsin::check
