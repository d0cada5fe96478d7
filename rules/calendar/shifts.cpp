// Events that may overlap, as shifts and times that do not.
#include <algorithm>

#include "rules/calendar/calendar.hpp"

namespace tocsin::calendar {
namespace {

/// So many events at once stand in line; who began before them is left out.
constexpr std::size_t kInLineMax = 20;

}  // namespace

std::vector<CalendarShift> shifts_of(const std::vector<Event>& events, const std::vector<std::vector<std::string>>& people) {
    std::vector<TimePoint> edges;
    for (const auto& event : events) {
        edges.push_back(event.when.from);
        edges.push_back(event.when.until);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<CalendarShift> shifts;
    std::vector<std::size_t> running;  // In the order in which they began.
    std::size_t next = 0;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        std::erase_if(running, [&](std::size_t event) { return events[event].when.until <= edges[i]; });
        for (; next < events.size() && events[next].when.from <= edges[i]; ++next) running.push_back(next);
        if (running.size() > kInLineMax) running.erase(running.begin(), running.end() - kInLineMax);
        CalendarShift shift{edges[i], edges[i + 1], {}};
        for (auto event = running.rbegin(); event != running.rend(); ++event) {
            for (const auto& person : people[*event]) {
                const bool is_there = std::find(shift.people.begin(), shift.people.end(), person) != shift.people.end();
                if (!is_there) shift.people.push_back(person);
            }
        }
        if (shift.people.empty()) continue;
        const bool goes_on = !shifts.empty() && shifts.back().until == shift.from && shifts.back().people == shift.people;
        if (goes_on) {
            shifts.back().until = shift.until;
        } else {
            shifts.push_back(std::move(shift));
        }
    }
    return shifts;
}

std::vector<Interval> times_of(const std::vector<Event>& events) {
    std::vector<Interval> times;
    for (const auto& event : events) {
        if (!times.empty() && event.when.from <= times.back().until) {
            times.back().until = std::max(times.back().until, event.when.until);
        } else {
            times.push_back(event.when);
        }
    }
    return times;
}

}  // namespace tocsin::calendar
