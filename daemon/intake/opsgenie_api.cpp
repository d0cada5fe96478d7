#include "daemon/intake/opsgenie_api.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/model/opsgenie_keys.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/opsgenie_webhook.hpp"

namespace tocsin::intake {
namespace {

constexpr std::size_t kAliasCodePointsMax = 512;
constexpr std::size_t kAliasPartsMax = 494;  ///< Leaves room for "-" and the hash.
constexpr std::string_view kUsualPriority = "P3";

std::uint64_t fnv1a(std::string_view text) {
    constexpr std::uint64_t kOffset = 0xcbf29ce484222325ULL;
    constexpr std::uint64_t kPrime = 0x100000001b3ULL;
    auto hash = kOffset;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    return hash;
}

std::string_view name_of(JsonView responder) {
    for (const std::string_view key : {"name", "username", "id"}) {
        if (const auto name = responder.find(key).text(); !name.empty()) return name;
    }
    return responder.text();
}

Alert created(JsonView body) {
    Alert alert;
    alert.action_name = "Create";
    alert.is_followed_up = true;
    alert.title = std::string(body.find("message").text());
    const auto alias = body.find("alias").text();
    alert.key = alias.empty() ? std::string(opsgenie_keys::kMessage) + alert.title : opsgenie_alias(alias);
    if (alert.title.empty()) alert.title = "Opsgenie alert " + alert.key;
    alert.text = std::string(body.find("description").text());
    const auto priority = body.find("priority").text();
    alert.priority = std::string(priority.empty() ? kUsualPriority : priority);
    alert.note = std::string(body.find("note").text());
    body.find("tags").each([&](JsonView tag) {
        if (!tag.text().empty() && alert.tags.size() < kLabelsMax) alert.tags.emplace_back(tag.text());
    });
    for (const std::string_view name : {"alias", "entity", "source", "user"}) {
        add_label(alert, name, std::string(body.find(name).text()));
    }
    for (const std::string_view list : {"responders", "teams"}) {
        body.find(list).each([&](JsonView one) {
            add_label(alert, "responders", std::string(name_of(one)));
            const auto type = one.find("type").text();
            if (type == "team" || (type.empty() && list == "teams")) add_label(alert, "teams", std::string(name_of(one)));
        });
    }
    add_labels_of(body.find("details"), alert);
    return alert;
}

}  // namespace

Alert opsgenie_api_alert(JsonView body) {
    const auto inner = body.find("alert");
    if (!inner.is_object() || body.find("action").text().empty()) return created(body);
    auto alert = opsgenie_alert(body);
    if (const auto alias = inner.find("alias").text(); !alias.empty()) alert.key = opsgenie_alias(alias);
    return alert;
}

std::string opsgenie_alias(std::string_view alias) {
    if (code_points(alias) <= kAliasCodePointsMax) return std::string(alias);
    return fmt::format("{}-{:016x}", truncated(alias, kAliasPartsMax), fnv1a(alias));
}

}  // namespace tocsin::intake
