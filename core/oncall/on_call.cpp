#include "core/oncall/on_call.hpp"

#include <algorithm>

#include "core/oncall/walk.hpp"

namespace tocsin::oncall {
namespace {

std::optional<Duty> duty_of(const Holder& holder) {
    if (holder.person == nullptr) return {};
    return Duty{*holder.person, *holder.by};
}

bool has_duty(const Holder& holder, const Duty& duty) { return *holder.person == duty.person && *holder.by == duty.by; }

std::optional<Duty> first_of(std::span<const Holder> holders) {
    return holders.empty() ? std::nullopt : duty_of(holders.front());
}

/// Shifts in the making: which of those found go on.
class ShiftList {
public:
    void go_on(std::span<const Holder> holders, TimePoint from, TimePoint until) {
        std::vector<std::size_t> still_open;
        for (const auto& holder : holders) {
            const auto open =
                std::find_if(open_.begin(), open_.end(), [&](std::size_t i) { return has_duty(holder, found_[i].duty); });
            if (open == open_.end()) found_.push_back({*duty_of(holder), from, until});
            still_open.push_back(open == open_.end() ? found_.size() - 1 : *open);
            found_[still_open.back()].until = until;
        }
        open_ = std::move(still_open);
    }
    std::vector<Shift> take() { return std::move(found_); }

private:
    std::vector<Shift> found_;
    std::vector<std::size_t> open_;
};

}  // namespace

Crew crew(const Schedule& schedule, TimePoint t) {
    const Walk walk(schedule, t);
    Crew found{duty_of(walk.primary()), duty_of(walk.secondary()), {}};
    for (const auto& holder : walk.shadows()) found.shadows.push_back({*holder.person, *holder.by});
    return found;
}

std::optional<Duty> on_call(const Schedule& schedule, TimePoint t, Role role) {
    const Walk walk(schedule, t);
    return first_of(walk.holders(role));
}

std::optional<TimePoint> next_change(const Schedule& schedule, TimePoint t, TimePoint horizon, Role role) {
    Walk walk(schedule, t);
    const auto duty = first_of(walk.holders(role));
    while (walk.until() <= horizon && walk.until() != kNever) {
        walk.advance();
        const auto holders = walk.holders(role);
        const bool is_same = duty ? !holders.empty() && has_duty(holders.front(), *duty) : holders.empty();
        if (!is_same) return walk.now();
    }
    return {};
}

std::vector<Shift> shifts(const Schedule& schedule, TimePoint from, TimePoint until, Role role) {
    ShiftList found;
    if (from >= until) return {};
    for (Walk walk(schedule, from);; walk.advance()) {
        const auto end = std::min(walk.until(), until);
        found.go_on(walk.holders(role), walk.now(), end);
        if (end == until) return found.take();
    }
}

TimePoint end_of_quiet(const Person& person, TimePoint t) {
    if (!person.quiet) return t;
    return end_of_window(*person.quiet, person.time_zone, t).value_or(t);
}

}  // namespace tocsin::oncall
