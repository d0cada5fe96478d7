#include "daemon/intake/prometheus.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "daemon/intake/json_write.hpp"
#include "daemon/intake/labelled_alert.hpp"

namespace tocsin::intake {
namespace {

/// Why it is no alert; empty if it is one.
std::string_view mistake_in(JsonView alert) {
    if (!alert.is_object()) return "not a JSON object";
    bool has_label = false;
    bool has_other = !alert.find("labels").is_object();
    alert.find("labels").each([&](JsonView label) {
        has_label |= !label.text().empty();
        has_other |= label.node().type != JsonType::Text;
    });
    if (has_other) return "`labels` is no object of texts";
    if (!has_label) return "it has no labels";
    const auto starts = prometheus_time(alert.find("startsAt"));
    const auto ends = prometheus_time(alert.find("endsAt"));
    if (starts && ends && *ends < *starts) return "`endsAt` is before `startsAt`";
    return {};
}

std::string with_status(JsonView alert, std::optional<TimePoint> received_at) {
    std::string body;
    append_json(alert, body);
    if (!received_at || alert.find("status").exists()) return body;
    const auto ends = prometheus_time(alert.find("endsAt"));
    return with_member(body, "status", ends && *ends <= *received_at ? "resolved" : "firing");
}

}  // namespace

Result<std::optional<Parts>> split_prometheus(JsonView root, std::optional<TimePoint> received_at) {
    Parts parts;
    std::size_t number = 0;
    const auto take = [&](JsonView alert) {
        ++number;
        if (const auto mistake = mistake_in(alert); !mistake.empty()) {
            parts.refused.push_back(fmt::format("alert {}: {}", number, mistake));
        } else {
            parts.bodies.push_back(with_status(alert, received_at));
        }
    };
    if (root.is_array()) {
        root.each(take);
    } else {
        take(root);
    }
    if (auto fits = check_parts(number, 0); !fits) return fits.error();
    return std::optional<Parts>{std::move(parts)};
}

Alert prometheus_alert(JsonView body) {
    Alert alert = labelled_alert(body);
    alert.key = fingerprint_of(body.find("labels"));
    alert.began_at = prometheus_time(body.find("startsAt"));
    if (alert.action == AlertAction::Fire) alert.ends_at = prometheus_time(body.find("endsAt"));
    return alert;
}

std::optional<TimePoint> prometheus_time(JsonView value) {
    const auto time = parse_rfc3339(value.text());
    return time && *time > TimePoint{} ? time : std::nullopt;
}

}  // namespace tocsin::intake
