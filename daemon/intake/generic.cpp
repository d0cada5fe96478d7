#include "daemon/intake/generic.hpp"

#include <array>
#include <string>

#include "core/model/usual_words.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

using Names = std::string_view;

constexpr std::array kTitleNames{Names{"title"},    Names{"alertname"}, Names{"alert_name"}, Names{"rule_name"},
                                 Names{"ruleName"}, Names{"name"},      Names{"subject"},    Names{"summary"},
                                 Names{"message"},  Names{"msg"},       Names{"event"},      Names{"check"}};
constexpr std::array kTextNames{Names{"description"}, Names{"text"},    Names{"body"},   Names{"details"},
                                Names{"output"},      Names{"message"}, Names{"reason"}, Names{"summary"}};
constexpr std::array kKeyNames{Names{"key"},          Names{"dedup_key"},   Names{"dedupKey"},    Names{"alias"},
                               Names{"incident_key"}, Names{"fingerprint"}, Names{"incident_id"}, Names{"alert_id"},
                               Names{"incidentId"},   Names{"alertId"},     Names{"id"}};
constexpr std::array kStatusNames{Names{"status"}, Names{"state"},      Names{"alert_status"}, Names{"current_state"},
                                  Names{"action"}, Names{"event_type"}, Names{"alert_state"}};
constexpr std::array kPriorityNames{Names{"severity"}, Names{"priority"}, Names{"level"}};
constexpr std::array kUrlNames{Names{"url"},       Names{"link"},          Names{"alert_url"},
                               Names{"event_url"}, Names{"dashboard_url"}, Names{"href"}};
constexpr std::array kWhereNames{Names{"host"},     Names{"hostname"}, Names{"instance"},
                                 Names{"resource"}, Names{"service"},  Names{"node"}};

}  // namespace

Alert generic_alert(JsonView body) {
    Alert alert;
    alert.action_name = std::string(first_member(body, kStatusNames).text());
    alert.action = action_meant(alert.action_name);
    alert.title = std::string(first_member(body, kTitleNames).text());
    alert.key = std::string(first_member(body, kKeyNames).text());
    if (alert.key.empty()) {  // Two hosts with one title are two alerts: to take them for one would hide the second.
        alert.key = alert.title;
        for (const auto name : kWhereNames) {
            if (const auto where = body.find(name).text(); !where.empty()) alert.key.append("/").append(where);
        }
    }
    if (alert.key.empty()) alert.key = kUnnamedKey;
    if (alert.title.empty()) alert.title = untitled(alert.key);
    alert.is_followed_up = true;
    alert.text = std::string(first_member(body, kTextNames).text());
    alert.priority = std::string(first_member(body, kPriorityNames).text());
    alert.url = std::string(first_member(body, kUrlNames).text());
    for (const auto name : kWhereNames) add_label(alert, name, std::string(body.find(name).text()));
    add_labels_of(body.find("labels"), alert);
    if (body.find("tags").is_array()) {
        body.find("tags").each([&](JsonView tag) {
            if (!tag.text().empty() && alert.tags.size() < kLabelsMax) alert.tags.emplace_back(tag.text());
        });
    }
    return alert;
}

}  // namespace tocsin::intake
