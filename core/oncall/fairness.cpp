#include "core/oncall/fairness.hpp"

#include <algorithm>
#include <map>

#include "core/model/window_state.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::oncall {
namespace {

using Span = WeeklyWindow::Span;

constexpr std::int32_t kNightFrom = 22 * 60;  ///< In minutes of the day.
constexpr std::int32_t kNightUntil = 7 * 60;

WeeklyWindow nights() {
    WeeklyWindow window;
    for (std::int32_t midnight = 0; midnight < kMinutesOfWeek; midnight += kMinutesOfDay) {
        window.spans.push_back({midnight + kNightFrom, midnight + kMinutesOfDay + kNightUntil});
    }
    return window;
}

WeeklyWindow weekends() { return {{Span{5 * kMinutesOfDay, kMinutesOfWeek}}}; }

/// The stretches of [of.from, of.until) in which the window holds, neighbours joined.
std::vector<Interval> in_window(const WeeklyWindow& window, const Zone& zone, Interval of) {
    std::vector<Interval> found;
    for (auto t = of.from; t < of.until;) {
        const auto state = window_at(window, zone.period(t), t);
        const auto end = std::min(state.until, of.until);
        if (state.is_within && !found.empty() && found.back().until == t) {
            found.back().until = end;
        } else if (state.is_within) {
            found.push_back({t, end});
        }
        t = end;
    }
    return found;
}

struct Share {
    std::size_t count = 0;
    Duration time{};
};

/// How many of the stretches the shifts reach into, and how much of them they take. Both rise and overlap nothing of their own.
Share share_of(const std::vector<Interval>& stretches, const std::vector<Interval>& shifts) {
    Share share;
    auto shift = shifts.begin();
    for (const auto& stretch : stretches) {
        while (shift != shifts.end() && shift->until <= stretch.from) ++shift;
        Duration taken{};
        for (auto one = shift; one != shifts.end() && one->from < stretch.until; ++one) {
            taken += std::min(one->until, stretch.until) - std::max(one->from, stretch.from);
        }
        if (taken.count() > 0) ++share.count;
        share.time += taken;
    }
    return share;
}

Load load_of(const std::string& id, const std::vector<Interval>& shifts, const Schedule& schedule, const Roster& roster,
             Interval of) {
    const auto* person = roster.person(id);
    const auto zone = person == nullptr ? schedule.time_zone : person->time_zone;
    const auto night = share_of(in_window(nights(), zone, of), shifts);
    const auto weekend = share_of(in_window(weekends(), zone, of), shifts);
    const auto holiday = share_of(schedule.holidays, shifts);
    Duration total{};
    for (const auto& shift : shifts) total += shift.until - shift.from;
    return {id, shifts.size(), total, night.count, night.time, weekend.count, weekend.time, holiday.count, holiday.time};
}

}  // namespace

std::vector<Load> fairness(const Schedule& schedule, const Roster& roster, Interval of, Role role) {
    std::map<std::string, std::vector<Interval>> shifts_of;
    for (const auto& layer : schedule.layers) {
        if (layer.role != role) continue;
        for (const auto& person : layer.people) {
            if (!person.empty()) shifts_of[person];
        }
    }
    for (const auto& shift : shifts(schedule, of.from, of.until, role)) {
        auto& all = shifts_of[shift.duty.person];
        if (!all.empty() && all.back().until >= shift.from) {
            all.back().until = std::max(all.back().until, shift.until);
        } else {
            all.push_back({shift.from, shift.until});
        }
    }
    std::vector<Load> loads;
    for (const auto& [person, own] : shifts_of) loads.push_back(load_of(person, own, schedule, roster, of));
    return loads;
}

bool is_at_night(TimePoint at, const Zone& zone) {
    const auto civil = zone.to_civil(at);
    const auto of_day = civil - std::chrono::floor<std::chrono::days>(civil);
    return of_day >= std::chrono::minutes{kNightFrom} || of_day < std::chrono::minutes{kNightUntil};
}

}  // namespace tocsin::oncall
