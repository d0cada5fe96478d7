// What the store in memory keeps no longer.
#include <algorithm>
#include <iterator>

#include "tests/support/fake_store.hpp"

namespace tocsin {
namespace {

/// The alerts that may go, oldest first.
std::vector<AlertId> prunable_alerts(const FakeDatabase& database, TimePoint before) {
    std::map<AlertId, TimePoint> all;
    for (const auto& [incident, alerts] : database.alerts) {
        for (const auto& alert : alerts) all.emplace(alert.id, alert.received_at);
    }
    if (!all.empty()) all.erase(std::prev(all.end()));
    std::vector<AlertId> prunable;
    for (const auto& [id, received_at] : all) {
        if (received_at >= before) break;
        prunable.push_back(id);
    }
    return prunable;
}

std::vector<IncidentId> prunable_incidents(const FakeDatabase& database, TimePoint before) {
    std::vector<IncidentId> prunable;
    for (const auto& [id, incident] : database.incidents) {
        const bool is_newest = id == database.incidents.rbegin()->first;
        const bool has_newest_page = !database.pages.empty() && database.pages.rbegin()->second.incident == id;
        if (incident.resolved_at && *incident.resolved_at < before && !is_newest && !has_newest_page) prunable.push_back(id);
    }
    return prunable;
}

/// Pages about no incident.
std::vector<PageId> prunable_topics(const FakeDatabase& database, TimePoint before) {
    std::vector<PageId> prunable;
    for (const auto& [id, page] : database.pages) {
        const bool is_newest = id == database.pages.rbegin()->first;
        const bool is_over = page.state != PageState::Pending && page.decided_at < before;
        if (!page.incident.is_set() && is_over && !is_newest) prunable.push_back(id);
    }
    return prunable;
}

std::vector<std::string> prunable_dossiers(const FakeDatabase& database, TimePoint before) {
    std::vector<std::string> prunable;
    for (const auto& [id, dossier] : database.dossiers) {
        const auto incident = database.incidents.find(dossier.incident);
        const bool is_open = incident != database.incidents.end() && incident->second.is_open();
        const bool is_newest = dossier.tiny_id == database.last_tiny_id;
        if (dossier.updated_at < before && !is_open && !is_newest) prunable.push_back(id);
    }
    return prunable;
}

void erase_alert(FakeDatabase& database, AlertId id) {
    for (auto& [incident, alerts] : database.alerts) {
        std::erase_if(alerts, [id](const StoredAlert& alert) { return alert.id == id; });
    }
}

void erase_incident(FakeDatabase& database, IncidentId id) {
    const auto last = database.resolved_by_key.find(database.incidents.at(id).key);
    if (last != database.resolved_by_key.end() && last->second == id) database.resolved_by_key.erase(last);
    database.incidents.erase(id);
    database.timeline.erase(id);
    std::erase_if(database.pages, [id](const auto& page) { return page.second.incident == id; });
    std::erase_if(database.members, [id](const auto& member) { return std::get<2>(member.first) == id; });
}

}  // namespace

Result<Pruned> FakeStore::prune(const PruneLimits& limits) {
    if (auto refused = refusal()) return *refused;
    Pruned pruned;
    const auto may_go_on = [&] { return pruned.is_done = static_cast<std::size_t>(pruned.rows) < limits.rows_max; };
    if (limits.alerts_before) {
        for (const auto id : prunable_alerts(*database_, *limits.alerts_before)) {
            if (!may_go_on()) break;
            erase_alert(*database_, id);
            ++pruned.rows;
        }
    }
    if (limits.incidents_before) {
        for (const auto id : prunable_incidents(*database_, *limits.incidents_before)) {
            if (!may_go_on()) break;
            erase_incident(*database_, id);
            ++pruned.rows;
        }
    }
    if (limits.incidents_before) {
        for (const auto id : prunable_topics(*database_, *limits.incidents_before)) {
            if (!may_go_on()) break;
            database_->pages.erase(id);
            ++pruned.rows;
        }
    }
    if (limits.incidents_before) {
        for (const auto& id : prunable_dossiers(*database_, *limits.incidents_before)) {
            if (!may_go_on()) break;
            database_->dossiers.erase(id);
            database_->dossier_entries.erase(id);
            ++pruned.rows;
        }
    }
    for (const auto& [incident, alerts] : database_->alerts) {
        for (const auto& alert : alerts) {
            pruned.oldest_alert = std::min(pruned.oldest_alert.value_or(alert.received_at), alert.received_at);
        }
    }
    if (!database_->incidents.empty()) pruned.oldest_incident = database_->incidents.begin()->second.opened_at;
    return pruned;
}

}  // namespace tocsin
