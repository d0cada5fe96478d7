#include "daemon/intake/grafana.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "daemon/intake/alertmanager.hpp"
#include "daemon/intake/generic.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

/// "alerting" and "no_data" fire, "ok" is over; "paused" and "pending" say nothing about what is wrong.
AlertAction action_of_state(std::string_view state) {
    if (equal_ignoring_case(state, "ok")) return AlertAction::Resolve;
    if (equal_ignoring_case(state, "paused") || equal_ignoring_case(state, "pending")) return AlertAction::Other;
    return AlertAction::Fire;
}

Alert legacy_alert(JsonView body) {
    static constexpr std::array<std::string_view, 3> kPriorities{"severity", "priority", "og_priority"};
    Alert alert;
    alert.action_name = std::string(body.find("state").text());
    alert.action = action_of_state(alert.action_name);
    alert.key = fmt::format("rule {}", body.find("ruleId").text());
    if (const auto org = body.find("orgId").text(); !org.empty()) alert.key += fmt::format(" of org {}", org);
    alert.is_followed_up = true;
    alert.title = first_text({body.find("ruleName"), body.find("title")});
    if (alert.title.empty()) alert.title = "Grafana alert " + alert.key;
    alert.text = std::string(body.find("message").text());
    alert.url = std::string(body.find("ruleUrl").text());
    alert.priority = std::string(first_member(body.find("tags"), kPriorities).text());
    add_labels_of(body.find("tags"), alert);
    return alert;
}

/// Of unified alerting: the panel or dashboard tells more than the rule's page, if there is one.
void add_links(JsonView body, Alert& alert) {
    static constexpr std::array<std::string_view, 2> kLinks{"panelURL", "dashboardURL"};
    body.find("alerts").each([&](JsonView one) {
        if (const auto link = first_member(one, kLinks); link.exists()) alert.url = std::string(link.text());
    });
}

}  // namespace

Result<std::optional<Parts>> split_grafana(JsonView root, std::optional<TimePoint> received_at) {
    return split_alertmanager(root, received_at);
}

Alert grafana_alert(JsonView body) {
    if (body.find("alerts").is_array()) {
        auto alert = alertmanager_alert(body);
        add_links(body, alert);
        return alert;
    }
    if (body.find("ruleId").exists()) return legacy_alert(body);
    return generic_alert(body);
}

}  // namespace tocsin::intake
