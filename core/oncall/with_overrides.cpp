#include "core/oncall/with_overrides.hpp"

#include <fmt/format.h>

namespace tocsin::oncall {

Roster with_overrides(Roster roster, std::span<const MadeOverride> made) {
    for (const auto& one : made) {
        const auto stretch = one.in_force();
        if (stretch && !why_idle(one, roster)) roster.schedules.find(one.schedule)->second.overrides.push_back(*stretch);
    }
    return roster;
}

std::optional<std::string> why_idle(const MadeOverride& made, const Roster& roster) {
    if (roster.schedule(made.schedule) == nullptr) return fmt::format("no schedule is called \"{}\" any more", made.schedule);
    if (roster.person(made.person) == nullptr) return fmt::format("nobody is called \"{}\" any more", made.person);
    return {};
}

}  // namespace tocsin::oncall
