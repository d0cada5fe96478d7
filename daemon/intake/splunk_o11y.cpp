#include "daemon/intake/splunk_o11y.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

/// `statusExtended` tells a detector that was edited or deleted, and a person, from an end that was measured: all are ends.
bool is_over(std::string_view status) {
    constexpr std::array<std::string_view, 3> kOver{"ok", "manually resolved", "stopped"};
    return std::any_of(kOver.begin(), kOver.end(), [&](auto word) { return equal_ignoring_case(word, trimmed(status)); });
}

}  // namespace

Alert splunk_o11y_alert(JsonView body) {
    Alert alert;
    alert.action_name = first_text({body.find("statusExtended"), body.find("status")});
    alert.action = is_over(alert.action_name) ? AlertAction::Resolve : AlertAction::Fire;
    alert.key = std::string(body.find("incidentId").text());
    if (alert.key.empty()) {
        alert.key = first_text({body.find("detectorId"), body.find("detector")}) + "/" +
                    first_text({body.find("rule"), body.find("eventType"), body.find("messageTitle")});
    }
    alert.is_followed_up = true;
    alert.title = first_text({body.find("messageTitle"), body.find("rule"), body.find("detector"), body.find("eventType")});
    if (alert.title.empty()) alert.title = "Splunk Observability alert " + alert.key;
    alert.text = first_text({body.find("messageBody"), body.find("description")});
    alert.url = first_text({body.find("detectorUrl"), body.find("imageUrl")});
    alert.priority = std::string(body.find("severity").text());
    for (const std::string_view label : {"detector", "rule", "eventType", "originatingMetric"}) {
        add_label(alert, label, std::string(body.find(label).text()));
    }
    add_labels_of(body.find("dimensions"), alert);
    return alert;
}

}  // namespace tocsin::intake
