// The store in memory. Every rule of core/ports/store.hpp is written out once, as plainly as possible; speed matters only so far
// as nothing may cost more with the number of resolved incidents.
#include "tests/support/fake_store.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/assert.hpp"
#include "tests/support/fake_store_search.hpp"
#include "tests/support/fake_writes.hpp"

namespace tocsin {
namespace {

template <class Value, class Key>
std::vector<Value> found_or_none(const std::map<Key, std::vector<Value>>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::vector<Value>{} : found->second;
}

template <class Made>
std::vector<Made> newest(const std::map<ArrangementId, Made>& all, std::size_t limit) {
    std::vector<Made> found;
    for (auto at = all.rbegin(); at != all.rend() && found.size() < limit; ++at) found.push_back(at->second);
    return found;
}

/// The longest due of what is due and free, at most as many as were asked for.
template <class IdType>
std::vector<IdType> first_due(std::vector<std::pair<TimePoint, IdType>> due, std::size_t limit) {
    std::sort(due.begin(), due.end());
    if (due.size() > limit) due.resize(limit);
    std::vector<IdType> ids;
    for (const auto& [at, id] : due) ids.push_back(id);
    return ids;
}

/// The pages of one step to one person are one paging, and so are those of a digest.
std::string paging_of(const Page& page, const PagingCount& of) {
    auto like = page;
    like.via.clear();
    if (of.person.empty()) like.person.clear();
    return like.key();
}

bool is_free(const Page& page, TimePoint now) { return page.lease_owner.empty() || page.lease_until <= now; }

bool matches(const Incident& incident, const IncidentFilter& filter) {
    if (filter.state && incident.state != *filter.state) return false;
    if (filter.only_open && !incident.is_open()) return false;
    if (filter.only_queued && !incident.is_queued()) return false;
    return filter.service.empty() || incident.service == filter.service;
}

}  // namespace

FakeStore::FakeStore() : FakeStore(std::make_shared<FakeDatabase>()) {}
FakeStore::FakeStore(std::shared_ptr<FakeDatabase> database) : database_(std::move(database)) {}
FakeStore::~FakeStore() { roll_back(); }

std::optional<Error> FakeStore::refusal() {
    if (!refuses_ || !refuses_()) return {};
    return Error{Errc::Unavailable, "the fake store was told to refuse", Retry::after(std::chrono::seconds{1})};
}

Result<Locked> FakeStore::lock(std::span<const IncidentRef> refs) {
    TOCSIN_ASSERT(database_->locked_by != this, "a store has one transaction at a time");
    if (auto refused = refusal()) return *refused;
    if (database_->locked_by != nullptr) {
        return Error{Errc::Unavailable, "another store has a transaction", Retry::now()};
    }
    database_->locked_by = this;
    return found_in(*database_, refs);
}

Result<void> FakeStore::commit(const Writes& writes) {
    TOCSIN_ASSERT(database_->locked_by == this, "commit ends what lock began");
    roll_back();
    if (refusals_left_ > 0) {
        --refusals_left_;
        return Error{Errc::Unavailable, "the fake store was told to refuse", Retry::after(std::chrono::seconds{1})};
    }
    if (auto refused = refusal()) return *refused;
    if (keys_collide(*database_, writes)) return Error{Errc::Conflict, "two open incidents would have one key"};
    apply(*database_, writes);
    return {};
}

void FakeStore::roll_back() {
    if (database_->locked_by == this) database_->locked_by = nullptr;
}

Result<std::vector<Incident>> FakeStore::open_of_service(std::string_view service) {
    std::vector<Incident> open;
    for (const auto& [key, id] : database_->open_by_key) {
        const auto& incident = database_->incidents.at(id);
        if (incident.service == service) open.push_back(incident);
    }
    return open;
}

Result<std::vector<Member>> FakeStore::firing_members(IncidentId id) {
    std::vector<Member> firing;
    const auto incident = database_->incidents.find(id);
    if (incident == database_->incidents.end() || !incident->second.is_open()) return firing;
    for (const auto& [name, member] : database_->members) {
        if (member.incident == id && member.is_firing) firing.push_back(member);
    }
    return firing;
}

Result<std::int64_t> FakeStore::count_pagings(const PagingCount& of) {
    constexpr auto kClockStepsMax = std::chrono::hours{24};  // Pages are decided in the order of their ids but for these.
    std::set<std::string> pagings;
    for (auto at = database_->pages.rbegin(); at != database_->pages.rend(); ++at) {
        const auto& page = at->second;
        if (page.decided_at + kClockStepsMax < of.since) break;
        if (page.urgency != Urgency::Page || page.state == PageState::Digested || page.decided_at < of.since) continue;
        const bool is_of = of.person.empty()
                               ? page.incident.is_set() && database_->incidents.at(page.incident).service == of.service
                               : page.person == of.person;
        if (is_of && (page.digest.empty() || page.is_digest())) pagings.insert(paging_of(page, of));
    }
    return static_cast<std::int64_t>(pagings.size());
}

Result<std::string> FakeStore::open_digest(std::string_view person, TimePoint now) {
    for (const auto id : database_->pending) {
        const auto& page = database_->pages.at(id);
        if (!page.is_digest() || page.person != person) continue;
        const auto& pages = database_->digests.at(page.digest);
        const auto is_leaving = [&](PageId other) {
            const auto& of_it = database_->pages.at(other);
            return of_it.is_digest() && (of_it.state != PageState::Pending || of_it.due_at <= now);
        };
        if (std::none_of(pages.begin(), pages.end(), is_leaving)) return page.digest;
    }
    return std::string();
}

Notification FakeStore::notification(const Page& page) const {
    Notification notification{page, {}};
    if (page.incident.is_set()) notification.incident = database_->incidents.at(page.incident);
    if (!page.is_digest()) return notification;
    for (const auto id : held_by(*database_, page)) {
        const auto& held = database_->pages.at(id);
        notification.held.push_back({held, database_->incidents.at(held.incident)});
    }
    return notification;
}

Result<Ids> FakeStore::reserve_ids(const IdCounts& counts) {
    if (auto refused = refusal()) return *refused;
    auto& last = database_->last_ids;
    const Ids given{last.first_incident + 1, last.first_alert + 1, last.first_page + 1};
    last.first_incident += counts.incidents;
    last.first_alert += counts.alerts;
    last.first_page += counts.pages;
    return given;
}

Result<std::vector<IncidentId>> FakeStore::claim_due_incidents(const Claim& claim) {
    if (auto refused = refusal()) return *refused;
    std::vector<std::pair<TimePoint, IncidentId>> due;
    for (const auto& [key, id] : database_->open_by_key) {
        const auto wake_at = database_->incidents.at(id).wake_at();
        if (!wake_at || *wake_at > claim.now) continue;
        const auto lease = database_->leases.find(id);
        if (lease == database_->leases.end() || lease->second.until <= claim.now) due.emplace_back(*wake_at, id);
    }
    auto ids = first_due(std::move(due), claim.limit);
    for (const auto id : ids) database_->leases[id] = {std::string(claim.owner), claim.until};
    return ids;
}

Result<std::vector<Notification>> FakeStore::claim_due_pages(const Claim& claim) {
    if (auto refused = refusal()) return *refused;
    std::vector<std::pair<TimePoint, PageId>> due;
    for (const auto id : database_->pending) {
        const auto& page = database_->pages.at(id);
        if (page.due_at <= claim.now && is_free(page, claim.now)) due.emplace_back(page.due_at, id);
    }
    std::vector<Notification> claimed;
    for (const auto id : first_due(std::move(due), claim.limit)) {
        auto& page = database_->pages.at(id);
        page.lease_owner = claim.owner;
        page.lease_until = claim.until;
        claimed.push_back(notification(page));
    }
    return claimed;
}

Result<std::vector<std::string>> FakeStore::due_watches(TimePoint now) {
    if (auto refused = refusal()) return *refused;
    std::vector<std::string> due;
    for (const auto& [key, watch] : database_->watches) {
        if (watch.due_at <= now) due.push_back(key);
    }
    return due;
}

Result<std::optional<TimePoint>> FakeStore::next_due() {
    std::optional<TimePoint> next;
    const auto consider = [&](TimePoint at) { next = next ? std::min(*next, at) : at; };
    for (const auto& [key, id] : database_->open_by_key) {
        const auto wake_at = database_->incidents.at(id).wake_at();
        if (!wake_at) continue;
        const auto lease = database_->leases.find(id);
        consider(lease == database_->leases.end() ? *wake_at : std::max(*wake_at, lease->second.until));
    }
    for (const auto id : database_->pending) {
        const auto& page = database_->pages.at(id);
        consider(page.lease_owner.empty() ? page.due_at : std::max(page.due_at, page.lease_until));
    }
    for (const auto& [key, watch] : database_->watches) consider(watch.due_at);
    return next;
}

Result<void> FakeStore::release_leases(std::string_view owner) {
    std::erase_if(database_->leases, [&](const auto& lease) { return lease.second.owner == owner; });
    for (const auto id : database_->pending) {
        auto& page = database_->pages.at(id);
        if (page.lease_owner != owner) continue;
        page.lease_owner.clear();
        page.lease_until = {};
    }
    return {};
}

Result<Arrangements> FakeStore::arrangements(TimePoint now) {
    if (auto refused = refusal()) return *refused;
    Arrangements known;
    for (const auto& [id, made] : database_->overrides) {
        if (made.until > now - kPastOverridesKnown) known.overrides.push_back(made);
        known.last_id = std::max(known.last_id, id);
    }
    for (const auto& [id, made] : database_->silences) {
        if (made.is_to_come(now)) known.silences.push_back(made);
        known.last_id = std::max(known.last_id, id);
    }
    known.told = database_->told;
    return known;
}

Result<std::vector<Incident>> FakeStore::incidents(const IncidentFilter& filter) {
    std::vector<Incident> found;
    const auto end = filter.before.is_set() ? database_->incidents.lower_bound(filter.before) : database_->incidents.end();
    for (auto at = std::make_reverse_iterator(end); at != database_->incidents.rend() && found.size() < filter.limit; ++at) {
        if (matches(at->second, filter)) found.push_back(at->second);
    }
    return found;
}

Result<Incident> FakeStore::incident(IncidentId id) {
    const auto found = database_->incidents.find(id);
    if (found == database_->incidents.end()) return Error{Errc::NotFound, "there is no incident " + std::to_string(id.value)};
    return found->second;
}

Result<std::vector<TimelineEntry>> FakeStore::timeline(IncidentId id) { return found_or_none(database_->timeline, id); }

Result<std::vector<Page>> FakeStore::pages(IncidentId id) {
    std::vector<Page> found;
    for (const auto& [page_id, page] : database_->pages) {
        if (page.incident == id) found.push_back(page);
    }
    return found;
}

Result<std::vector<Member>> FakeStore::members(IncidentId id) {
    std::vector<Member> found;
    for (const auto& [key, member] : database_->members) {
        if (member.incident == id) found.push_back(member);
    }
    return found;
}

Result<std::vector<Page>> FakeStore::digest(std::string_view name) {
    std::vector<Page> held;
    for (const auto& [id, page] : database_->pages) {
        if (page.digest == name && !page.is_digest()) held.push_back(page);
    }
    return held;
}

Result<std::vector<StoredAlert>> FakeStore::alerts(IncidentId id, std::size_t limit) {
    auto found = found_or_none(database_->alerts, id);
    std::sort(found.begin(), found.end(), [](const StoredAlert& a, const StoredAlert& b) { return a.id > b.id; });
    if (found.size() > limit) found.resize(limit);
    return found;
}

Result<std::vector<StoredAlert>> FakeStore::newest_alerts(std::size_t limit) {
    std::vector<StoredAlert> found;
    for (const auto& [incident, alerts] : database_->alerts) found.insert(found.end(), alerts.begin(), alerts.end());
    std::sort(found.begin(), found.end(), [](const StoredAlert& a, const StoredAlert& b) { return a.id > b.id; });
    if (found.size() > limit) found.resize(limit);
    return found;
}

Result<std::vector<MadeOverride>> FakeStore::overrides(std::size_t limit) { return newest(database_->overrides, limit); }
Result<std::vector<MadeSilence>> FakeStore::silences(std::size_t limit) { return newest(database_->silences, limit); }

Result<std::vector<IncidentCount>> FakeStore::open_counts() {
    std::map<std::pair<IncidentState, Severity>, std::int64_t> counts;
    for (const auto& [key, id] : database_->open_by_key) {
        const auto& incident = database_->incidents.at(id);
        ++counts[{incident.state, incident.severity}];
    }
    std::vector<IncidentCount> found;
    for (const auto& [what, count] : counts) found.push_back({what.first, what.second, count});
    return found;
}

Result<OutboxState> FakeStore::outbox(TimePoint now) {
    OutboxState state;
    for (const auto id : database_->pending) {
        const auto& page = database_->pages.at(id);
        const auto due_at = page.due_at;
        ++state.pending;
        if (due_at <= now && !page.is_relay() && (!state.oldest_due_at || due_at < *state.oldest_due_at))
            state.oldest_due_at = due_at;
    }
    return state;
}

}  // namespace tocsin
