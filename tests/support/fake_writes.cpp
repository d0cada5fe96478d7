#include "tests/support/fake_writes.hpp"

#include <algorithm>

namespace tocsin {
namespace {

void free_lease(Page& page) {
    page.lease_owner.clear();
    page.lease_until = {};
}

void remember_resolved(FakeDatabase& database, const Incident& incident) {
    const auto [last, is_first] = database.resolved_by_key.try_emplace(incident.key, incident.id);
    if (is_first) return;
    const auto& known = database.incidents.at(last->second);
    const bool is_later = known.is_open() || known.key != incident.key || *incident.resolved_at >= *known.resolved_at;
    if (is_later) last->second = incident.id;
}

void apply_incidents(FakeDatabase& database, const std::vector<Incident>& incidents) {
    for (const auto& incident : incidents) {
        const auto before = database.incidents.find(incident.id);
        if (before != database.incidents.end() && before->second.is_open()) database.open_by_key.erase(before->second.key);
        database.leases.erase(incident.id);
    }
    for (const auto& incident : incidents) {
        database.incidents[incident.id] = incident;
        if (incident.is_open()) database.open_by_key[incident.key] = incident.id;
        if (!incident.is_open()) remember_resolved(database, incident);
    }
}

void overtake(FakeDatabase& database, const Overtaken& overtaken) {
    const auto is_overtaken = [&](PageId page_id) {
        auto& page = database.pages.at(page_id);
        if (!overtakes(overtaken, page)) return false;
        page.state = PageState::Overtaken;
        free_lease(page);
        return true;
    };
    std::erase_if(database.pending, is_overtaken);
    std::erase_if(database.digested, is_overtaken);
}

void release(FakeDatabase& database, const Release& release) {
    for (const auto& [key, id] : database.open_by_key) {
        auto& incident = database.incidents.at(id);
        if (incident.told_at == release.parent) incident.step_due_at = release.at;
    }
}

void add_page(FakeDatabase& database, const Page& page) {
    database.pages[page.id] = page;
    if (page.state == PageState::Pending) database.pending.insert(page.id);
    if (page.state == PageState::Digested) database.digested.insert(page.id);
    if (!page.digest.empty()) database.digests[page.digest].push_back(page.id);
}

void fold(FakeDatabase& database, const Page& folded) {
    if (database.pending.erase(folded.id) == 0) return;
    auto& page = database.pages.at(folded.id);
    page.state = PageState::Digested;
    page.digest = folded.digest;
    free_lease(page);
    database.digested.insert(page.id);
    database.digests[page.digest].push_back(page.id);
}

/// What a digest holds goes its way.
void end_held(FakeDatabase& database, const Page& digest) {
    for (const auto id : held_by(database, digest)) {
        database.pages.at(id).state = digest.state;
        database.digested.erase(id);
    }
}

void apply_attempt(FakeDatabase& database, const Page& attempted) {
    const auto found = database.pages.find(attempted.id);
    if (found == database.pages.end()) return;
    auto& page = found->second;
    const bool is_ours = page.state == PageState::Pending && page.lease_owner == attempted.lease_owner;
    const bool is_late_delivery = page.state == PageState::Overtaken && attempted.state == PageState::Delivered;
    if (!is_ours && !is_late_delivery) return;
    page.state = attempted.state;
    page.due_at = attempted.due_at;
    page.attempts = attempted.attempts;
    page.last_error = attempted.last_error;
    free_lease(page);
    if (page.state != PageState::Pending) database.pending.erase(page.id);
    const bool is_ended = page.state == PageState::Delivered || page.state == PageState::Failed;
    if (page.is_digest() && is_ended) end_held(database, page);
}

void write_dossiers(FakeDatabase& database, const Writes& writes) {
    for (auto dossier : writes.dossiers) {
        const auto known = database.dossiers.find(dossier.id);
        dossier.tiny_id = known != database.dossiers.end() ? known->second.tiny_id : ++database.last_tiny_id;
        database.dossiers.insert_or_assign(dossier.id, dossier);
    }
    for (auto entry : writes.dossier_entries) {
        entry.number = ++database.last_entry;
        database.dossier_entries[entry.dossier].push_back(entry);
    }
    for (const auto& request : writes.dossier_requests) database.dossier_requests.insert_or_assign(request.id, request);
}

}  // namespace

bool keys_collide(const FakeDatabase& database, const Writes& writes) {
    std::set<IncidentId> written;
    std::set<std::string_view> keys;
    for (const auto& incident : writes.incidents) {
        written.insert(incident.id);
        if (incident.is_open() && !keys.insert(incident.key).second) return true;
    }
    return std::any_of(writes.incidents.begin(), writes.incidents.end(), [&](const Incident& incident) {
        const auto holder = database.open_by_key.find(incident.key);
        return incident.is_open() && holder != database.open_by_key.end() && !written.contains(holder->second);
    });
}

void apply(FakeDatabase& database, const Writes& writes) {
    apply_incidents(database, writes.incidents);
    for (const auto& member : writes.members) {
        database.members[{member.source, member.alert_key, member.incident}] = member;
    }
    for (const auto& alert : writes.alerts) database.alerts[alert.incident].push_back(alert);
    for (const auto& entry : writes.timeline) database.timeline[entry.incident].push_back(entry);
    for (const auto& released : writes.released) release(database, released);
    for (const auto& overtaken : writes.overtaken) overtake(database, overtaken);
    for (const auto& folded : writes.folded) fold(database, folded);
    for (const auto& page : writes.pages) add_page(database, page);
    for (const auto& page : writes.attempted) apply_attempt(database, page);
    for (const auto& watch : writes.watches) database.watches[watch.key] = watch;
    for (const auto& key : writes.forgotten_watches) database.watches.erase(key);
    for (const auto& made : writes.overrides) database.overrides.insert_or_assign(made.id, made);
    for (const auto& made : writes.silences) database.silences.insert_or_assign(made.id, made);
    for (const auto& told : writes.told) database.told[told.what] = told.of;
    write_dossiers(database, writes);
    ++database.commits;
}

std::vector<PageId> held_by(const FakeDatabase& database, const Page& digest) {
    std::vector<PageId> held;
    const auto found = database.digests.find(digest.digest);
    if (found == database.digests.end()) return held;
    for (const auto id : found->second) {
        const auto& page = database.pages.at(id);
        if (page.state == PageState::Digested && page.via == digest.via) held.push_back(id);
    }
    std::sort(held.begin(), held.end());
    return held;
}

}  // namespace tocsin
