#include "daemon/intake/alertmanager.hpp"

#include "core/base/text.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/labelled_alert.hpp"

namespace tocsin::intake {

Result<std::optional<Parts>> split_alertmanager(JsonView root, std::optional<TimePoint> /*received_at*/) {
    return split_member(root, "alerts");
}

Alert alertmanager_alert(JsonView body) {
    JsonView one;
    body.find("alerts").each([&](JsonView element) {
        if (!one.exists()) one = element;
    });
    if (!one.is_object()) {  // A look-alike without a list: the group's own labels are all that there is.
        Alert alert = labelled_alert(body);
        alert.key = fingerprint_of(body.find("commonLabels"));
        add_labels_of(body.find("commonLabels"), alert);
        return alert;
    }
    Alert alert = labelled_alert(one);
    // A group fires as long as one of its alerts does, so its status says nothing of one that has its own.
    if (alert.action_name.empty() && equal_ignoring_case(body.find("status").text(), "resolved")) {
        alert.action = AlertAction::Resolve;
        alert.action_name = "resolved";
    }
    if (alert.url.empty()) alert.url = std::string(body.find("externalURL").text());
    return alert;
}

}  // namespace tocsin::intake
