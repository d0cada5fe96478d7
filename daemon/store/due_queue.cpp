// Two orders over the same entries, so that neither a claim nor the question what is next has to look at more than it returns.
#include "daemon/store/due_queue.hpp"

#include <algorithm>

namespace tocsin::store {

void DueQueue::put(std::int64_t id, TimePoint due_at, Lease lease) {
    auto [at, is_new] = entries_.try_emplace(id);
    auto& entry = at->second;
    if (!is_new) remove(id, entry);
    entry.due_at = due_at;
    entry.is_free = lease.owner.empty();
    entry.lease = std::move(lease);
    insert(id, entry);
}

void DueQueue::erase(std::int64_t id) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    remove(id, found->second);
    entries_.erase(found);
}

std::vector<std::int64_t> DueQueue::free_and_due(TimePoint now, std::size_t limit) {
    free_expired(now);
    std::vector<std::int64_t> due;
    auto at = free_.begin();
    while (at != free_.end() && at->first <= now && due.size() < limit) {
        const auto id = at->second;
        ++at;
        auto& entry = entries_.at(id);
        if (entry.lease.owner.empty() || entry.lease.until <= now) {
            due.push_back(id);
            continue;
        }
        // The clock has stepped back since the lease had run out: it holds again.
        remove(id, entry);
        entry.is_free = false;
        insert(id, entry);
    }
    return due;
}

void DueQueue::lease(std::int64_t id, const Lease& lease) { put(id, entries_.at(id).due_at, lease); }

void DueQueue::release(std::string_view owner) {
    for (auto& [id, entry] : entries_) {
        if (entry.lease.owner != owner) continue;
        remove(id, entry);
        entry.lease = {};
        entry.is_free = true;
        insert(id, entry);
    }
}

std::optional<TimePoint> DueQueue::next() const {
    std::optional<TimePoint> next;
    if (!free_.empty()) next = free_.begin()->first;
    if (!leased_.empty() && (!next || leased_.begin()->first < *next)) next = leased_.begin()->first;
    return next;
}

TimePoint DueQueue::place_of(const Entry& entry) {
    return entry.is_free ? entry.due_at : std::max(entry.due_at, entry.lease.until);
}

void DueQueue::insert(std::int64_t id, Entry& entry) { (entry.is_free ? free_ : leased_).emplace(place_of(entry), id); }

void DueQueue::remove(std::int64_t id, const Entry& entry) { (entry.is_free ? free_ : leased_).erase({place_of(entry), id}); }

void DueQueue::free_expired(TimePoint now) {
    while (!leased_.empty() && leased_.begin()->first <= now) {
        const auto id = leased_.begin()->second;
        auto& entry = entries_.at(id);
        remove(id, entry);
        entry.is_free = true;
        insert(id, entry);
    }
}

}  // namespace tocsin::store
