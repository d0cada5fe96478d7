#include "daemon/notify/opsgenie.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "core/base/text.hpp"
#include "core/engine/relay.hpp"
#include "daemon/notify/opsgenie_call.hpp"
#include "daemon/notify/page_text.hpp"
#include "daemon/notify/settings_check.hpp"

namespace tocsin::notify {
namespace {

namespace json = boost::json;

constexpr std::size_t kMessageMax = 130;
constexpr std::size_t kAliasMax = 512;
constexpr std::size_t kDescriptionMax = 15'000;
constexpr std::size_t kTagMax = 50;
constexpr std::size_t kEntityMax = 512;
/// Of one value; all of them together have 8,000.
constexpr std::size_t kDetailMax = 1'000;

enum class Alias : std::uint8_t { Incident, Page };

json::string cut(std::string_view bytes, std::size_t code_points_max) {
    return json::string(truncated(valid_utf8(bytes), code_points_max));
}

std::string alias_of(const std::string& what) { return std::string(engine::kPageAlias) + what; }

/// "P1" for the worst.
std::string priority(Severity severity) { return fmt::format("P{}", static_cast<int>(severity) + 1); }

/// One responder, or none for an empty address.
Result<json::array> responders(std::string_view address) {
    address = trimmed(address);
    if (address.empty()) return json::array{};
    const auto colon = address.find(':');
    const auto type = address.substr(0, colon);
    const auto name = colon == std::string_view::npos ? std::string_view{} : trimmed(address.substr(colon + 1));
    const bool is_known = type == "team" || type == "user" || type == "schedule" || type == "escalation";
    if (!is_known || name.empty()) {
        return Error{Errc::Invalid,
                     fmt::format("the address \"{}\" is not team:, user:, schedule: or escalation: and a name, nor empty",
                                 truncated(printable(address), kTagMax))};
    }
    const json::object responder{{"type", type}, {type == "user" ? "username" : "name", json::string(valid_utf8(name))}};
    return json::array{responder};
}

json::object details(const Notification& notification, const PageLinks& links) {
    const auto& [page, incident, held] = notification;
    json::object all;
    const auto add = [&](std::string_view key, std::string_view value) {
        if (!value.empty()) all.emplace(key, cut(value, kDetailMax));
    };
    add("incident", incident.id.is_set() ? fmt::to_string(incident.id.value) : "");
    add("digest", page.digest);
    add("key", incident.key);
    add("service", incident.service);
    add("person", page.person);
    add("step", page.step_name());
    add("why", page.why);
    add("runbook", links.runbook);
    add("link", links.incident);
    return all;
}

json::array tags(const Incident& incident) {
    json::array all{"tocsin", to_string(incident.severity)};
    if (!incident.service.empty()) all.push_back(cut(incident.service, kTagMax));
    if (incident.is_drill) all.emplace_back("drill");
    return all;
}

struct OpsgenieSettings {
    std::string name;
    OpsgenieAccount account;
    Alias alias = Alias::Incident;
};

class Opsgenie final : public Channel {
public:
    Opsgenie(OpsgenieSettings settings, Outside outside) : settings_(std::move(settings)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
        const auto& page = notification.page;
        const auto channel = "channel " + settings_.name;
        auto who = responders(page.address);
        if (!who) {
            return on_outcome(who.error().in(fmt::format("{}'s contact {}", page.person, page.via)).in(channel));
        }
        post_to_opsgenie({channel, settings_.account, {}, json::serialize(body(notification, std::move(*who)))}, outside_,
                         deadline, std::move(on_outcome));
    }

private:
    /// Of a page about no incident.
    json::object topic_body(const Page& page) const {
        return {{"message", cut(page.subject(), kMessageMax)},
                {"alias", cut(alias_of(page.key()), kAliasMax)},
                {"description", cut(page.text, kDescriptionMax)},
                {"priority", priority(page.urgency == Urgency::Page ? Severity::High : Severity::Info)},
                {"tags", json::array{"tocsin", to_string(page.urgency)}},
                {"details", json::object{{"person", cut(page.person, kDetailMax)}, {"why", cut(page.why, kDetailMax)}}},
                {"source", outside_.name}};
    }

    json::object incident_body(const Notification& notification) const {
        const auto& [page, incident, held] = notification;
        const auto number = fmt::to_string(incident.id.value);
        const auto links = page_links(notification, outside_);
        const auto summary = trimmed(incident.summary).empty() ? "incident " + number : incident.summary;
        return {{"message", cut(summary, kMessageMax)},
                {"alias", cut(alias_of(settings_.alias == Alias::Page || page.is_digest() ? page.key() : number), kAliasMax)},
                {"description", cut(page_description(notification, links), kDescriptionMax)},
                {"priority", priority(incident.severity)},
                {"tags", tags(incident)},
                {"details", details(notification, links)},
                {"entity", cut(incident.service, kEntityMax)},
                {"source", outside_.name}};
    }

    json::object body(const Notification& notification, json::array who) const {
        auto alert = notification.page.is_about_topic() ? topic_body(notification.page) : incident_body(notification);
        if (!who.empty()) alert.emplace("responders", std::move(who));
        return alert;
    }

    OpsgenieSettings settings_;
    Outside outside_;
};

Result<Alias> read_alias(const ChannelSettings& settings) {
    const auto option = settings.options.find("alias");
    if (option == settings.options.end() || option->second == "incident") return Alias::Incident;
    if (option->second == "page") return Alias::Page;
    return Error{Errc::Invalid, fmt::format("alias is \"incident\" or \"page\", not \"{}\"", printable(option->second))};
}

}  // namespace

Result<std::unique_ptr<Channel>> make_opsgenie(const ChannelSettings& settings, Outside outside) {
    if (auto checked = check_options(settings, {"alias"}); !checked) return checked.error();
    const auto alias = read_alias(settings);
    if (!alias) return alias.error();
    auto account = opsgenie_account(settings.url, settings.secret);
    if (!account) return account.error();
    OpsgenieSettings own{settings.name, std::move(*account), *alias};
    return std::unique_ptr<Channel>(std::make_unique<Opsgenie>(std::move(own), std::move(outside)));
}

}  // namespace tocsin::notify
