// Recurring times of the week in civil time: `mon-fri 09:00-17:00`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/zone.hpp"

namespace tocsin {

/// A set of times in a week, in civil time: spans of minutes since Monday 00:00, [begin, end), with end up to two weeks so that a
/// span may run over Sunday midnight. Empty means never; "always" is the absence of a WeeklyWindow.
struct WeeklyWindow {
    struct Span {
        std::int32_t begin = 0;
        std::int32_t end = 0;
        friend bool operator==(const Span&, const Span&) = default;
    };
    std::vector<Span> spans;
    friend bool operator==(const WeeklyWindow&, const WeeklyWindow&) = default;
};
inline constexpr std::int32_t kMinutesOfDay = 24 * 60;
inline constexpr std::int32_t kMinutesOfWeek = 7 * kMinutesOfDay;

[[nodiscard]] bool is_within(const WeeklyWindow& window, CivilTime civil);

/// Reads `mon-fri 09:00-17:00` (each of those days; an end at or before the start is on the next day), `sat,sun 10:00-12:00`,
/// `22:00-06:00` (every day), `mon-fri` (whole days), or one span `fri 20:00-sun 20:00`. Nothing for anything else.
[[nodiscard]] std::optional<WeeklyWindow> parse_weekly_window(std::string_view text);

}  // namespace tocsin
