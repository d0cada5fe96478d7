// What is due when, and who has it: the timers of open incidents, or the pending pages.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin::store {

/// Things that fall due, each under at most one lease. Every call costs O(log n), but release(). Holds no clock.
class DueQueue {
public:
    struct Lease {
        std::string owner;  ///< Empty: nobody's.
        TimePoint until;
    };

    /// Adds it or changes when it is due and whose it is.
    void put(std::int64_t id, TimePoint due_at, Lease lease);
    void erase(std::int64_t id);
    [[nodiscard]] bool contains(std::int64_t id) const { return entries_.contains(id); }

    /// Those due at or before `now` that nobody holds then, longest due first, at most `limit`. They stay as they are: lease()
    /// them.
    [[nodiscard]] std::vector<std::int64_t> free_and_due(TimePoint now, std::size_t limit);
    /// Of one that is there.
    void lease(std::int64_t id, const Lease& lease);
    /// Ends all leases of `owner`.
    void release(std::string_view owner);

    /// The earliest moment at which free_and_due() could give something.
    [[nodiscard]] std::optional<TimePoint> next() const;

private:
    /// Free ones are ordered by when they are due; leased ones by when they can be claimed: due, and the lease over. A lease that
    /// has run out makes it free when the next claim comes by.
    using Order = std::set<std::pair<TimePoint, std::int64_t>>;
    struct Entry {
        TimePoint due_at;
        Lease lease;
        bool is_free = true;
    };
    [[nodiscard]] static TimePoint place_of(const Entry& entry);
    void insert(std::int64_t id, Entry& entry);
    void remove(std::int64_t id, const Entry& entry);
    void free_expired(TimePoint now);

    std::unordered_map<std::int64_t, Entry> entries_;
    Order free_;
    Order leased_;
};

}  // namespace tocsin::store
