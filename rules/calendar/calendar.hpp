// An iCalendar file (RFC 5545) as what it says: who or what, from when to when. Recurring events are written out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/schedule.hpp"

namespace tocsin::calendar {

/// Bytes of one file; a larger one is a mistake.
inline constexpr std::size_t kBytesMax = std::size_t{8} << 20U;
/// Events of one file, every recurrence counted; the rest of a calendar with more is left out, and it is a mistake.
inline constexpr std::size_t kEventsMax = 100'000;
/// Recurrences are written out until then: so far go the zones' data (see core/oncall/README.md).
inline constexpr TimePoint kEnd = std::chrono::sys_days{std::chrono::year{2038} / 1 / 1};

struct Event {
    Interval when;
    std::string summary;
    std::vector<std::string> attendees;  ///< Their addresses, without "mailto:".
    std::int32_t line = 0;               ///< Where the event begins in the file, from 1.
};

struct Mistake {
    std::int32_t line = 0;  ///< 0: of the file as a whole.
    std::string what;
};

struct Calendar {
    std::vector<Event> events;  ///< By their begin; those of one instant in the order of the file.
    std::vector<Mistake> mistakes;
};

/// RRULE, RDATE, EXDATE and changed single recurrences are understood; what is cancelled is left out. A time is by its TZID (a
/// place; another name if the file has a VTIMEZONE for it), one without by the clocks of `zone`, and so are events of whole days.
/// A recurrence keeps its begin and its end on the wall when the clocks change. Never fails on any bytes.
[[nodiscard]] Calendar read_calendar(std::string_view bytes, const Zone& zone);

/// The events as shifts of which none overlaps another: whoever began last has the duty, the one before stands behind.
/// `people` are those of each event, in line; none if they are not known.
[[nodiscard]] std::vector<CalendarShift> shifts_of(const std::vector<Event>& events,
                                                   const std::vector<std::vector<std::string>>& people);
/// When any of the events is.
[[nodiscard]] std::vector<Interval> times_of(const std::vector<Event>& events);

}  // namespace tocsin::calendar
