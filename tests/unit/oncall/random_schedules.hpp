// Schedules drawn at random: zones whose clocks do odd things, windows around the hours of the change, shifts that nobody has,
// split weeks, roles, holidays, vacations, calendars.
#pragma once

#include "core/base/rng.hpp"
#include "core/model/roster.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::kit {

/// Overrides, and most first hand-overs, are in the two years from here on.
inline const TimePoint kYearBegins = calendar_kit::utc("2025-12-28T00:00:00Z");

/// Of the people a, b, c and d.
[[nodiscard]] Schedule random_schedule(Rng& rng);

}  // namespace tocsin::oncall::kit
