#include "daemon/api/request_body.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"

namespace tocsin::api {

RequestBody::RequestBody(std::string_view bytes) {
    if (trimmed(bytes).empty()) return;
    boost::system::error_code ec;
    auto value = boost::json::parse(bytes, ec);
    if (!ec && value.is_object()) {
        body_ = std::move(value.get_object());
    } else {
        fail("the body is not a JSON object such as {\"by\": \"lahore-a\"}");
    }
}

std::string RequestBody::text(std::string_view key, std::size_t code_points_max) {
    const auto* value = body_.if_contains(key);
    if (value == nullptr || value->is_null()) return {};
    if (!value->is_string()) {
        fail(fmt::format("`{}` is not a text", key));
        return {};
    }
    return truncated(value->get_string(), code_points_max);
}

std::optional<TimePoint> RequestBody::instant(std::string_view key) {
    const auto written = text(key, kNameCodePointsMax);
    if (written.empty()) return {};
    const auto at = parse_rfc3339(written);
    if (!at) fail(fmt::format("`{}` is not a time such as 2026-03-08T08:30:00Z", key));
    return at;
}

std::optional<Duration> RequestBody::duration(std::string_view key) {
    const auto written = text(key, kNameCodePointsMax);
    if (written.empty()) return {};
    const auto lasts = parse_duration(written);
    if (!lasts) fail(fmt::format("`{}` is not a duration such as 15m", key));
    return lasts;
}

bool RequestBody::flag(std::string_view key) const {
    const auto* value = body_.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

void RequestBody::fail(std::string what) {
    if (!error_) error_ = Error{Errc::Invalid, std::move(what)};
}

}  // namespace tocsin::api
