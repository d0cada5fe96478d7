#include "core/base/time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace tocsin {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t ms;
};
constexpr std::array kUnits{Unit{"w", 604'800'000}, Unit{"d", 86'400'000}, Unit{"h", 3'600'000},
                            Unit{"m", 60'000},      Unit{"s", 1'000},      Unit{"ms", 1}};
constexpr std::int64_t kDurationMsMax = std::int64_t{10} * 366 * 86'400'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes exactly `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return {};
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (!is_digit(text[i])) return {};
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view one_of) {
    if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// Zero if there is none; nothing if its digits are missing.
std::optional<Duration> take_fraction(std::string_view& text) {
    if (!take(text, ".,")) return Duration{0};
    if (text.empty() || !is_digit(text.front())) return {};
    int ms = 0;
    int scale = 100;
    while (!text.empty() && is_digit(text.front())) {
        ms += (text.front() - '0') * scale;
        scale /= 10;
        text.remove_prefix(1);
    }
    return Duration{ms};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (take(text, "Zz")) return std::chrono::minutes{0};
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take_number(text, 2);
    (void)take(text, ":");  // Optional: some senders write +0000.
    const auto minutes = take_number(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
    return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, "-")) return {};
    const auto month = take_number(text, 2);
    if (!month || !take(text, "-")) return {};
    const auto day = take_number(text, 2);
    if (!day) return {};
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return {};
    return std::chrono::sys_days{date};
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    if (text == "0") return Duration{0};
    std::int64_t total = 0;
    std::int64_t last_unit = kDurationMsMax;
    if (text.empty()) return {};
    while (!text.empty()) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || number < 0 || !is_digit(text.front())) return {};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        std::size_t letters = 0;
        while (letters < text.size() && !is_digit(text[letters])) ++letters;
        const auto name = text.substr(0, letters);
        text.remove_prefix(letters);
        const auto* unit = kUnits.begin();
        while (unit != kUnits.end() && unit->name != name) ++unit;
        if (unit == kUnits.end() || unit->ms >= last_unit || number > kDurationMsMax / unit->ms) return {};
        last_unit = unit->ms;
        total += number * unit->ms;
        if (total > kDurationMsMax) return {};
    }
    return Duration{total};
}

std::string format_duration(Duration duration) {
    if (duration.count() == 0) return "0s";
    std::string text = duration.count() < 0 ? "-" : "";
    auto rest = duration.count() < 0 ? -duration.count() : duration.count();
    for (const auto& unit : kUnits) {
        if (unit.name == "w" || rest < unit.ms) continue;  // Weeks read worse than days: 10d, not 1w3d.
        text += fmt::format("{}{}", rest / unit.ms, unit.name);
        rest %= unit.ms;
    }
    return text;
}

std::string format_utc(TimePoint t) {
    const auto days = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date{days};
    const std::chrono::hh_mm_ss time{t - days};
    auto text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
    return text + "Z";
}

std::optional<TimePoint> parse_rfc3339(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take(text, "Tt ")) return {};
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ":")) return {};
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ":")) return {};
    const auto second = take_number(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return {};
    const auto fraction = take_fraction(text);
    const auto offset = take_offset(text);
    if (!fraction || !offset || !text.empty()) return {};
    return TimePoint{*date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
           *fraction - *offset;
}

}  // namespace tocsin
