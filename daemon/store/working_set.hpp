// What the writer keeps in memory so that finding what a batch is about costs no SQL: every open incident, its members, its
// timer, and the pending pages. One process owns the database, so this is the truth as long as it changes only after a successful
// commit.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ports/store.hpp"
#include "daemon/store/digest_index.hpp"
#include "daemon/store/due_queue.hpp"
#include "daemon/store/resolved_keys.hpp"

namespace tocsin::store {

struct OpenIncident {
    Incident incident;
    std::int64_t last_alert = 0;  ///< The newest alert that is stored; 0 if there is none.
    std::int64_t lags_since = 0;  ///< The first alert that its row does not know; 0 if it knows all (repeats.hpp).
    std::vector<const std::string*> memberships;  ///< Keys of WorkingSet's members.
};

class WorkingSet {
public:
    /// Null if it is not open. Valid until the next change.
    [[nodiscard]] const OpenIncident* find(IncidentId id) const;
    [[nodiscard]] const OpenIncident* find(std::string_view key) const;
    /// What the refs are about and is not open: to be read from the file, each once.
    struct NotOpen {
        std::vector<IncidentId> incidents;
        std::vector<IncidentId> with_members;  ///< Those of them whose members are wanted.
    };
    /// The open incidents and members that the refs are about.
    [[nodiscard]] Locked find(std::span<const IncidentRef> refs, const ResolvedKeys& resolved, NotOpen& not_open) const;
    /// Whether two open incidents would have one key once these are written.
    [[nodiscard]] bool keys_collide(std::span<const Incident> written) const;

    /// An incident as it is now, open or resolved, and so in its row. Its lease ends. Of several that are written together those
    /// that were open under other keys come first: see forget_keys().
    void put(const Incident& incident, std::int64_t last_alert);
    /// Before the put()s of one batch: frees the keys of those that are written, as one may take over the key of another.
    void forget_keys(std::span<const Incident> written);
    /// Of an incident that is open; of any other it is ignored.
    void put(const Member& member);
    /// Of an incident that is open: its row knows all alerts up to this one, or none from `since` on.
    void set_row_current(IncidentId id, std::int64_t last_alert);
    void set_row_lagging(IncidentId id, std::int64_t since);
    /// The open incidents whose rows do not know an alert that is not newer than this one.
    [[nodiscard]] std::vector<IncidentId> lagging_since(std::int64_t alert) const;

    /// A page as it is now.
    void put(const Page& page);
    /// Such as can be overtaken.
    [[nodiscard]] bool has_pending_pages(IncidentId id) const;
    /// Its pages are pending no longer.
    void overtake(IncidentId id);
    /// This one of its pages is.
    void overtake(IncidentId id, PageId page);

    /// What is told at the incident is due at `at`.
    void release(IncidentId parent, TimePoint at);
    [[nodiscard]] std::vector<Incident> of_service(std::string_view service) const;
    [[nodiscard]] std::vector<Member> firing_members(IncidentId id) const;

    [[nodiscard]] DigestIndex& digests() { return digests_; }
    [[nodiscard]] const DigestIndex& digests() const { return digests_; }
    [[nodiscard]] DueQueue& timers() { return timers_; }
    [[nodiscard]] DueQueue& pages() { return pages_; }

private:
    class Search;
    struct Membership {
        IncidentId incident;
        bool is_firing = true;
        std::optional<TimePoint> began_at;
    };
    /// Of an incident that is open; `key` is one of its memberships.
    [[nodiscard]] Member member(IncidentId id, const std::string& key) const;
    void close(IncidentId id);
    void forget_place(const Incident& incident);

    std::unordered_map<IncidentId, OpenIncident> open_;
    std::unordered_map<std::string_view, IncidentId> by_key_;           // Views of the keys in open_.
    std::unordered_map<std::string, std::vector<Membership>> members_;  // Each in the order of their incidents.
    DueQueue timers_;
    DueQueue pages_;
    std::set<std::pair<IncidentId, PageId>> pending_of_;
    std::set<std::pair<std::int64_t, IncidentId>> lagging_;  // By lags_since.
    std::unordered_map<std::string, std::set<IncidentId>> by_service_;
    std::set<std::pair<IncidentId, IncidentId>> told_;  // Where, and who.
    DigestIndex digests_;
};

}  // namespace tocsin::store
