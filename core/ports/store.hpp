// What the engine needs of a database. One port, one contract suite (tests/contract); SQLite and the fake pass it, and a
// PostgreSQL that several nodes share fits behind it.
//
// A batch is one transaction: lock() begins it, commit() or roll_back() ends it. There is at most one at a time per Store object,
// and all of this is called from one thread (the engine's). Reading for people goes through StoreReader, from any one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/arrangements.hpp"
#include "core/model/dossier.hpp"
#include "core/model/incident.hpp"
#include "core/model/past.hpp"
#include "core/model/watch.hpp"
#include "core/ports/notifier.hpp"

namespace tocsin {

/// What one message of a batch is about. Exactly one of the first two is set, or neither; the alert key comes with a source, and
/// a silence alone, as does `all`.
struct IncidentRef {
    /// The open incident with this key. If there is none: the one with it that was resolved last, if it was merged into one that
    /// is open; both, and those between them.
    std::string_view key{};
    IncidentId id{};  ///< This incident, open or resolved.
    /// The alert that a source follows up: every open incident of which it is a member. With `key` set too, only those with this
    /// key or this origin key, and what else the key led to.
    std::string_view source{};
    std::string_view alert_key{};
    /// With `key`: if there is none of these, the incident with it that was resolved last, if that was not before this instant.
    /// A store may know only those of the last limits::kReopenWithinMax, and of them the last limits::kReopenableMax.
    std::optional<TimePoint> resolved_since{};
    /// With `id`: all members of the incident too.
    enum class Members : std::uint8_t { Named, All };
    Members members = Members::Named;
    /// The watch of this key; kAllWatches: all of them, with the open incidents of the same keys.
    std::string_view watch{};
    /// Every open incident in which this silence has a part. Rare: may cost with the number of open incidents.
    std::string_view silence{};
    /// HandOvers: every open incident that is to be handed over (`hand_over_due_at`). Alone, and as rare.
    enum class All : std::uint8_t { None, HandOvers };
    All all = All::None;
    /// The dossier that it names, with its incident; alone.
    const DossierName* dossier = nullptr;
};
inline constexpr std::string_view kAllWatches = "*";

/// What a batch's transaction holds: each incident and member once, in no particular order. Of an incident that `resolved_since`
/// found all members are there.
struct Locked {
    std::vector<Incident> incidents;
    std::vector<Member> members;
    std::vector<Watch> watches;
    std::vector<Dossier> dossiers{};
};

/// An alert as it is kept.
struct StoredAlert {
    AlertId id;
    IncidentId incident;  ///< Not set for a recorded alert that belongs to none.
    TimePoint received_at;
    std::string source;
    std::string action;
    std::string key;
    std::string trace;
    std::string rule;
    std::string payload;  ///< As sent, without the secrets.
};

/// The pending pages of an incident.
struct Overtaken {
    IncidentId incident;
    std::string person{};  ///< Only this one's; empty: everybody's.
    friend bool operator==(const Overtaken&, const Overtaken&) = default;
};
/// Whether the page is one of them; its state is not looked at.
[[nodiscard]] bool overtakes(const Overtaken& overtaken, const Page& page);
/// Incidents told at this one are due from then on, as it shelters them no longer.
struct Release {
    IncidentId parent;
    TimePoint at;
};

/// Everything that one batch changes.
struct Writes {
    std::vector<Incident> incidents{};  ///< Whole, each at most once; new ones too.
    std::vector<Member> members{};      ///< Each at most once; new ones too.
    std::vector<StoredAlert> alerts{};
    std::vector<TimelineEntry> timeline{};  ///< In order.
    std::vector<Release> released{};        ///< Sets step_due_at of what is open and told at them; after `incidents`.
    std::vector<Overtaken> overtaken{};     ///< These pending and digested pages become Overtaken; before `pages` are added.
    /// Those of them that are pending still become Digested, in the digest that they name and without a lease; after that.
    std::vector<Page> folded{};
    std::vector<Page> pages{};  ///< New ones; one that carries a lease is born claimed.
    /// After an attempt: state, due_at, attempts and last_error; `lease_owner` is who made it. Stored without a lease. Applied
    /// only where the page is still Pending and the lease is that owner's; a page that was overtaken meanwhile keeps that, but
    /// for a delivery, which is a fact. Overtaken is what turned out to have nothing to say any more. When a digest is Delivered
    /// or Failed, so is all that it holds.
    std::vector<Page> attempted{};
    std::vector<Watch> watches{};                  ///< Whole, each at most once; new ones too.
    std::vector<std::string> forgotten_watches{};  ///< Keys.
    // Whole, each at most once; new ones too.
    std::vector<MadeOverride> overrides{};
    std::vector<MadeSilence> silences{};
    std::vector<Told> told{};
    std::vector<Dossier> dossiers{};  ///< Whole, each at most once; new ones too. Those that end stand before new ones.
    std::vector<DossierEntry> dossier_entries{};  ///< In order.
    std::vector<DossierRequest> dossier_requests{};
    [[nodiscard]] bool is_empty() const;
};

/// For claiming what is due: `owner` has it until `until` or until it is written back, whichever is first.
struct Claim {
    std::string_view owner;
    TimePoint now;
    TimePoint until;
    std::size_t limit = 0;
};

struct Ids {
    std::int64_t first_incident = 0;
    std::int64_t first_alert = 0;
    std::int64_t first_page = 0;
};
struct IdCounts {
    std::int64_t incidents = 0;
    std::int64_t alerts = 0;
    std::int64_t pages = 0;
};

/// What need not be kept any longer. A limit that is absent means for ever.
struct PruneLimits {
    std::optional<TimePoint> alerts_before{};  ///< Alerts received earlier.
    /// Incidents resolved earlier, with their timelines, pages and members, and pages about no incident that were decided
    /// earlier.
    std::optional<TimePoint> incidents_before{};
    std::size_t rows_max = 0;  ///< About so many rows go at once.
};
struct Pruned {
    std::int64_t rows = 0;
    bool is_done = true;  ///< Nothing that could go is left.
    // When the oldest of what is left was received or opened: it may go when it is as old as is kept.
    std::optional<TimePoint> oldest_alert;
    std::optional<TimePoint> oldest_incident;
};

/// How often somebody was paged since an instant: by person, or by the incidents' service. The pages of one step to one person
/// (or, by service, of one step) count once. Those that are decided as Digested do not count, a digest does, for its person. No
/// more than a day back.
struct PagingCount {
    std::string_view person;  ///< One of the two is set.
    std::string_view service;
    TimePoint since;
};

class Store {
public:
    virtual ~Store() = default;

    /// Begins a transaction and locks what the refs are about, in the order of their keys (so that two nodes cannot wait for each
    /// other); a key that has no open incident is locked too, against another node's opening one.
    [[nodiscard]] virtual Result<Locked> lock(std::span<const IncidentRef> refs) = 0;
    /// Makes the writes durable, all or none. When it returns without error a power cut loses nothing of them. On an error
    /// nothing has happened and the transaction is over.
    [[nodiscard]] virtual Result<void> commit(const Writes& writes) = 0;
    virtual void roll_back() = 0;

    // Of others than those that are locked, as they were when the transaction began.
    /// Every open incident of a service.
    [[nodiscard]] virtual Result<std::vector<Incident>> open_of_service(std::string_view service) = 0;
    /// The members of an open incident that fire; none of any other.
    [[nodiscard]] virtual Result<std::vector<Member>> firing_members(IncidentId id) = 0;
    [[nodiscard]] virtual Result<std::int64_t> count_pagings(const PagingCount& of) = 0;
    /// The digest of a person that has not begun to leave (all its pages are pending, none is due at `now`), or an empty name.
    [[nodiscard]] virtual Result<std::string> open_digest(std::string_view person, TimePoint now) = 0;

    /// So many ids, each a run from the one given; never given twice to what gets committed, in rising order.
    [[nodiscard]] virtual Result<Ids> reserve_ids(const IdCounts& counts) = 0;

    /// Open incidents whose wake_at is at or before `now` and that nobody holds a lease on; longest due first. Writing the
    /// incident gives the lease back.
    [[nodiscard]] virtual Result<std::vector<IncidentId>> claim_due_incidents(const Claim& claim) = 0;
    /// Pending pages due at or before `now` that nobody holds a lease on, with their incidents, and what they hold; longest due
    /// first.
    [[nodiscard]] virtual Result<std::vector<Notification>> claim_due_pages(const Claim& claim) = 0;
    /// Keys of the watches that are due at or before `now`. They carry no lease: who locks one finds out whether it still is.
    [[nodiscard]] virtual Result<std::vector<std::string>> due_watches(TimePoint now) = 0;
    /// When the next timer or page becomes claimable (a lease that ends counts) or a watch is due, or nothing. May be in the
    /// past.
    [[nodiscard]] virtual Result<std::optional<TimePoint>> next_due() = 0;
    /// Gives back every lease of `owner`: a process that starts under a name is the only one of that name.
    [[nodiscard]] virtual Result<void> release_leases(std::string_view owner) = 0;

    /// What was arranged and still matters at `now`: overrides that were over kPastOverridesKnown ago at the latest, silences
    /// that are not over, all that was told, and the greatest number that any arrangement has.
    [[nodiscard]] virtual Result<Arrangements> arrangements(TimePoint now) = 0;

    /// Deletes some of what is older than the limits, the oldest first, in a short transaction of its own; to be called again
    /// until it is done. The newest alert, incident, page and dossier stay, whatever their age, so that no id is given twice.
    [[nodiscard]] virtual Result<Pruned> prune(const PruneLimits& limits) = 0;
};

struct IncidentFilter {
    std::optional<IncidentState> state;
    bool only_open = false;
    std::string service;       ///< Empty: any.
    bool only_queued = false;  ///< Open, and in the queue of triage.
    IncidentId before;         ///< Only older ones than this, for paging through; not set: from the newest.
    std::size_t limit = 100;
};

struct IncidentCount {
    IncidentState state = IncidentState::Triggered;
    Severity severity = Severity::Moderate;
    std::int64_t count = 0;
};

struct OutboxState {
    std::int64_t pending = 0;
    /// When the longest-due of those that are due already was due; nothing if none is. Relays, which wait for others, not
    /// counted.
    std::optional<TimePoint> oldest_due_at;
};

/// A stretch of time, [from, until), of which at most so many incidents and as many pages are read.
struct PastFilter {
    TimePoint from;
    TimePoint until;
    std::size_t limit = 100'000;
};

/// The resolved incidents of one key.
struct KeyFilter {
    std::string key;
    TimePoint since;    ///< Resolved at or after.
    IncidentId but_of;  ///< Without this one.
    std::size_t limit = 5;
};
struct KeyHistory {
    std::int64_t count = 0;
    std::vector<PastIncident> latest;  ///< The newest `limit`, newest first.
};

/// What people and metrics ask. Sees what is committed; never waits for the engine.
class StoreReader {
public:
    virtual ~StoreReader() = default;

    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<Incident>> incidents(const IncidentFilter& filter) = 0;
    /// NotFound if there is none.
    [[nodiscard]] virtual Result<Incident> incident(IncidentId id) = 0;
    /// In the order in which it happened.
    [[nodiscard]] virtual Result<std::vector<TimelineEntry>> timeline(IncidentId id) = 0;
    [[nodiscard]] virtual Result<std::vector<Page>> pages(IncidentId id) = 0;
    /// By source and alert key.
    [[nodiscard]] virtual Result<std::vector<Member>> members(IncidentId id) = 0;
    /// The pages that a digest held or holds, in the order in which they were decided; its own are not among them.
    [[nodiscard]] virtual Result<std::vector<Page>> digest(std::string_view name) = 0;
    /// The newest `limit` alerts of an incident, newest first.
    [[nodiscard]] virtual Result<std::vector<StoredAlert>> alerts(IncidentId id, std::size_t limit) = 0;
    /// The newest `limit` alerts of all, newest first.
    [[nodiscard]] virtual Result<std::vector<StoredAlert>> newest_alerts(std::size_t limit) = 0;
    /// The newest `limit` arrangements of either kind, those that are over too, newest first.
    [[nodiscard]] virtual Result<std::vector<MadeOverride>> overrides(std::size_t limit) = 0;
    [[nodiscard]] virtual Result<std::vector<MadeSilence>> silences(std::size_t limit) = 0;
    /// Open incidents only.
    [[nodiscard]] virtual Result<std::vector<IncidentCount>> open_counts() = 0;
    [[nodiscard]] virtual Result<OutboxState> outbox(TimePoint now) = 0;
    /// By key.
    [[nodiscard]] virtual Result<std::vector<Watch>> watches() = 0;
    /// What was opened in a stretch of time, and what pages were decided in it.
    [[nodiscard]] virtual Result<Past> past(const PastFilter& filter) = 0;
    [[nodiscard]] virtual Result<KeyHistory> history(const KeyFilter& filter) = 0;
    /// Newest first, open ones too.
    [[nodiscard]] virtual Result<std::vector<PastIncident>> drills(std::size_t limit) = 0;
};

}  // namespace tocsin
