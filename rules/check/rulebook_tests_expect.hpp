// What a rulebook test expects against what happened.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/verdict.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// How long after its first alert the test has to be played to be judged.
[[nodiscard]] Duration span_of(const TestExpect& expect);

[[nodiscard]] std::vector<std::string> differences_of_verdict(const TestExpect& expect, const Verdict& got, const Trail& trail);
/// `pages` are all that went out within span_of() at least.
[[nodiscard]] std::vector<std::string> differences_of_pages(const TestExpect& expect, const std::vector<ExplainedPage>& pages);

}  // namespace tocsin::check
