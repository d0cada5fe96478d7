// Windows with a time zone, as rules and silences write them.
#include <fmt/format.h>

#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr std::string_view kDuring =
    "a window such as 22:00-06:00 or mon-fri 09:00-17:00, with a time zone behind it if it is not UTC";

/// "22:00-06:00 America/New_York"
std::optional<match::During> decode_window(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    if (auto window = parse_weekly_window(*text)) return match::During{std::move(*window), Zone{}};
    const auto space = text->find_last_of(' ');
    const auto window = space == std::string::npos ? std::nullopt : parse_weekly_window(text->substr(0, space));
    if (!window) {
        value.wrong(kDuring);
        return {};
    }
    const auto zone = Zone::find(text->substr(space + 1));
    if (zone) return match::During{*window, *zone};
    value.error_at(value.place_of(space + 1, text->size() - space - 1), zone.error().message());
    return {};
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
