// Windows with a time zone, as rules and silences write them.
#include <fmt/format.h>

#include <algorithm>

#include "rules/language/sections.hpp"
#include "rules/language/window_cure.hpp"

namespace tocsin::language {
namespace {

constexpr std::string_view kDuring =
    "a window such as 22:00-06:00 or mon-fri 09:00-17:00, with a time zone behind it if it is not UTC";

/// What is wrong may be the window, or what stands in front of a zone.
void report_window(const yaml::Cursor& value, const std::string& text, std::size_t space) {
    auto& reported = value.wrong(kDuring);
    const auto zone = text.substr(std::min(space + 1, text.size()));
    const auto meant = Zone::find(zone) ? window_meant_by(text.substr(0, space)) : std::nullopt;
    if (meant) {
        reported.hints.push_back(fmt::format("did you mean {} {}?", *meant, zone));
    } else if (auto cure = window_cure(text)) {
        reported.hints.push_back(std::move(*cure));
    }
}

/// "22:00-06:00 America/New_York"
std::optional<match::During> decode_window(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    if (auto window = parse_weekly_window(*text)) return match::During{std::move(*window), Zone{}};
    const auto space = std::min(text->find_last_of(' '), text->size());
    const auto window = parse_weekly_window(text->substr(0, space));
    if (!window || window_meant_by(*text)) {
        report_window(value, *text, space);
        return {};
    }
    const auto zone = value.zone(space + 1);
    if (!zone) return {};
    return match::During{*window, *zone};
}

}  // namespace

std::optional<match::During> during(const yaml::Cursor& value) {
    std::optional<match::During> all;
    for (const auto& item : one_or_more(value)) {
        const auto one = decode_window(item);
        if (one && all && one->zone != all->zone) {
            item.error(fmt::format("the windows of one list must have one time zone; this is {}, the first is {}",
                                   one->zone.name(), all->zone.name()));
        } else if (one && all) {
            all->window.spans.insert(all->window.spans.end(), one->window.spans.begin(), one->window.spans.end());
        } else if (one) {
            all = one;
        }
    }
    return all;
}

}  // namespace tocsin::language
