// How a schedule's work was shared out: hours, nights, weekends and holidays of each person.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/roster.hpp"

namespace tocsin::oncall {

/// What one person had of a stretch of time. Nights (22:00 to 07:00) and weekends (Saturday and Sunday) are those of the person's
/// own clocks, holidays the schedule's. The counts say how many nights, weekends and holidays a shift reached into; the
/// durations, how much of them it took.
struct Load {
    std::string person;
    std::size_t shifts = 0;
    Duration total{};
    std::size_t nights = 0;
    Duration at_night{};
    std::size_t weekends = 0;
    Duration at_weekends{};
    std::size_t holidays = 0;
    Duration on_holidays{};
};

/// Of everybody whom the schedule names in layers for the role (or who stood in), by name; who had nothing has zeros. A shift
/// that only goes over from one layer to another of the same person counts once.
[[nodiscard]] std::vector<Load> fairness(const Schedule& schedule, const Roster& roster, Interval of, Role role = Role::Primary);

/// Whether a clock in the zone shows a time of night: from 22:00 to 07:00.
[[nodiscard]] bool is_at_night(TimePoint at, const Zone& zone);

}  // namespace tocsin::oncall
