// Deletes what is kept no longer, a little at a time.
#pragma once

#include "core/ports/store.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Home: whoever has the database's turn. The connection must stay where it is, and live longer.
class Pruner {
public:
    [[nodiscard]] static Result<Pruner> prepare(Connection& connection);

    /// One transaction; see Store::prune().
    [[nodiscard]] Result<Pruned> prune(const PruneLimits& limits);

private:
    explicit Pruner(Connection& connection) : connection_(&connection) {}

    [[nodiscard]] Result<void> prune_all(const PruneLimits& limits, Pruned& pruned);
    [[nodiscard]] Result<void> prune_alerts(TimePoint before, std::int64_t rows_max, Pruned& pruned);
    [[nodiscard]] Result<void> prune_incidents(TimePoint before, std::int64_t rows_max, Pruned& pruned);
    /// False if rows_max did not reach for the whole of it.
    [[nodiscard]] Result<bool> prune_incident(std::int64_t id, std::int64_t rows_max, Pruned& pruned);
    [[nodiscard]] Result<void> prune_topics(TimePoint before, std::int64_t rows_max, Pruned& pruned);
    [[nodiscard]] Result<void> prune_dossiers(TimePoint before, std::int64_t rows_max, Pruned& pruned);
    [[nodiscard]] Result<std::int64_t> number(Statement& query);
    [[nodiscard]] Result<void> note_oldest(Pruned& pruned);

    Connection* connection_;
    Statement begin_;
    Statement commit_;
    Statement roll_back_;
    Statement free_pages_;
    Statement newest_alert_;
    Statement newest_incident_;
    Statement incident_of_newest_page_;
    Statement next_alert_;
    Statement learn_alert_;
    Statement delete_alert_;
    Statement next_incident_;
    Statement delete_timeline_;
    Statement delete_pages_;
    Statement delete_members_;
    Statement delete_topics_;
    Statement old_dossier_;
    Statement delete_entries_;
    Statement delete_dossier_;
    Statement delete_incident_;
    Statement oldest_incident_;
    std::int64_t looked_at_ = 0;  ///< Incidents up to this one have been looked at in this round.
};

}  // namespace tocsin::store
