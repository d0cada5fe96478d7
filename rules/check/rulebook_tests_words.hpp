// What the reports about rulebook tests share.
#pragma once

#include <string>
#include <string_view>

#include "rules/check/rulebook_tests_report.hpp"

namespace tocsin::check {

/// Everything about a test that failed, in lines that begin with `indent`.
[[nodiscard]] std::string failure_text(const TestResult& result, std::string_view indent);
[[nodiscard]] std::string coverage_text(const CoverageReport& coverage, CoverageDetail detail);

}  // namespace tocsin::check
