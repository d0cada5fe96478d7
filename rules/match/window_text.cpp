#include "rules/match/window_text.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace tocsin::match {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view day_of(std::int32_t minute) { return kDays[static_cast<std::size_t>(minute / kMinutesOfDay % 7)]; }

std::string clock(std::int32_t minute) {
    minute %= kMinutesOfDay;
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

bool is_day_later(const WeeklyWindow::Span& span, const WeeklyWindow::Span& before, std::int32_t days) {
    return span.begin == before.begin + days * kMinutesOfDay && span.end == before.end + days * kMinutesOfDay;
}

/// The same times on `days` days that follow each other.
std::string run_text(const WeeklyWindow::Span& first, std::int32_t days) {
    if (first.end - first.begin > kMinutesOfDay) {
        return fmt::format("{} {}-{} {}", day_of(first.begin), clock(first.begin), day_of(first.end), clock(first.end));
    }
    const auto last = first.begin + (days - 1) * kMinutesOfDay;
    const auto names = days == 7   ? std::string()
                       : days == 1 ? fmt::format("{} ", day_of(first.begin))
                                   : fmt::format("{}-{} ", day_of(first.begin), day_of(last));
    return fmt::format("{}{}-{}", names, clock(first.begin), clock(first.end));
}

}  // namespace

std::string window_text(const WeeklyWindow& window) {
    std::string text;
    for (std::size_t i = 0; i < window.spans.size();) {
        const auto& first = window.spans[i];
        std::int32_t days = 1;
        while (i + static_cast<std::size_t>(days) < window.spans.size() &&
               is_day_later(window.spans[i + static_cast<std::size_t>(days)], first, days) &&
               first.end - first.begin <= kMinutesOfDay) {
            ++days;
        }
        if (!text.empty()) text += ", ";
        text += run_text(first, days);
        i += static_cast<std::size_t>(days);
    }
    return text.empty() ? "never" : text;
}

}  // namespace tocsin::match
