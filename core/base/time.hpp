// Time as a value: UTC instants for meaning, monotonic instants for deadlines, and how both are read and written.
// Nothing here reads a clock: `now` is always an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

using Duration = std::chrono::milliseconds;
/// An instant in UTC, to the millisecond.
using TimePoint = std::chrono::sys_time<Duration>;
/// An instant of a clock that never steps; only differences mean anything. For deadlines and measuring.
using MonotonicPoint = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
/// When the answer to a call must be there at the latest. Handed down, never restarted.
using Deadline = MonotonicPoint;

[[nodiscard]] constexpr std::int64_t to_unix_ms(TimePoint t) { return t.time_since_epoch().count(); }
[[nodiscard]] constexpr TimePoint from_unix_ms(std::int64_t ms) { return TimePoint{Duration{ms}}; }

/// Reads a duration as the rulebook and settings write it: one or more of `<number><unit>` with the units ms, s, m, h, d, w, in
/// falling order and without spaces: "90s", "1h30m", "2d". Nothing for anything else, for a negative one, or for more than ten
/// years. "0" alone is a duration too.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// The shortest such text: 90 s -> "1m30s", 0 -> "0s".
[[nodiscard]] std::string format_duration(Duration duration);

/// RFC 3339 in UTC, with milliseconds only if there are any: "2026-03-08T08:30:00Z".
[[nodiscard]] std::string format_utc(TimePoint t);
/// Reads RFC 3339 with any offset and fraction ("2026-03-08T03:30:00.123456789-05:00"; a space or lower case letters in place of
/// T and Z, and an offset without colon, are accepted: senders write all of these). Fractions below a millisecond are cut.
[[nodiscard]] std::optional<TimePoint> parse_rfc3339(std::string_view text);

}  // namespace tocsin
