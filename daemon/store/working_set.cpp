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

/// Of the memberships of one alert, which are in the order of their incidents.
template <class Memberships>
auto first_not_before(Memberships& members, IncidentId id) {
    return std::lower_bound(members.begin(), members.end(), id,
                            [](const auto& membership, IncidentId wanted) { return membership.incident < wanted; });
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

/// Takes in what refs are about, each once.
class WorkingSet::Search {
public:
    Search(const WorkingSet& open, const ResolvedKeys& resolved, NotOpen& not_open)
        : open_(open), resolved_(resolved), not_open_(not_open) {}

    void add(const IncidentRef& ref) {
        if (ref.id.is_set()) {
            add_by_id(ref);
        } else if (!ref.key.empty()) {
            add_by_key(ref);
        } else if (!ref.source.empty()) {
            add_memberships(ref, [](const Incident&) { return true; });
        } else if (!ref.silence.empty()) {
            for (const auto& [id, open] : open_.open_) {
                if (open.incident.is_silenced_by(ref.silence)) add(open);
            }
        } else if (ref.all == IncidentRef::All::HandOvers) {
            for (const auto& [id, open] : open_.open_) {
                if (open.incident.hand_over_due_at) add(open);
            }
        }
    }

    [[nodiscard]] Locked found() { return std::move(locked_); }

private:
    void add_by_id(const IncidentRef& ref) {
        const bool wants_members = ref.members == IncidentRef::Members::All;
        if (const auto* open = open_.find(ref.id)) {
            add(*open);
            if (wants_members) add_members_of(*open);
        } else {
            add_not_open(ref.id);
            if (wants_members && whole_.insert(ref.id).second) not_open_.with_members.push_back(ref.id);
        }
    }

    void add_by_key(const IncidentRef& ref) {
        auto id = IncidentId{};
        if (const auto* open = open_.find(ref.key)) {
            add(*open);
            id = open->incident.id;
        } else if (const auto* last = resolved_.find(std::string(ref.key))) {
            if (last->is_merged) {
                id = add_merged(last->id);
            } else if (ref.resolved_since && last->resolved_at >= *ref.resolved_since) {
                add_not_open(last->id);
                if (whole_.insert(last->id).second) not_open_.with_members.push_back(last->id);
            }
        }
        if (ref.source.empty()) return;
        add_memberships(ref, [&](const Incident& incident) { return incident.id == id || incident.origin_key == ref.key; });
    }

    /// What it went to in the end, if that is open.
    IncidentId add_merged(IncidentId merged) {
        std::vector<IncidentId> way;
        auto at = merged;
        while (at.is_set() && open_.find(at) == nullptr) {
            way.push_back(at);
            at = resolved_.merged_into(at);
        }
        if (!at.is_set()) return {};
        for (const auto id : way) add_not_open(id);
        add(*open_.find(at));
        return at;
    }

    void add(const OpenIncident& open) {
        if (seen_.insert(open.incident.id).second) locked_.incidents.push_back(open.incident);
    }

    void add_not_open(IncidentId id) {
        if (seen_.insert(id).second) not_open_.incidents.push_back(id);
    }

    template <class IsWanted>
    void add_memberships(const IncidentRef& ref, IsWanted is_wanted) {
        const auto found = open_.members_.find(member_key(ref.source, ref.alert_key));
        if (found == open_.members_.end()) return;
        for (const auto& membership : found->second) {
            const auto& open = open_.open_.at(membership.incident);
            if (!is_wanted(open.incident)) continue;
            add(open);
            add_member({membership.incident, std::string(ref.source), std::string(ref.alert_key), membership.is_firing,
                        membership.began_at});
        }
    }

    void add_members_of(const OpenIncident& open) {
        for (const auto* key : open.memberships) add_member(open_.member(open.incident.id, *key));
    }

    void add_member(Member member) {
        if (!seen_members_.emplace(member.incident, member.source, member.alert_key).second) return;
        locked_.members.push_back(std::move(member));
    }

    const WorkingSet& open_;
    const ResolvedKeys& resolved_;
    NotOpen& not_open_;
    Locked locked_;
    std::unordered_set<IncidentId> seen_;
    std::unordered_set<IncidentId> whole_;
    std::set<std::tuple<IncidentId, std::string, std::string>> seen_members_;
};

Locked WorkingSet::find(std::span<const IncidentRef> refs, const ResolvedKeys& resolved, NotOpen& not_open) const {
    Search search(*this, resolved, not_open);
    for (const auto& ref : refs) search.add(ref);
    return search.found();
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
    const bool is_moved =
        open.incident.id != incident.id || open.incident.service != incident.service || open.incident.told_at != incident.told_at;
    if (is_moved) forget_place(open.incident);
    open.incident = incident;
    if (is_moved) {
        if (!incident.service.empty()) by_service_[incident.service].insert(incident.id);
        if (incident.told_at.is_set()) told_.emplace(incident.told_at, incident.id);
    }
    set_row_current(incident.id, last_alert);
    by_key_[open.incident.key] = incident.id;
    if (const auto wake_at = incident.wake_at()) {
        timers_.put(incident.id.value, *wake_at, {});
    } else {
        timers_.erase(incident.id.value);
    }
}

Member WorkingSet::member(IncidentId id, const std::string& key) const {
    const auto end_of_source = key.find('\0');
    const auto membership = first_not_before(members_.at(key), id);
    return {id, key.substr(0, end_of_source), key.substr(end_of_source + 1), membership->is_firing, membership->began_at};
}

std::vector<Member> WorkingSet::firing_members(IncidentId id) const {
    std::vector<Member> firing;
    const auto* open = find(id);
    if (open == nullptr) return firing;
    for (const auto* key : open->memberships) {
        auto one = member(id, *key);
        if (one.is_firing) firing.push_back(std::move(one));
    }
    return firing;
}

void WorkingSet::close(IncidentId id) {
    const auto found = open_.find(id);
    if (found == open_.end()) return;
    for (const auto* key : found->second.memberships) {
        const auto members = members_.find(*key);
        members->second.erase(first_not_before(members->second, id));
        if (members->second.empty()) members_.erase(members);
    }
    forget_place(found->second.incident);
    timers_.erase(id.value);
    lagging_.erase({found->second.lags_since, id});
    open_.erase(found);
}

void WorkingSet::forget_place(const Incident& incident) {
    told_.erase({incident.told_at, incident.id});
    const auto of_service = by_service_.find(incident.service);
    if (of_service == by_service_.end()) return;
    of_service->second.erase(incident.id);
    if (of_service->second.empty()) by_service_.erase(of_service);
}

void WorkingSet::release(IncidentId parent, TimePoint at) {
    for (auto told = told_.lower_bound({parent, IncidentId{}}); told != told_.end() && told->first == parent; ++told) {
        auto& incident = open_.at(told->second).incident;
        incident.step_due_at = at;
        timers_.put(incident.id.value, *incident.wake_at(), {});
    }
}

std::vector<Incident> WorkingSet::of_service(std::string_view service) const {
    std::vector<Incident> incidents;
    const auto found = by_service_.find(std::string(service));
    if (found == by_service_.end()) return incidents;
    for (const auto id : found->second) incidents.push_back(open_.at(id).incident);
    return incidents;
}

void WorkingSet::put(const Member& member) {
    const auto open = open_.find(member.incident);
    if (open == open_.end()) return;
    const auto [members, is_new] = members_.try_emplace(member_key(member.source, member.alert_key));
    // Sorted, and newer incidents come last: a key that is in very many incidents costs no more.
    const auto place = first_not_before(members->second, member.incident);
    if (place != members->second.end() && place->incident == member.incident) {
        place->is_firing = member.is_firing;
        place->began_at = member.began_at;
        return;
    }
    members->second.insert(place, {member.incident, member.is_firing, member.began_at});
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
        if (page.can_be_overtaken()) pending_of_.emplace(page.incident, page.id);
    } else {
        pages_.erase(page.id.value);
        pending_of_.erase({page.incident, page.id});
    }
    digests_.put(page);
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
    digests_.drop(id);
}

void WorkingSet::overtake(IncidentId id, PageId page) {
    pages_.erase(page.value);
    pending_of_.erase({id, page});
    digests_.let_go(page);
}

}  // namespace tocsin::store
