// Who takes turns in a schedule: layers that rotate or stand in a calendar, overrides, holidays and vacations.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/role.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin {

/// [from, until)
struct Interval {
    TimePoint from;
    TimePoint until;
    friend bool operator==(const Interval&, const Interval&) = default;
};

struct Rotation {
    enum class Unit : std::uint8_t { Hours, Days, Weeks, Months, TimesOfWeek };
    Unit unit = Unit::Weeks;
    std::int32_t every = 1;
    CivilTime from;  ///< The first hand-over; before it the layer holds nobody.
    /// For TimesOfWeek: when the turn passes, in minutes since Monday 00:00, rising. `from` is at one of them.
    std::vector<std::int32_t> hand_overs{};
};

/// Whom a calendar names from when to when, in line: the first has the duty, the next stands behind.
struct CalendarShift {
    TimePoint from;
    TimePoint until;
    std::vector<std::string> people;
    friend bool operator==(const CalendarShift&, const CalendarShift&) = default;
};

struct Layer {
    enum class Days : std::uint8_t { All, Holidays };

    std::string name;
    std::vector<std::string> people;  ///< In the order of the rotation; an empty name is a shift that nobody has.
    /// Absent: the first of `people`, for ever.
    std::optional<Rotation> rotation;
    /// Absent: always.
    std::optional<WeeklyWindow> during;
    /// By which clocks `rotation` and `during` go; absent: the schedule's.
    std::optional<Zone> time_zone{};
    Role role = Role::Primary;
    Days on = Days::All;  ///< Holidays: only in the schedule's.
    /// What stands in a calendar, in place of `people` and `rotation`: rising, and none overlaps another.
    std::optional<std::vector<CalendarShift>> calendar{};
};

struct Override {
    std::string person;
    TimePoint from;
    TimePoint until;
    Role role = Role::Primary;
};

/// Who is away: the next in line takes over in every layer. An override is not asked.
struct Vacation {
    std::string person;
    TimePoint from;
    TimePoint until;
};

struct Schedule {
    std::string id;
    std::string title;
    Zone time_zone;
    std::vector<Layer> layers;          ///< A later one wins where both hold.
    std::vector<Override> overrides;    ///< Win over every layer; a later one wins over an earlier one.
    std::vector<Interval> holidays{};   ///< Rising, and none overlaps another.
    std::vector<Vacation> vacations{};  ///< Of its people.
    bool has_shift_notices = false;     ///< Whoever begins or ends a shift is told.
};

/// Everybody whom a schedule names, in any role.
[[nodiscard]] std::set<std::string, std::less<>> everybody_in(const Schedule& schedule);

}  // namespace tocsin
