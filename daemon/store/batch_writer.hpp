// Writes one batch as one SQLite transaction, and tells what of it the database decided.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ports/store.hpp"
#include "daemon/store/dossier_writer.hpp"
#include "daemon/store/repeats.hpp"
#include "daemon/store/sqlite.hpp"
#include "daemon/store/working_set.hpp"

namespace tocsin::store {

/// What a commit made of the writes beyond what they say themselves.
struct Committed {
    std::unordered_map<IncidentId, NewAlerts> alerts;      ///< Of each incident that got some.
    std::vector<IncidentId> lagging;                       ///< Not written: the rows of their alerts say what became of them.
    std::vector<IncidentId> caught_up;                     ///< Written although nothing is new, before they fell too far behind.
    std::vector<const Page*> applied;                      ///< Of Writes::attempted, those that were taken.
    std::vector<std::pair<IncidentId, PageId>> overtaken;  ///< Pages of one person that were called off.
    std::vector<const Page*> folded;                       ///< Of Writes::folded, those that were taken.
};

/// Home: whoever has the database's turn. The connection must stay where it is, and live longer.
class BatchWriter {
public:
    [[nodiscard]] static Result<BatchWriter> prepare(Connection& connection);

    /// All or nothing, durable when it returns without error. `before` is what is open before; `newest` the greatest id that any
    /// stored incident has.
    [[nodiscard]] Result<Committed> write(const Writes& writes, const WorkingSet& before, IncidentId newest);
    /// Writes the leases of pages, all or none.
    [[nodiscard]] Result<void> lease_pages(std::span<const std::int64_t> ids, const Claim& claim);
    [[nodiscard]] Result<void> release_pages(std::string_view owner);

private:
    explicit BatchWriter(Connection& connection) : connection_(&connection) {}

    template <class Body>
    [[nodiscard]] Result<void> in_transaction(Body body);
    [[nodiscard]] Result<void> write_all(const Writes& writes, const WorkingSet& before, IncidentId newest, Committed& committed);
    [[nodiscard]] Result<void> write_alerts(const Writes& writes, const WorkingSet& before, IncidentId newest,
                                            Committed& committed);
    [[nodiscard]] Result<std::int64_t> last_alert_of(IncidentId id, const WorkingSet& before, IncidentId newest);
    [[nodiscard]] Result<void> write_incidents(const Writes& writes, const WorkingSet& before, Committed& committed);
    [[nodiscard]] Result<void> write_last_alerts(const Writes& writes, const WorkingSet& before, const Committed& committed);
    [[nodiscard]] Result<void> catch_up(const Writes& writes, const WorkingSet& before, std::int64_t newest_alert,
                                        Committed& committed);
    [[nodiscard]] Result<void> write_counts(const Incident& incident, std::int64_t last_alert);
    [[nodiscard]] Result<void> overtake(const Overtaken& overtaken, Committed& committed);
    [[nodiscard]] Result<void> write_pages(const Writes& writes, const WorkingSet& before, Committed& committed);
    [[nodiscard]] Result<void> write_folded(const Writes& writes, Committed& committed);
    [[nodiscard]] Result<void> write_attempted(const Writes& writes, Committed& committed);

    [[nodiscard]] Result<void> write_watches(const Writes& writes);

    [[nodiscard]] Result<void> write_arrangements(const Writes& writes);

    Connection* connection_;
    Statement begin_;
    Statement commit_;
    Statement roll_back_;
    Statement put_incident_;
    Statement put_counts_;
    Statement put_last_alert_;
    Statement get_last_alert_;
    Statement put_member_;
    Statement put_alert_;
    Statement put_timeline_;
    Statement put_page_;
    Statement put_override_;
    Statement put_silence_;
    Statement put_told_;
    Statement overtake_pages_;
    Statement overtake_pages_of_;
    Statement release_told_;
    Statement fold_page_;
    Statement end_held_;
    Statement attempt_page_;
    Statement lease_page_;
    Statement release_pages_;
    Statement put_watch_;
    Statement forget_watch_;
    DossierWriter dossiers_;
};

}  // namespace tocsin::store
