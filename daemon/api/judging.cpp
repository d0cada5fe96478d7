#include "daemon/api/judging.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/engine/heartbeat.hpp"
#include "core/model/watch.hpp"
#include "daemon/api/stored_arrival.hpp"

namespace tocsin::api {
namespace {

/// An incident of which more different alerts fire at once is judged by the latest of them.
constexpr std::size_t kAlertsOfIncident = 50;
constexpr std::size_t kOpenMax = 100'000;
constexpr std::size_t kLatelyMax = 1'000;
constexpr std::size_t kExamplesMax = 5;

}  // namespace

Result<std::vector<Incident>> Judge::open_incidents() const {
    IncidentFilter filter;
    filter.only_open = true;
    filter.limit = kOpenMax;
    return reader.incidents(filter);
}

Result<std::optional<Silencing>> Judge::covering(const match::SilenceSet& silences, const Incident& incident) const {
    const auto alerts = reader.alerts(incident.id, kAlertsOfIncident);
    if (!alerts) return alerts.error();
    const bool is_of_heartbeat = alerts->empty() && heartbeat_of(incident.key).has_value();
    if (is_of_heartbeat) return covering_absence(silences, incident);
    std::optional<Silencing> first_to_end;
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& stored : *alerts) {  // Newest first: what an alert said last counts.
        if (!seen.emplace(stored.source, stored.key).second) continue;
        const auto arrival = stored_arrival(settings, *rulebook, stored);
        if (!arrival) return std::optional<Silencing>{};
        if (arrival->alert.action != AlertAction::Fire) continue;
        auto silencing = rulebook->classify(arrival->fields, now, silences).silenced;
        if (!silencing) return std::optional<Silencing>{};
        if (!first_to_end || silencing->until < first_to_end->until) first_to_end = std::move(silencing);
    }
    return first_to_end;
}

/// A heartbeat that is missing has no alert.
std::optional<Silencing> Judge::covering_absence(const match::SilenceSet& silences, const Incident& incident) const {
    const auto [alert, verdict] = engine::absence_of(incident);
    Fields fields;
    fields.add_alert(alert);
    return silences.covering(fields, verdict, now);
}

Result<Judge::Hidden> Judge::hidden_by(const match::SilenceSet& silences) const {
    Hidden hidden;
    const auto open = open_incidents();
    if (!open) return open.error();
    hidden.incidents_open = open->size();
    for (const auto& incident : *open) {
        const auto silencing = covering(silences, incident);
        if (!silencing) return silencing.error();
        if (!*silencing) continue;
        ++hidden.incidents;
        if (hidden.examples.size() < kExamplesMax) hidden.examples.push_back(incident);
    }
    const auto lately = reader.newest_alerts(kLatelyMax);
    if (!lately) return lately.error();
    for (const auto& stored : *lately) {
        const auto arrival = stored_arrival(settings, *rulebook, stored);
        if (!arrival || arrival->alert.action != AlertAction::Fire) continue;
        ++hidden.alerts_looked_at;
        if (rulebook->classify(arrival->fields, now, silences).silenced) ++hidden.alerts;
    }
    return hidden;
}

}  // namespace tocsin::api
