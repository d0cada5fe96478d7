// The rulebook with what is arranged at run time: its overrides on top of the schedules', its silences beside the rulebook's.
#pragma once

#include <string>
#include <vector>

#include "core/model/arrangements.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// An arrangement that has no effect under this rulebook, and why.
struct IdleArrangement {
    ArrangementId id;
    std::string why;
};

struct ArrangedRulebook {
    Rulebook rulebook;
    std::vector<IdleArrangement> idle;
};

[[nodiscard]] ArrangedRulebook with_arrangements(const Rulebook& rulebook, const Arrangements& arrangements);

}  // namespace tocsin::app
