#include "core/oncall/on_call.hpp"

#include <algorithm>

#include "core/oncall/walk.hpp"

namespace tocsin::oncall {
namespace {

bool is_duty(const Walk& walk, const Duty& duty) {
    return walk.person() != nullptr && *walk.person() == duty.person && walk.by() == duty.by;
}

}  // namespace

std::optional<Duty> on_call(const Schedule& schedule, TimePoint t) {
    if (const auto stretch = stretch_of(schedule.overrides, t); stretch.person != nullptr)
        return Duty{*stretch.person, "override"};
    const auto period = schedule.time_zone.period(t);
    for (auto layer = schedule.layers.rbegin(); layer != schedule.layers.rend(); ++layer) {
        Turn turn;
        const auto stretch = stretch_of(*layer, schedule.time_zone, period, t, turn);
        if (stretch.person != nullptr) return Duty{*stretch.person, layer->name};
    }
    return {};
}

std::optional<TimePoint> next_change(const Schedule& schedule, TimePoint t, TimePoint horizon) {
    Walk walk(schedule, t);
    const auto* person = walk.person();
    const auto duty = person == nullptr ? Duty{} : Duty{*person, walk.by()};
    while (walk.until() <= horizon && walk.until() != kNever) {
        walk.advance();
        const bool is_same = person == nullptr ? walk.person() == nullptr : is_duty(walk, duty);
        if (!is_same) return walk.now();
    }
    return {};
}

std::vector<Shift> shifts(const Schedule& schedule, TimePoint from, TimePoint until) {
    std::vector<Shift> found;
    if (from >= until) return found;
    for (Walk walk(schedule, from);; walk.advance()) {
        const auto end = std::min(walk.until(), until);
        const bool goes_on = !found.empty() && found.back().until == walk.now() && is_duty(walk, found.back().duty);
        if (goes_on) {
            found.back().until = end;
        } else if (walk.person() != nullptr) {
            found.push_back({{*walk.person(), walk.by()}, walk.now(), end});
        }
        if (end == until) return found;
    }
}

TimePoint end_of_quiet(const Person& person, TimePoint t) {
    if (!person.quiet) return t;
    return end_of_window(*person.quiet, person.time_zone, t).value_or(t);
}

}  // namespace tocsin::oncall
