#include "daemon/intake/pagerduty.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

constexpr std::string_view kChange = "change";

struct EventAction {
    std::string_view name;
    AlertAction action;
};
constexpr std::array kEventActions{EventAction{"trigger", AlertAction::Fire},
                                   EventAction{"acknowledge", AlertAction::Acknowledge},
                                   EventAction{"resolve", AlertAction::Resolve}};

const EventAction* event_action(std::string_view name) {
    for (const auto& known : kEventActions) {
        if (equal_ignoring_case(known.name, name)) return &known;
    }
    return nullptr;
}

bool is_blank(JsonView value) { return trimmed(value.text()).empty(); }

void check_payload(JsonView payload, std::vector<std::string>& errors) {
    if (!payload.is_object()) {
        errors.emplace_back("'payload' is missing or blank");
        return;
    }
    // A summary is what people read. A missing source, or a severity that nobody documented, hinder nobody: they are taken.
    if (is_blank(payload.find("summary"))) errors.emplace_back("'payload.summary' is missing or blank");
}

std::vector<std::string> mistakes_in(JsonView event, PagerDutyEndpoint endpoint) {
    std::vector<std::string> errors;
    if (is_blank(event.find("routing_key"))) errors.emplace_back("'routing_key' is missing or blank");
    if (endpoint == PagerDutyEndpoint::ChangeEnqueue) {
        check_payload(event.find("payload"), errors);
        return errors;
    }
    const auto* action = event_action(event.find("event_action").text());
    if (is_blank(event.find("event_action"))) {
        errors.emplace_back("'event_action' is missing or blank");
    } else if (action == nullptr) {
        errors.emplace_back("'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')");
    } else if (action->action == AlertAction::Fire) {
        check_payload(event.find("payload"), errors);
    } else if (is_blank(event.find("dedup_key"))) {
        errors.emplace_back("'dedup_key' is missing or blank");
    }
    return errors;
}

std::string url_of_event(JsonView event) {
    JsonView link;
    event.find("links").each([&](JsonView one) {
        if (!link.exists()) link = one.find("href");
    });
    return first_text({event.find("client_url"), link});
}

}  // namespace

Alert pagerduty_alert(JsonView body) {
    const auto payload = body.find("payload");
    const auto name = body.find("event_action").text();
    const auto* action = event_action(name);
    Alert alert;
    alert.action = action != nullptr ? action->action : AlertAction::Other;
    alert.action_name = name.empty() ? std::string(kChange) : std::string(name);
    alert.title = std::string(payload.find("summary").text());
    alert.key = std::string(body.find("dedup_key").text());
    if (alert.key.empty()) alert.key = name.empty() ? std::string(kChange) : "summary:" + alert.title;
    alert.is_followed_up = true;
    if (alert.title.empty()) alert.title = "PagerDuty event " + alert.key;
    alert.text = joined_text(payload.find("custom_details"), ", ");
    alert.priority = std::string(payload.find("severity").text());
    alert.url = url_of_event(body);
    for (const std::string_view label : {"source", "component", "group", "class"}) {
        add_label(alert, label, std::string(payload.find(label).text()));
    }
    add_label(alert, "client", std::string(body.find("client").text()));
    if (alert.action != AlertAction::Fire) alert.actor = std::string(body.find("client").text());
    return alert;
}

Result<PagerDutyEvent> read_pagerduty_event(std::string body, PagerDutyEndpoint endpoint, const std::string& new_key) {
    JsonReader reader;
    const auto mended = read_mended(reader, body);
    if (!mended) return mended.error();
    const auto root = reader.root();
    PagerDutyEvent event;
    event.routing_key = std::string(root.find("routing_key").text());
    event.dedup_key = std::string(root.find("dedup_key").text());
    event.errors = mistakes_in(root, endpoint);
    const bool needs_key = endpoint == PagerDutyEndpoint::Enqueue && event.dedup_key.empty();
    if (needs_key) event.dedup_key = new_key;
    event.body = needs_key ? with_member(body, "dedup_key", new_key) : std::move(body);
    return event;
}

}  // namespace tocsin::intake
