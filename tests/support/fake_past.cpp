// The part of the store in memory that looks back: for triage, reports and drills.
#include <algorithm>

#include "tests/support/fake_store.hpp"

namespace tocsin {
namespace {

bool is_resolution(const TimelineEntry& entry) {
    switch (entry.reason) {
        case Reason::Resolved:
        case Reason::ResolvedBySource:
        case Reason::ResolvedByQuiet:
        case Reason::HeartbeatBack:
        case Reason::Merged:
        case Reason::Drill: return true;
        default: return false;
    }
}

PastIncident past_of(const FakeDatabase& database, const Incident& incident) {
    PastIncident past;
    past.id = incident.id;
    past.key = incident.key;
    past.rule = incident.rule;
    past.service = incident.service;
    past.summary = incident.summary;
    past.severity = incident.severity;
    past.urgency = incident.urgency;
    past.is_drill = incident.is_drill;
    past.opened_at = incident.opened_at;
    past.resolved_at = incident.resolved_at;
    past.resolved_by = incident.resolved_by;
    const auto timeline = database.timeline.find(incident.id);
    if (timeline == database.timeline.end()) return past;
    for (const auto& entry : timeline->second) {
        if (entry.reason == Reason::Acknowledged && !past.first_acknowledged_at) {
            past.first_acknowledged_at = entry.at;
            past.acknowledged_by = entry.actor;
        }
        if (incident.is_open() || !is_resolution(entry)) continue;
        past.resolution = entry.reason;
        past.resolution_note = entry.detail;
    }
    return past;
}

}  // namespace

Result<std::vector<Watch>> FakeStore::watches() {
    std::vector<Watch> all;
    for (const auto& [key, watch] : database_->watches) all.push_back(watch);
    return all;
}

Result<Past> FakeStore::past(const PastFilter& filter) {
    Past past;
    for (const auto& [id, incident] : database_->incidents) {
        if (incident.opened_at >= filter.from && incident.opened_at < filter.until) {
            past.incidents.push_back(past_of(*database_, incident));
        }
    }
    for (const auto& [id, page] : database_->pages) {
        if (page.decided_at < filter.from || page.decided_at >= filter.until) continue;
        past.pages.push_back({page.incident, page.person, page.urgency, page.step, page.state, page.due_at});
    }
    const auto cut = [&](auto& rows) {
        if (rows.size() <= filter.limit) return;
        past.is_cut = true;
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(filter.limit));
    };
    cut(past.incidents);
    cut(past.pages);
    return past;
}

Result<KeyHistory> FakeStore::history(const KeyFilter& filter) {
    KeyHistory history;
    for (const auto& [id, incident] : database_->incidents) {
        const bool is_it = incident.key == filter.key && id != filter.but_of;
        if (!is_it || !incident.resolved_at || *incident.resolved_at < filter.since) continue;
        ++history.count;
        history.latest.push_back(past_of(*database_, incident));
    }
    std::stable_sort(history.latest.begin(), history.latest.end(),
                     [](const PastIncident& a, const PastIncident& b) { return a.resolved_at > b.resolved_at; });
    if (history.latest.size() > filter.limit) history.latest.resize(filter.limit);
    return history;
}

Result<std::vector<PastIncident>> FakeStore::drills(std::size_t limit) {
    std::vector<PastIncident> drills;
    for (auto at = database_->incidents.rbegin(); at != database_->incidents.rend() && drills.size() < limit; ++at) {
        if (at->second.is_drill) drills.push_back(past_of(*database_, at->second));
    }
    return drills;
}

}  // namespace tocsin
