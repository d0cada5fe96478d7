#include "daemon/app/arranged_rulebook.hpp"

#include <utility>

#include "core/oncall/with_overrides.hpp"
#include "rules/check/made_silence.hpp"

namespace tocsin::app {

ArrangedRulebook with_arrangements(const Rulebook& rulebook, const Arrangements& arrangements) {
    std::vector<IdleArrangement> idle;
    for (const auto& made : arrangements.overrides) {
        auto why = oncall::why_idle(made, rulebook.roster());
        if (why && made.in_force()) idle.push_back({made.id, std::move(*why)});
    }
    const auto own = rulebook.silences().silences();
    std::vector<match::SilenceSpec> silences(own.begin(), own.end());
    for (const auto& made : arrangements.silences) {
        if (made.origin.ended_at) continue;
        if (auto spec = check::spec_of(made)) {
            silences.push_back(std::move(*spec));
        } else {
            idle.push_back({made.id, spec.error().message()});
        }
    }
    return {
        rulebook.with(oncall::with_overrides(rulebook.roster(), arrangements.overrides), match::SilenceSet(std::move(silences))),
        std::move(idle)};
}

}  // namespace tocsin::app
