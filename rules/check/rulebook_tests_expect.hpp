// What a rulebook test expects against what happened.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/engine/rehearsal.hpp"
#include "core/model/verdict.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// Where a test ends, since its first alert: `until`; else a day for `no_pages`, else the last of its expected pages, of the
/// instants of `pages_until`, and of what is given (at `last_given`).
[[nodiscard]] Duration horizon_of(const TestExpect& expect, Duration last_given);

/// Whether anything that is expected of the verdict is otherwise.
[[nodiscard]] bool differs(const ExpectedVerdict& expect, const Verdict& got);
[[nodiscard]] std::vector<Difference> differences_of_verdict(const ExpectedVerdict& expect, const Verdict& got,
                                                             const Trail& trail);

/// Every page that is expected and every one that went out until the horizon, if the test expects pages or none. Pages of one
/// instant have no order among them.
[[nodiscard]] std::vector<ComparedPage> compared_pages(const TestExpect& expect, const std::vector<ExplainedPage>& pages,
                                                       Duration horizon);

struct Played {
    const engine::Rehearsal& rehearsal;
    const std::string& incident_key;  ///< Of the first alert.
    const std::vector<ExplainedPage>& pages;
};
/// Of everything but verdict and `pages`: counts of pages, the incident's state, the incidents, the reasons.
[[nodiscard]] std::vector<Difference> differences_of_outcome(const TestExpect& expect, const Played& played);

}  // namespace tocsin::check
