#include "core/model/window_state.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin {
namespace {

using std::chrono::seconds;

/// Since Monday 00:00.
seconds second_of_week(CivilTime civil) {
    const auto day = std::chrono::floor<std::chrono::days>(civil);
    const std::chrono::days weekday{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1};
    return weekday + (civil - day);
}

/// From a second of the week to the next edge of the window, which is never now; a week if it has none.
seconds to_next_edge(const WeeklyWindow& window, seconds of_week) {
    seconds least = std::chrono::weeks{1};
    const auto consider = [&](std::int32_t edge) {
        auto wait = seconds{std::chrono::minutes{edge % kMinutesOfWeek}} - of_week;
        if (wait <= seconds{0}) wait += std::chrono::weeks{1};
        least = std::min(least, wait);
    };
    for (const auto& span : window.spans) {
        consider(span.begin);
        consider(span.end);
    }
    return least;
}

}  // namespace

WindowState window_at(const WeeklyWindow& window, const Zone::Period& period, TimePoint t) {
    const auto second = std::chrono::floor<seconds>(t);
    const CivilTime civil{second.time_since_epoch() + period.offset};
    const auto edge = second + to_next_edge(window, second_of_week(civil));
    return {is_within(window, civil), std::min<TimePoint>(edge, period.until)};
}

std::optional<TimePoint> end_of_window(const WeeklyWindow& window, const Zone& zone, TimePoint t) {
    // Every edge of a window comes by within a week, and a change of the clocks may delay it.
    const auto give_up = t + std::chrono::days{15};
    for (auto now = t; now < give_up;) {
        const auto state = window_at(window, zone.period(now), now);
        if (!state.is_within) return now;
        now = state.until;
    }
    return {};
}

}  // namespace tocsin
