#include "daemon/api/asked.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

std::optional<TimePoint> parsed(const std::string& text, const Asked::Reading& reading) {
    if (text == "now") return reading.now;
    if (text.starts_with('+')) {
        const auto later = parse_duration(std::string_view(text).substr(1));
        return later ? std::optional(reading.base + *later) : std::nullopt;
    }
    if (const auto exact = parse_rfc3339(text)) return exact;
    if (const auto civil = parse_civil(text)) return reading.zone.to_utc(*civil);
    const auto space = std::min(text.find_last_of(' '), text.size());
    const auto civil = parse_civil(std::string_view(text).substr(0, space));
    const auto zone = Zone::find(std::string_view(text).substr(std::min(space + 1, text.size())));
    if (!civil || !zone) return {};
    return zone->to_utc(*civil);
}

}  // namespace

Result<Asked> Asked::read(const std::string& body) {
    if (trimmed(body).empty()) return Asked{{}};
    boost::system::error_code ec;
    auto value = json::parse(body, ec);
    if (ec || !value.is_object()) return Error{Errc::Invalid, "the body is not a JSON object such as {\"by\": \"lahore-a\"}"};
    return Asked{std::move(value.get_object())};
}

std::string Asked::text(std::string_view key, std::size_t code_points_max) const {
    const auto* value = body_.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return truncated(trimmed(value->get_string()), code_points_max);
}

Result<std::string> Asked::needed(std::string_view key, std::string_view why) const {
    auto found = text(key);
    if (found.empty()) return Error{Errc::Invalid, fmt::format("\"{}\" is needed: {}", key, why)};
    return found;
}

std::string Asked::by(const std::string& otherwise) const {
    auto name = text("by", kNameCodePointsMax);
    return name.empty() ? otherwise : name;
}

Result<void> Asked::check_texts(std::initializer_list<std::string_view> keys) const {
    for (const auto key : keys) {
        const auto* value = body_.if_contains(key);
        if (value == nullptr || value->is_string() || value->is_null()) continue;
        return Error{Errc::Invalid, fmt::format("\"{}\" is not a text", key)};
    }
    return {};
}

std::string Asked::yaml(std::string_view key) const {
    const auto* value = body_.if_contains(key);
    if (value == nullptr || value->is_null()) return {};
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

Result<std::vector<std::string>> Asked::texts(std::string_view key) const {
    std::vector<std::string> found;
    const auto* value = body_.if_contains(key);
    if (value == nullptr || value->is_null()) return found;
    if (value->is_string()) {
        found.emplace_back(trimmed(value->get_string()));
        return found;
    }
    const Error wrong{Errc::Invalid, fmt::format("\"{}\" is neither a text nor a list of texts", key)};
    if (!value->is_array()) return wrong;
    for (const auto& item : value->get_array()) {
        if (!item.is_string()) return wrong;
        found.emplace_back(trimmed(item.get_string()));
    }
    return found;
}

std::optional<std::int64_t> Asked::number(std::string_view key) const {
    const auto* value = body_.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

bool Asked::is_true(std::string_view key) const {
    const auto* value = body_.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

Asked::Reading Asked::in_utc(TimePoint now) { return {Zone(), now, now}; }

Result<std::optional<TimePoint>> Asked::instant(std::string_view key, const Reading& reading) const {
    const auto written = text(key);
    if (written.empty()) return std::optional<TimePoint>{};
    const auto at = parsed(written, reading);
    if (at) return at;
    return Error{Errc::Invalid,
                 fmt::format("\"{}\" is \"{}\"; write a time such as 2026-03-08T08:30:00Z, 2026-03-08 20:00 (in {}), "
                             "2026-03-08 20:00 Asia/Karachi, now or +2h",
                             key, printable(written), reading.zone.name())};
}

Result<std::optional<Duration>> Asked::duration(std::string_view key) const {
    const auto written = text(key);
    if (written.empty()) return std::optional<Duration>{};
    const auto lasts = parse_duration(written);
    if (lasts) return lasts;
    return Error{Errc::Invalid, fmt::format("\"{}\" is \"{}\"; write a duration such as 15m or 2h", key, printable(written))};
}

}  // namespace tocsin::api
