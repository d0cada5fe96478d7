// One opened SQLite file: the writing connection, what is kept in memory of it, and whose turn it is to write.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/store.hpp"
#include "daemon/store/batch_writer.hpp"
#include "daemon/store/checkpointer.hpp"
#include "daemon/store/dossier_finder.hpp"
#include "daemon/store/file_lock.hpp"
#include "daemon/store/paging_log.hpp"
#include "daemon/store/pruner.hpp"
#include "daemon/store/sqlite.hpp"
#include "daemon/store/sqlite_store.hpp"
#include "daemon/store/turns.hpp"
#include "daemon/store/watch_set.hpp"
#include "daemon/store/working_set.hpp"

namespace tocsin::store {

/// Who has the turn may call the rest; the rest is not locked any other way.
class SqliteDatabase {
public:
    [[nodiscard]] static Result<std::shared_ptr<SqliteDatabase>> open(const SqliteOptions& options);

    [[nodiscard]] Turns& turns() { return turns_; }

    /// For what is kept in tables of its own, and nowhere in memory.
    [[nodiscard]] Connection& connection() { return connection_; }

    [[nodiscard]] Result<Locked> find(std::span<const IncidentRef> refs);
    [[nodiscard]] Result<void> commit(const Writes& writes);
    [[nodiscard]] const WorkingSet& open() const { return open_; }
    [[nodiscard]] const PagingLog& pagings() const { return pagings_; }
    [[nodiscard]] Ids reserve_ids(const IdCounts& counts);
    [[nodiscard]] std::vector<IncidentId> claim_due_incidents(const Claim& claim);
    [[nodiscard]] Result<std::vector<Notification>> claim_due_pages(const Claim& claim);
    [[nodiscard]] std::vector<std::string> due_watches(TimePoint now) const { return watches_.due(now); }
    [[nodiscard]] std::optional<TimePoint> next_due();
    [[nodiscard]] Result<void> release_leases(std::string_view owner);
    [[nodiscard]] Result<Arrangements> arrangements(TimePoint now);
    [[nodiscard]] Result<Pruned> prune(const PruneLimits& limits);

    [[nodiscard]] const std::string& file() const { return connection_.file(); }
    [[nodiscard]] Duration busy_timeout() const { return busy_timeout_; }

private:
    SqliteDatabase(Duration busy_timeout, FileLock lock, Connection connection);
    [[nodiscard]] Result<void> load();
    [[nodiscard]] Result<void> load_incidents();
    [[nodiscard]] Result<void> load_members();
    [[nodiscard]] Result<void> load_pages();
    [[nodiscard]] Result<void> load_pagings();
    [[nodiscard]] Result<void> load_watches();
    [[nodiscard]] Result<void> load_ids();
    [[nodiscard]] Result<void> load_resolved_keys();
    [[nodiscard]] Result<void> prepare_lookups();

    [[nodiscard]] Result<std::optional<Incident>> stored_incident(IncidentId id);
    [[nodiscard]] Result<Notification> stored_notification(std::int64_t page_id);
    [[nodiscard]] Result<std::vector<Member>> reopened_members(const Writes& writes);
    [[nodiscard]] Result<void> add_stored_members(IncidentId id, std::vector<Member>& members);
    [[nodiscard]] Result<Notification> notification_of(Page page);
    [[nodiscard]] Result<Page> stored_page(std::int64_t page_id);
    /// Adds refs to their incidents, so that these are locked with them.
    [[nodiscard]] Result<std::vector<Dossier>> find_dossiers(std::span<const IncidentRef> refs,
                                                             std::vector<IncidentRef>& with_incidents);
    /// The incident, or what that was merged into.
    [[nodiscard]] Result<IncidentId> where_it_is(IncidentId id);
    void find_watches(std::span<const IncidentRef> refs, Locked& locked) const;
    void remember(const Writes& writes, const Committed& committed);
    void remember_incidents(const Writes& writes, const Committed& committed);
    void remember_pages(const Writes& writes, const Committed& committed);

    const Duration busy_timeout_;
    FileLock lock_;
    Connection connection_;
    std::optional<BatchWriter> writer_;  // Empty only until opened: it refers to connection_ where that is to stay.
    std::optional<Pruner> pruner_;       // The same.
    Statement get_incident_;
    Statement get_page_;
    Statement get_members_;
    DossierFinder dossiers_;
    WorkingSet open_;
    ResolvedKeys resolved_;
    PagingLog pagings_;
    WatchSet watches_;
    Ids next_ids_{1, 1, 1};
    IncidentId newest_;  ///< The greatest id of a stored incident.
    Turns turns_;
    std::unique_ptr<Checkpointer> checkpointer_;  // Last: its thread takes turns.
};

}  // namespace tocsin::store
