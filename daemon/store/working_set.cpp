// The indexes over the open incidents, kept in step with each other.
#include "daemon/store/working_set.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace tocsin::store {
namespace {

/// Neither part may be found in the other's place: a source's name has no NUL in it.
std::string member_key(std::string_view source, std::string_view alert_key) {
    std::string key(source);
    key += '\0';
    key += alert_key;
    return key;
}

}  // namespace

const OpenIncident* WorkingSet::find(IncidentId id) const {
    const auto found = open_.find(id);
    return found == open_.end() ? nullptr : &found->second;
}

const OpenIncident* WorkingSet::find(std::string_view key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &open_.at(found->second);
}

Locked WorkingSet::find(std::span<const IncidentRef> refs, std::vector<IncidentId>& not_open) const {
    Locked locked;
    std::unordered_set<IncidentId> seen;
    std::set<std::tuple<IncidentId, std::string_view, std::string_view>> seen_members;
    const auto add = [&](const OpenIncident& open) {
        if (seen.insert(open.incident.id).second) locked.incidents.push_back(open.incident);
    };
    const auto add_memberships = [&](const IncidentRef& ref, const OpenIncident* only) {
        const auto found = members_.find(member_key(ref.source, ref.alert_key));
        if (found == members_.end()) return;
        for (const auto& membership : found->second) {
            if (only != nullptr && membership.incident != only->incident.id) continue;
            add(open_.at(membership.incident));
            if (!seen_members.emplace(membership.incident, ref.source, ref.alert_key).second) continue;
            locked.members.push_back(
                {membership.incident, std::string(ref.source), std::string(ref.alert_key), membership.is_firing});
        }
    };
    for (const auto& ref : refs) {
        if (ref.id.is_set()) {
            if (const auto* open = find(ref.id)) {
                add(*open);
            } else if (seen.insert(ref.id).second) {
                not_open.push_back(ref.id);
            }
        } else if (!ref.key.empty()) {
            const auto* open = find(ref.key);
            if (open != nullptr) add(*open);
            if (open != nullptr && !ref.source.empty()) add_memberships(ref, open);
        } else if (!ref.source.empty()) {
            add_memberships(ref, nullptr);
        }
    }
    return locked;
}

bool WorkingSet::keys_collide(std::span<const Incident> written) const {
    std::unordered_set<std::string_view> keys;
    const auto is_written = [&](IncidentId id) {
        return std::any_of(written.begin(), written.end(), [&](const Incident& incident) { return incident.id == id; });
    };
    return std::any_of(written.begin(), written.end(), [&](const Incident& incident) {
        if (!incident.is_open()) return false;
        if (!keys.insert(incident.key).second) return true;
        const auto holder = by_key_.find(incident.key);
        return holder != by_key_.end() && holder->second != incident.id && !is_written(holder->second);
    });
}

void WorkingSet::forget_keys(std::span<const Incident> written) {
    for (const auto& incident : written) {
        if (const auto* open = find(incident.id)) by_key_.erase(open->incident.key);
    }
}

void WorkingSet::put(const Incident& incident, std::int64_t last_alert) {
    if (!incident.is_open()) {
        close(incident.id);
        return;
    }
    auto& open = open_[incident.id];
    open.incident = incident;
    set_row_current(incident.id, last_alert);
    by_key_[open.incident.key] = incident.id;
    if (const auto wake_at = incident.wake_at()) {
        timers_.put(incident.id.value, *wake_at, {});
    } else {
        timers_.erase(incident.id.value);
    }
}

void WorkingSet::close(IncidentId id) {
    const auto found = open_.find(id);
    if (found == open_.end()) return;
    for (const auto* key : found->second.memberships) {
        const auto members = members_.find(*key);
        members->second.erase(first_not_before(members->second, id));
        if (members->second.empty()) members_.erase(members);
    }
    timers_.erase(id.value);
    lagging_.erase({found->second.lags_since, id});
    open_.erase(found);
}

std::vector<WorkingSet::Membership>::iterator WorkingSet::first_not_before(std::vector<Membership>& members, IncidentId id) {
    return std::lower_bound(members.begin(), members.end(), id,
                            [](const Membership& membership, IncidentId wanted) { return membership.incident < wanted; });
}

void WorkingSet::put(const Member& member) {
    const auto open = open_.find(member.incident);
    if (open == open_.end()) return;
    const auto [members, is_new] = members_.try_emplace(member_key(member.source, member.alert_key));
    // Sorted, and newer incidents come last: a key that is in very many incidents costs no more.
    const auto place = first_not_before(members->second, member.incident);
    if (place != members->second.end() && place->incident == member.incident) {
        place->is_firing = member.is_firing;
        return;
    }
    members->second.insert(place, {member.incident, member.is_firing});
    open->second.memberships.push_back(&members->first);
}

void WorkingSet::set_row_current(IncidentId id, std::int64_t last_alert) {
    const auto open = open_.find(id);
    if (open == open_.end()) return;
    open->second.last_alert = last_alert;
    if (const auto since = std::exchange(open->second.lags_since, 0); since != 0) lagging_.erase({since, id});
}

void WorkingSet::set_row_lagging(IncidentId id, std::int64_t since) {
    const auto open = open_.find(id);
    if (open == open_.end() || since == 0) return;
    open->second.lags_since = since;
    lagging_.emplace(since, id);
}

std::vector<IncidentId> WorkingSet::lagging_since(std::int64_t alert) const {
    std::vector<IncidentId> ids;
    for (auto at = lagging_.begin(); at != lagging_.end() && at->first <= alert; ++at) ids.push_back(at->second);
    return ids;
}

void WorkingSet::put(const Page& page) {
    if (page.state == PageState::Pending) {
        pages_.put(page.id.value, page.due_at, {page.lease_owner, page.lease_until});
        pending_of_.emplace(page.incident, page.id);
    } else {
        pages_.erase(page.id.value);
        pending_of_.erase({page.incident, page.id});
    }
}

bool WorkingSet::has_pending_pages(IncidentId id) const {
    const auto first = pending_of_.lower_bound({id, PageId{}});
    return first != pending_of_.end() && first->first == id;
}

void WorkingSet::overtake(IncidentId id) {
    auto at = pending_of_.lower_bound({id, PageId{}});
    while (at != pending_of_.end() && at->first == id) {
        pages_.erase(at->second.value);
        at = pending_of_.erase(at);
    }
}

void WorkingSet::overtake(IncidentId id, PageId page) {
    pages_.erase(page.value);
    pending_of_.erase({id, page});
}

}  // namespace tocsin::store
