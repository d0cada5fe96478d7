#include "rules/language/window_cure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/base/zone.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin::language {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string_view take_while(std::string_view& text, bool (*is_part)(char)) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_part);
    const auto taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(taken.size());
    return taken;
}

/// "mon" of "monday", "mondays", "mon".
std::optional<std::string_view> day_of(std::string_view word) {
    constexpr std::array<std::string_view, 7> kDays{"mondays", "tuesdays",  "wednesdays", "thursdays",
                                                    "fridays", "saturdays", "sundays"};
    for (const auto day : kDays) {
        if (word.size() >= 3 && day.starts_with(word)) return day.substr(0, 3);
    }
    return {};
}

/// What a word stands for in a window: days, a dash, a comma, nothing; no value if nobody knows.
std::optional<std::string_view> piece_of(std::string_view word) {
    struct Word {
        std::string_view written;
        std::string_view piece;
    };
    constexpr std::array kWords{Word{"to", "-"},
                                Word{"until", "-"},
                                Word{"till", "-"},
                                Word{"through", "-"},
                                Word{"and", ","},
                                Word{"weekdays", "mon-fri"},
                                Word{"weekday", "mon-fri"},
                                Word{"workdays", "mon-fri"},
                                Word{"weekends", "sat,sun"},
                                Word{"weekend", "sat,sun"},
                                Word{"daily", ""},
                                Word{"everyday", ""},
                                Word{"every", ""},
                                Word{"day", ""},
                                Word{"from", ""},
                                Word{"noon", "12:00"},
                                Word{"midnight", "24:00"}};
    if (const auto day = day_of(word)) return day;
    const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) { return one.written == word; });
    if (found == kWords.end()) return {};
    return found->piece;
}

/// "9", "9:30", "09:00:00", "9 pm" off the front, as "21:00".
std::optional<std::string> take_time(std::string_view& text) {
    const auto hours = take_while(text, is_digit);
    std::string_view minutes = "00";
    if (text.starts_with(':') || text.starts_with('.')) {
        text.remove_prefix(1);
        minutes = take_while(text, is_digit);
    }
    if (text.starts_with(":00")) text.remove_prefix(3);
    if (hours.size() > 2 || minutes.size() != 2) return {};
    int hour = hours.size() == 1 ? hours[0] - '0' : (hours[0] - '0') * 10 + (hours[1] - '0');
    auto rest = trimmed(text);
    for (const auto& [half, of_day] : {std::pair{std::string_view{"am"}, 0}, std::pair{std::string_view{"pm"}, 12}}) {
        if (!rest.starts_with(half)) continue;
        if (hour < 1 || hour > 12) return {};
        hour = hour % 12 + of_day;
        text = rest.substr(half.size());
    }
    if (hour > 24) return {};
    return fmt::format("{:02}:{}", hour, minutes);
}

/// Appends with a space between days and times, and none elsewhere.
void append(std::string& made, std::string_view piece) {
    const bool joins = made.empty() || piece.empty() || piece == "-" || piece == "," || made.back() == '-' || made.back() == ',';
    if (!joins) made += ' ';
    made += piece;
}

std::string with_plain_dashes(std::string_view text) {
    auto plain = lower_ascii(text);
    for (const std::string_view dash : {"–", "—", "−"}) {
        for (auto at = plain.find(dash); at != std::string::npos; at = plain.find(dash)) plain.replace(at, dash.size(), "-");
    }
    return plain;
}

}  // namespace

std::optional<std::string> window_meant_by(std::string_view text) {
    constexpr std::size_t kBytesMax = 100;
    if (text.size() > kBytesMax) return {};
    const auto plain = with_plain_dashes(text);
    std::string made;
    for (auto rest = trimmed(plain); !rest.empty(); rest = trimmed(rest)) {
        if (is_digit(rest.front())) {
            const auto time = take_time(rest);
            if (!time) return {};
            append(made, *time);
        } else if (is_letter(rest.front())) {
            const auto piece = piece_of(take_while(rest, is_letter));
            if (!piece) return {};
            append(made, *piece);
        } else if (rest.front() == '-' || rest.front() == ',') {
            append(made, rest.substr(0, 1));
            rest.remove_prefix(1);
        } else {
            return {};
        }
    }
    // A day ends at 24:00, and begins at 00:00.
    if (const auto begin = made.find("24:00-"); begin != std::string::npos) made.replace(begin, 2, "00");
    if (!parse_weekly_window(made)) return {};
    return made;
}

std::optional<std::string> window_cure(std::string_view text) {
    if (const auto meant = window_meant_by(text)) return fmt::format("did you mean {}?", *meant);
    const auto space = text.find_last_of(' ');
    if (space != std::string_view::npos && parse_weekly_window(text.substr(0, space)) && Zone::find(text.substr(space + 1))) {
        return std::string("no time zone stands here; it is the one of \"time_zone\"");
    }
    if (parse_weekly_window(fmt::format("{}-{}", text, text))) return std::string("an end is missing, as in 22:00-06:00");
    return {};
}

}  // namespace tocsin::language
