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

/// The root without its last brackets, as far as the list to which the keys lead: what else each of the objects on the way holds
/// stands in front.
std::string opened_to(JsonView root, std::span<const std::string_view> keys) {
    std::string text;
    auto object = root;
    for (const auto key : keys) {
        text += '{';
        object.each([&](JsonView member) {
            if (member.key() == key) return;
            text += json_quoted(member.key());
            text += ':';
            append_json(member, text);
            text += ',';
        });
        text += json_quoted(key);
        text += ':';
        object = object.find(key);
    }
    return text + '[';
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

Result<std::optional<Parts>> split_at(JsonView root, std::span<const std::string_view> keys) {
    auto list = root;
    for (const auto key : keys) list = list.find(key);
    const auto count = size_of(list);
    if (!list.is_array() || count == 1) return std::optional<Parts>{};
    const auto before = opened_to(root, keys);
    const auto after = "]" + std::string(keys.size(), '}');
    if (auto fits = check_parts(count, before.size()); !fits) return fits.error();
    Parts parts;
    parts.bodies.reserve(count);
    list.each([&](JsonView alert) {
        auto& body = parts.bodies.emplace_back(before);
        append_json(alert, body);
        body += after;
    });
    return std::optional<Parts>{std::move(parts)};
}

Result<std::optional<Parts>> split_member(JsonView root, std::string_view list) { return split_at(root, {&list, 1}); }

Result<std::optional<Parts>> split_body(std::string body, const std::vector<std::string>& keys) {
    JsonReader reader;
    if (!reader.read(body)) return std::optional<Parts>{};
    const std::vector<std::string_view> way(keys.begin(), keys.end());
    auto parts = split_at(reader.root(), way);
    if (parts && *parts && (*parts)->bodies.empty()) parts->reset();
    return parts;
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
