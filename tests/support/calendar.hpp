// Short ways to write instants, windows and schedules in tests. A mistake in what a test wrote aborts the test.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/assert.hpp"
#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/roster.hpp"

namespace tocsin::calendar_kit {

inline Zone zone(std::string_view name) { return Zone::find(name).value(); }

inline TimePoint utc(std::string_view rfc3339) {
    const auto t = parse_rfc3339(rfc3339);
    TOCSIN_ASSERT(t.has_value(), "the test writes an instant as RFC 3339");
    return *t;
}

inline CivilTime civil(std::string_view text) {
    const auto time = parse_civil(text);
    TOCSIN_ASSERT(time.has_value(), "the test writes a civil time as 2026-03-08 03:30");
    return *time;
}

/// An instant as clocks in the zone show it (the first, if they show it twice).
inline TimePoint at(std::string_view text, std::string_view zone_name) { return zone(zone_name).to_utc(civil(text)); }

inline WeeklyWindow window(std::string_view text) {
    auto read = parse_weekly_window(text);
    TOCSIN_ASSERT(read.has_value(), "the test writes a window that can be read");
    return *std::move(read);
}

inline Rotation every(std::int32_t count, Rotation::Unit unit, std::string_view from) { return {unit, count, civil(from)}; }

inline Schedule schedule(std::string_view zone_name, std::vector<Layer> layers) {
    return {"test", "Test", zone(zone_name), std::move(layers), {}};
}

/// The seed team's primary: three people share weekday days and nights in New York's time, two more the weekends.
inline Schedule learner_primary() {
    constexpr auto kWeeks = Rotation::Unit::Weeks;
    return schedule("America/New_York",
                    {{"day", {"a", "c", "b"}, every(1, kWeeks, "2026-01-04 20:00"), window("sun-thu 20:00-12:00")},
                     {"night", {"b", "a", "c"}, every(1, kWeeks, "2026-01-05 12:00"), window("mon-fri 12:00-20:00")},
                     {"weekend", {"x", "y"}, every(1, kWeeks, "2026-01-02 20:00"), window("fri 20:00-sun 20:00")}});
}

}  // namespace tocsin::calendar_kit
