// Windows of the week: reading them, and whether a civil time falls into one.
#include "core/model/weekly_window.hpp"

#include <algorithm>
#include <array>
#include <bitset>

#include "core/base/text.hpp"

namespace tocsin {
namespace {

constexpr int kDaysOfWeek = 7;
using Days = std::bitset<kDaysOfWeek>;
using Span = WeeklyWindow::Span;

/// Monday is 0.
std::optional<int> parse_day(std::string_view text) {
    constexpr std::array<std::string_view, kDaysOfWeek> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int day = 0; day < kDaysOfWeek; ++day) {
        if (equal_ignoring_case(text, kNames[static_cast<std::size_t>(day)])) return day;
    }
    return {};
}

/// `mon`, or `fri-mon`, which runs over the end of the week.
bool add_days(std::string_view text, Days& days) {
    const auto dash = text.find('-');
    const auto first = parse_day(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_day(text.substr(dash + 1));
    if (!first || !last) return false;
    for (int day = *first;; day = (day + 1) % kDaysOfWeek) {
        days.set(static_cast<std::size_t>(day));
        if (day == *last) return true;
    }
}

/// `mon-fri`, `sat,sun`, `mon,wed-fri`.
std::optional<Days> parse_days(std::string_view text) {
    Days days;
    for (const auto part : split(text, ',')) {
        if (!add_days(part, days)) return {};
    }
    return days;
}

/// Minutes since midnight; `24:00` too, which only an end may say.
std::optional<std::int32_t> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] - '0'; };
    if (text.size() != 5 || text[2] != ':') return {};
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (digit(i) < 0 || digit(i) > 9) return {};
    }
    const std::int32_t minutes = digit(3) * 10 + digit(4);
    const std::int32_t total = (digit(0) * 10 + digit(1)) * 60 + minutes;
    if (minutes > 59 || total > kMinutesOfDay) return {};
    return total;
}

/// `20:00-12:00` as a span from Monday; an end at or before the start is on the next day.
std::optional<Span> parse_times(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return {};
    const auto begin = parse_time_of_day(text.substr(0, dash));
    const auto end = parse_time_of_day(text.substr(dash + 1));
    if (!begin || !end || *begin == kMinutesOfDay) return {};
    return Span{*begin, *end > *begin ? *end : *end + kMinutesOfDay};
}

WeeklyWindow on_each(const Days& days, Span times) {
    WeeklyWindow window;
    for (std::int32_t day = 0; day < kDaysOfWeek; ++day) {
        const auto midnight = day * kMinutesOfDay;
        if (days.test(static_cast<std::size_t>(day))) window.spans.push_back({midnight + times.begin, midnight + times.end});
    }
    return window;
}

/// `fri`, `20:00-sun`, `20:00`: one span; an end at or before the start is in the next week.
std::optional<WeeklyWindow> parse_span(std::string_view first_day, std::string_view middle, std::string_view last_time) {
    const auto dash = middle.find('-');
    if (dash == std::string_view::npos) return {};
    const auto begin_day = parse_day(first_day);
    const auto begin_time = parse_time_of_day(middle.substr(0, dash));
    const auto end_day = parse_day(middle.substr(dash + 1));
    const auto end_time = parse_time_of_day(last_time);
    if (!begin_day || !begin_time || !end_day || !end_time || *begin_time == kMinutesOfDay) return {};
    const auto begin = *begin_day * kMinutesOfDay + *begin_time;
    const auto end = *end_day * kMinutesOfDay + *end_time;
    return WeeklyWindow{{{begin, end > begin ? end : end + kMinutesOfWeek}}};
}

std::vector<std::string_view> words_of(std::string_view text) {
    auto words = split(trimmed(text), ' ');
    std::erase(words, std::string_view{});
    return words;
}

}  // namespace

bool is_within(const WeeklyWindow& window, CivilTime civil) {
    const auto day = std::chrono::floor<std::chrono::days>(civil);
    const auto weekday = static_cast<std::int32_t>(std::chrono::weekday{day}.iso_encoding()) - 1;
    const auto of_day = static_cast<std::int32_t>(std::chrono::floor<std::chrono::minutes>(civil - day).count());
    const auto minute = weekday * kMinutesOfDay + of_day;
    return std::any_of(window.spans.begin(), window.spans.end(), [&](const Span& span) {
        const auto in_next_week = minute + kMinutesOfWeek;
        return (span.begin <= minute && minute < span.end) || (span.begin <= in_next_week && in_next_week < span.end);
    });
}

std::optional<WeeklyWindow> parse_weekly_window(std::string_view text) {
    const auto words = words_of(text);
    if (words.size() == 3) return parse_span(words[0], words[1], words[2]);
    if (words.empty() || words.size() > 2) return {};
    const bool has_times = words.back().find(':') != std::string_view::npos;
    const bool has_days = words.size() == 2 || !has_times;
    if (words.size() == 2 && !has_times) return {};
    const auto days = has_days ? parse_days(words.front()) : Days{}.set();
    const auto times = has_times ? parse_times(words.back()) : Span{0, kMinutesOfDay};
    if (!days || !times) return {};
    return on_each(*days, *times);
}

}  // namespace tocsin
