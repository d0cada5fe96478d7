#include "daemon/intake/split.hpp"

#include <fmt/format.h>

#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

constexpr std::size_t kAlertsPerRequestMax = 10'000;
/// What the envelopes of one request may grow to, as each alert is kept with its own.
constexpr std::size_t kEnvelopesBytesMax = std::size_t{64} << 20U;

std::size_t size_of(JsonView list) {
    std::size_t count = 0;
    list.each([&](JsonView) { ++count; });
    return count;
}

}  // namespace

Result<void> check_parts(std::size_t alerts, std::size_t envelope_bytes) {
    if (alerts > kAlertsPerRequestMax) {
        return Error{Errc::TooLarge,
                     fmt::format("{} alerts in one request, and {} are taken at once: send fewer", alerts, kAlertsPerRequestMax)};
    }
    if (alerts * envelope_bytes > kEnvelopesBytesMax) {
        return Error{Errc::TooLarge, fmt::format("{} alerts with {} bytes around each are too much for one request: send fewer",
                                                 alerts, envelope_bytes)};
    }
    return {};
}

Result<std::optional<Parts>> split_member(JsonView root, std::string_view list) {
    const auto alerts = root.find(list);
    const auto count = size_of(alerts);
    if (!alerts.is_array() || count == 1) return std::optional<Parts>{};
    std::string before = "{";
    root.each([&](JsonView member) {
        if (member.key() == list) return;
        before += json_quoted(member.key());
        before += ':';
        append_json(member, before);
        before += ',';
    });
    before += json_quoted(list);
    before += ":[";
    if (auto fits = check_parts(count, before.size()); !fits) return fits.error();
    Parts parts;
    parts.bodies.reserve(count);
    alerts.each([&](JsonView alert) {
        auto& body = parts.bodies.emplace_back(before);
        append_json(alert, body);
        body += "]}";
    });
    return std::optional<Parts>{std::move(parts)};
}

Result<std::optional<Parts>> split_root(JsonView root, std::optional<TimePoint> /*received_at*/) {
    if (!root.is_array()) return std::optional<Parts>{};
    const auto count = size_of(root);
    if (auto fits = check_parts(count, 0); !fits) return fits.error();
    Parts parts;
    std::size_t number = 0;
    root.each([&](JsonView alert) {
        ++number;
        if (!alert.is_object()) {
            parts.refused.push_back(fmt::format("alert {}: not a JSON object", number));
            return;
        }
        append_json(alert, parts.bodies.emplace_back());
    });
    return std::optional<Parts>{std::move(parts)};
}

}  // namespace tocsin::intake
