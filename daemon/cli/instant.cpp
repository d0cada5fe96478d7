#include "daemon/cli/instant.hpp"

#include <fmt/format.h>

namespace tocsin::cli {

std::optional<TimePoint> parse_instant(std::string_view text, const Zone& zone) {
    constexpr std::size_t kCivilBytes = 16;
    if (const auto utc = parse_rfc3339(text)) return utc;
    if (const auto civil = parse_civil(text)) return zone.to_utc(*civil);
    if (const auto midnight = parse_civil(fmt::format("{} 00:00", text))) return zone.to_utc(*midnight);
    if (text.size() < kCivilBytes + 2) return {};
    const auto civil = parse_civil(text.substr(0, kCivilBytes));
    const auto named = Zone::find(text.substr(kCivilBytes + 1));
    if (!civil || !named) return {};
    return named->to_utc(*civil);
}

}  // namespace tocsin::cli
