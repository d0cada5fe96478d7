#include "daemon/intake/victorops.hpp"

#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "core/model/usual_words.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

struct MessageType {
    std::string_view name;
    AlertAction action;
};
// Any other word fires: a page must not be lost over one that nobody documented.
constexpr std::array kMessageTypes{
    MessageType{"recovery", AlertAction::Resolve},           MessageType{"ok", AlertAction::Resolve},
    MessageType{"resolved", AlertAction::Resolve},           MessageType{"acknowledgement", AlertAction::Acknowledge},
    MessageType{"acknowledgment", AlertAction::Acknowledge}, MessageType{"ack", AlertAction::Acknowledge},
};

AlertAction action_of_type(std::string_view type) {
    for (const auto& known : kMessageTypes) {
        if (equal_ignoring_case(known.name, type)) return known.action;
    }
    return AlertAction::Fire;
}

/// The first annotation that is a link.
std::string annotated_url(JsonView body) {
    std::string url;
    body.each([&](JsonView member) {
        if (url.empty() && member.key().starts_with("vo_annotate.u.")) url = std::string(member.text());
    });
    return url;
}

}  // namespace

Alert victorops_alert(JsonView body) {
    Alert alert;
    alert.action_name = std::string(body.find("message_type").text());
    alert.action = action_of_type(alert.action_name);
    alert.key = first_text({body.find("entity_id"), body.find("entity_display_name"), body.find("search_name")});
    if (alert.key.empty()) alert.key = kUnnamedKey;
    alert.is_followed_up = true;
    alert.title = first_text({body.find("entity_display_name"), body.find("search_name"), body.find("entity_id")});
    if (alert.title.empty()) alert.title = "Splunk On-Call alert";
    alert.text = first_text({body.find("state_message"), body.find("description")});
    alert.url = annotated_url(body);
    if (alert.url.empty())
        alert.url = first_text({body.find("results_link"), body.find("detector_url"), body.find("view_report")});
    if (alert.action == AlertAction::Fire) alert.priority = alert.action_name;
    for (const std::string_view label : {"routing_key", "monitoring_tool", "host_name", "search_name", "app", "owner"}) {
        add_label(alert, label, std::string(body.find(label).text()));
    }
    if (alert.action != AlertAction::Fire) alert.actor = first_text({body.find("ack_author"), body.find("monitoring_tool")});
    return alert;
}

Result<VictorOpsMessage> read_victorops_message(std::string body, const VictorOpsNames& names) {
    JsonReader reader;
    const auto mended = read_mended(reader, body);
    if (!mended) return mended.error();
    const auto root = reader.root();
    VictorOpsMessage message;
    message.entity_id = std::string(root.find("entity_id").text());
    message.has_type = !trimmed(root.find("message_type").text()).empty();
    const bool needs_routing_key = root.find("routing_key").text().empty() && !names.routing_key.empty();
    message.body = std::move(body);  // The views into it end here.
    if (message.entity_id.empty()) {
        message.entity_id = names.entity_id;
        message.body = with_member(message.body, "entity_id", names.entity_id);
    }
    if (needs_routing_key) message.body = with_member(message.body, "routing_key", names.routing_key);
    return message;
}

}  // namespace tocsin::intake
