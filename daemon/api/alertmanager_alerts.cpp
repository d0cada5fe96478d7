#include "daemon/api/alertmanager_alerts.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/alertmanager_matchers.hpp"
#include "daemon/api/alertmanager_silences.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/sender_paths.hpp"
#include "daemon/api/stored_arrival.hpp"
#include "daemon/intake/labelled_alert.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

/// Of one incident: those that came last.
constexpr std::size_t kAlertsLookedAt = 200;
constexpr Duration kShownToLast = std::chrono::minutes{5};

using Labels = std::map<std::string, std::string, std::less<>>;

/// What the query asks for.
struct AlertsWanted {
    std::vector<AmMatcher> filters;
    std::optional<AmMatcher> receiver;
    bool has_active = true;
    bool has_silenced = true;
};

Result<AlertsWanted> wanted_by(std::string_view query) {
    AlertsWanted wanted;
    wanted.has_active = query_value(query, "active") != "false";
    wanted.has_silenced = query_value(query, "silenced") != "false";
    for (auto text : all_query_values(query, "filter")) {
        auto matcher = parse_am_matcher(text);
        if (!matcher) return matcher.error();
        wanted.filters.push_back(std::move(*matcher));
    }
    if (auto receiver = all_query_values(query, "receiver"); !receiver.empty() && !receiver.front().empty()) {
        wanted.receiver = AmMatcher{"receiver", receiver.front(), true, true};
    }
    return wanted;
}

std::string receiver_of(const Incident& incident) { return incident.escalation.empty() ? "tocsin" : incident.escalation; }

bool is_wanted(const AlertsWanted& wanted, const Incident& incident, const Labels& labels) {
    if (incident.is_silenced() ? !wanted.has_silenced : !wanted.has_active) return false;
    const auto receiver = receiver_of(incident);
    if (wanted.receiver && !holds(*wanted.receiver, [&](auto) { return std::string_view(receiver); })) return false;
    return std::all_of(wanted.filters.begin(), wanted.filters.end(), [&](const auto& matcher) {
        return holds(matcher, [&](std::string_view name) {
            const auto found = labels.find(name);
            return found == labels.end() ? std::string_view{} : std::string_view(found->second);
        });
    });
}

Labels labels_of(const Incident& incident, const Alert& alert) {
    Labels labels;
    for (const auto& [name, value] : alert.labels) labels.emplace(name, value);
    labels.try_emplace("alertname", alert.title);
    labels["tocsin_severity"] = to_string(incident.severity);
    labels["tocsin_source"] = alert.source;
    if (!incident.service.empty()) labels["tocsin_service"] = incident.service;
    return labels;
}

json::object annotations_of(const Incident& incident, const Alert& alert) {
    json::object annotations{{"summary", alert.title},
                             {"tocsin_incident", std::to_string(incident.id.value)},
                             {"tocsin_state", to_string(incident.state)}};
    if (!alert.text.empty()) annotations["description"] = alert.text;
    if (!incident.acknowledged_by.empty()) annotations["tocsin_acknowledged_by"] = incident.acknowledged_by;
    return annotations;
}

json::object status_of(const Incident& incident) {
    json::array silenced_by;
    if (incident.is_silenced()) silenced_by.emplace_back(am_id_of(incident.silence));
    for (const auto& name : incident.also_silenced_by) silenced_by.emplace_back(am_id_of(name));
    return {{"state", incident.is_silenced() ? "suppressed" : "active"},
            {"silencedBy", std::move(silenced_by)},
            {"inhibitedBy", json::array()}};
}

struct ShownAlert {
    const Incident& incident;
    const Alert& alert;
    TimePoint received_at;
    TimePoint now;
};

json::object alert_json(const ShownAlert& shown, const Labels& labels) {
    json::object label_json;
    for (const auto& [name, value] : labels) label_json[name] = value;
    const auto ends =
        shown.alert.ends_at ? *shown.alert.ends_at : shown.incident.resolve_due_at.value_or(shown.now + kShownToLast);
    return {{"annotations", annotations_of(shown.incident, shown.alert)},
            {"endsAt", format_utc(ends)},
            {"fingerprint", intake::fingerprint_of(shown.alert.source + "/" + shown.alert.key)},
            {"receivers", json::array{json::object{{"name", receiver_of(shown.incident)}}}},
            {"startsAt", format_utc(shown.alert.began_at.value_or(shown.incident.opened_at))},
            {"status", status_of(shown.incident)},
            {"updatedAt", format_utc(shown.received_at)},
            {"generatorURL", shown.alert.url},
            {"labels", std::move(label_json)}};
}

/// Of the blocking thread.
class Reading {
public:
    Reading(Services& services, AlertsWanted wanted)
        : reader_(services.reader),
          settings_(services.settings),
          rulebook_(services.rulebook()),
          now_(services.clock.now()),
          wanted_(std::move(wanted)) {}

    /// For each incident that has any, its alerts.
    template <class Take>
    Result<void> each_incident(Take take) const {
        IncidentFilter open;
        open.only_open = true;
        open.limit = kListMax;
        const auto incidents = reader_.incidents(open);
        if (!incidents) return incidents.error();
        for (const auto& incident : *incidents) {
            auto alerts = firing_in(incident);
            if (!alerts) return alerts.error();
            if (!alerts->empty()) take(incident, std::move(*alerts));
        }
        return {};
    }

private:
    [[nodiscard]] Result<json::array> firing_in(const Incident& incident) const {
        const auto members = reader_.members(incident.id);
        if (!members) return members.error();
        const auto stored = reader_.alerts(incident.id, kAlertsLookedAt);
        if (!stored) return stored.error();
        std::set<std::pair<std::string, std::string>> done;
        for (const auto& member : *members) {
            if (!member.is_firing) done.emplace(member.source, member.alert_key);
        }
        json::array alerts;
        for (const auto& one : *stored) {  // Newest first: what an alert said last counts.
            if (done.contains({one.source, one.key})) continue;
            const auto arrival = stored_arrival(settings_, *rulebook_, one);
            if (!arrival || arrival->alert.action != AlertAction::Fire) continue;
            done.emplace(one.source, one.key);
            const auto labels = labels_of(incident, arrival->alert);
            if (!is_wanted(wanted_, incident, labels)) continue;
            alerts.push_back(alert_json({incident, arrival->alert, one.received_at, now_}, labels));
        }
        return alerts;
    }

    StoreReader& reader_;
    const config::Settings& settings_;
    const std::shared_ptr<const Rulebook> rulebook_;
    TimePoint now_;
    AlertsWanted wanted_;
};

/// Answers the array that `list` makes, on the blocking thread, of what fires.
template <class List>
void answer_firing(Services& services, const http::Request& request, List list, http::Respond respond) {
    auto wanted = wanted_by(request.query);
    if (!wanted) {
        http::Response response;
        response.status = 400;
        response.body = json::serialize(json::value(wanted.error().message()));
        return respond(std::move(response));
    }
    answer_array(
        services,
        [reading = Reading(services, std::move(*wanted)), list]() -> Result<json::array> {
            json::array all;
            auto done = reading.each_incident(
                [&](const Incident& incident, json::array alerts) { list(incident, std::move(alerts), all); });
            if (!done) return done.error();
            return all;
        },
        std::move(respond));
}

}  // namespace

void show_alerts(Services& services, const http::Request& request, http::Respond respond) {
    answer_firing(
        services, request,
        [](const Incident&, json::array alerts, json::array& all) {
            for (auto& alert : alerts) all.push_back(std::move(alert));
        },
        std::move(respond));
}

void show_alert_groups(Services& services, const http::Request& request, http::Respond respond) {
    answer_firing(
        services, request,
        [](const Incident& incident, json::array alerts, json::array& all) {
            json::object labels{{"tocsin_incident", std::to_string(incident.id.value)}};
            if (!incident.service.empty()) labels["tocsin_service"] = incident.service;
            all.push_back(json::object{{"labels", std::move(labels)},
                                       {"receiver", json::object{{"name", receiver_of(incident)}}},
                                       {"alerts", std::move(alerts)}});
        },
        std::move(respond));
}

}  // namespace tocsin::api
