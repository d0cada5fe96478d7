#include "rules/yaml/cures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/base/zone.hpp"

namespace tocsin::yaml {
namespace {

std::string meant(std::string_view text) { return fmt::format("did you mean {}?", text); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// Milliseconds of a unit as people and other programs call it.
std::optional<double> unit_ms(std::string_view name) {
    struct Unit {
        std::string_view singular;
        std::string_view others;  ///< Each between spaces.
        double ms;
    };
    constexpr std::array kUnits{Unit{"second", " s sec secs ", 1e3}, Unit{"minute", " m min mins ", 6e4},
                                Unit{"hour", " h hr hrs ", 36e5},    Unit{"day", " d ", 864e5},
                                Unit{"week", " w wk wks ", 6048e5},  Unit{"millisecond", " ms msec ", 1}};
    for (const auto& unit : kUnits) {
        const bool is_full =
            name == unit.singular || (name.starts_with(unit.singular) && name.substr(unit.singular.size()) == "s");
        if (is_full || unit.others.find(fmt::format(" {} ", name)) != std::string_view::npos) return unit.ms;
    }
    return {};
}

/// The sum of `1h 30min`, `1.5 hours`.
std::optional<double> total_ms(std::string_view text) {
    double total = 0;
    while (!(text = trimmed(text)).empty()) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
        if (error != std::errc{} || number < 0) return {};
        text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
        const auto letters = std::find_if(text.begin(), text.end(), [](char c) { return c < 'a' || c > 'z'; });
        const auto unit = unit_ms(text.substr(0, static_cast<std::size_t>(letters - text.begin())));
        if (!unit) return {};
        total += number * *unit;
        text.remove_prefix(static_cast<std::size_t>(letters - text.begin()));
    }
    return total;
}

/// ISO 8601: `PT30M`, `P1DT12H`.
std::string without_iso_letters(std::string_view lower) {
    std::string rest(lower);
    if (!rest.starts_with('p')) return rest;
    rest.erase(0, 1);
    std::erase(rest, 't');
    return rest;
}

/// Every number with two digits at least: `2026-1-4 9:00` -> `2026-01-04 09:00`.
std::string with_two_digits(std::string_view text) {
    std::string padded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_alone =
            is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1])) && (i + 1 == text.size() || !is_digit(text[i + 1]));
        if (is_alone) padded += '0';
        padded += text[i];
    }
    return padded;
}

}  // namespace

std::optional<std::string> duration_cure(std::string_view text) {
    constexpr double kLongestMs = 1e12;
    if (is_number(text))
        return text == "0" ? std::nullopt : std::optional{fmt::format("a unit is missing: {0}s, {0}m or {0}h?", text)};
    const auto ms = total_ms(without_iso_letters(lower_ascii(text)));
    if (!ms || *ms < 1 || *ms > kLongestMs) return {};
    return meant(format_duration(Duration{std::llround(*ms)}));
}

std::optional<std::string> boolean_cure(std::string_view text) {
    const auto lower = lower_ascii(text);
    constexpr std::array<std::string_view, 6> kTrue{"true", "yes", "y", "on", "1", "enabled"};
    constexpr std::array<std::string_view, 6> kFalse{"false", "no", "n", "off", "0", "disabled"};
    if (std::find(kTrue.begin(), kTrue.end(), lower) != kTrue.end()) return meant("true");
    if (std::find(kFalse.begin(), kFalse.end(), lower) != kFalse.end()) return meant("false");
    return {};
}

std::optional<std::string> number_cure(std::string_view text) {
    std::string plain(text);
    std::erase(plain, ',');
    std::erase(plain, '_');
    const auto end = std::min(plain.find_first_not_of("+-.0123456789"), plain.size());
    if (end == 0 || plain.find_first_of("0123456789") >= end) return {};
    if (end == plain.size()) return meant(plain);
    return fmt::format("a number has no unit: write {}", trimmed(plain.substr(0, end)));
}

std::optional<std::string> civil_time_cure(std::string_view text) {
    if (parse_rfc3339(text)) {
        return fmt::format("write the time on the wall, without \"Z\" or an offset: {} {}", text.substr(0, 10),
                           text.substr(11, 5));
    }
    const auto padded = with_two_digits(text);
    if (parse_civil(padded)) return meant(padded);
    if (parse_civil(padded + " 09:00")) return fmt::format("a time of day is missing: {} 09:00", padded);
    constexpr std::size_t kMinutesSize = 16;
    if (padded.size() > kMinutesSize && padded[kMinutesSize] == ' ' && parse_civil(padded.substr(0, kMinutesSize))) {
        return fmt::format("only a date and a time stand here: {}", padded.substr(0, kMinutesSize));
    }
    if (padded.size() > 10 && padded[2] == '.' && padded[5] == '.') {
        return fmt::format("the year comes first: {}-{}-{}{}", padded.substr(6, 4), padded.substr(3, 2), padded.substr(0, 2),
                           padded.substr(10));
    }
    if (padded.ends_with(" 24:00")) return std::string("the end of a day is 00:00 of the next");
    if (padded.size() == kMinutesSize && padded[4] == '-' && padded[7] == '-' && padded[13] == ':') {
        return std::string("there is no such day, or no such time of day");
    }
    return {};
}

std::optional<std::string> lookalike_cure(std::string_view text) {
    constexpr std::array<std::string_view, 7> kQuotes{"“", "”", "„", "‘", "’", "«", "»"};
    constexpr std::array<std::string_view, 5> kSpaces{"\u00a0", "\u202f", "\u2007", "\u200b", "\ufeff"};
    const auto is_in = [&](std::string_view one) { return text.find(one) != std::string_view::npos; };
    if (std::any_of(kQuotes.begin(), kQuotes.end(), is_in)) {
        return std::string("it holds typographic quotes, which are part of the text for YAML: type \" or ' instead");
    }
    if (std::any_of(kSpaces.begin(), kSpaces.end(), is_in)) {
        return std::string("it holds a space that is none for YAML (no-break or without width, from a web page?): type it anew");
    }
    return {};
}

}  // namespace tocsin::yaml
