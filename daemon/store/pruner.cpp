// From the oldest on, by id: an incident's alerts are a chain that ends at the first one that is missing, and neither alerts nor
// incidents have an index on their times. What is deleted leaves free pages, which the next alerts fill.
#include "daemon/store/pruner.hpp"

#include <fmt/format.h>

#include "core/base/uuid.hpp"
#include "daemon/store/repeats.hpp"

namespace tocsin::store {
namespace {

/// A payload of megabytes is thousands of pages: a transaction that has freed so many (4 MiB) ends.
constexpr std::int64_t kFreedPagesMax = 1'024;

}  // namespace

Result<Pruner> Pruner::prepare(Connection& connection) {
    Pruner pruner(connection);
    Preparer prepared(connection);
    pruner.begin_ = prepared("BEGIN IMMEDIATE");
    pruner.commit_ = prepared("COMMIT");
    pruner.roll_back_ = prepared("ROLLBACK");
    pruner.free_pages_ = prepared("PRAGMA freelist_count");
    pruner.newest_alert_ = prepared("SELECT coalesce(max(id), 0) FROM alert");
    pruner.newest_incident_ = prepared("SELECT coalesce(max(id), 0) FROM incident");
    pruner.incident_of_newest_page_ = prepared("SELECT incident FROM page ORDER BY id DESC LIMIT 1");
    pruner.next_alert_ = prepared("SELECT id, received_at FROM alert ORDER BY id LIMIT 1");
    pruner.learn_alert_ = prepared(learn_alert_sql());
    pruner.delete_alert_ = prepared("DELETE FROM alert WHERE id = ?");
    pruner.next_incident_ = prepared("SELECT id, opened_at, resolved_at FROM incident WHERE id > ? ORDER BY id LIMIT 1");
    pruner.delete_timeline_ = prepared("DELETE FROM timeline WHERE id IN (SELECT id FROM timeline WHERE incident = ? LIMIT ?)");
    pruner.delete_pages_ = prepared("DELETE FROM page WHERE id IN (SELECT id FROM page WHERE incident = ? LIMIT ?)");
    pruner.delete_members_ = prepared(
        "DELETE FROM member WHERE (incident, source, alert_key) IN "
        "(SELECT incident, source, alert_key FROM member WHERE incident = ? LIMIT ?)");
    pruner.delete_topics_ = prepared(
        "DELETE FROM page WHERE id IN (SELECT id FROM page WHERE incident = 0 AND decided_at < ? AND state <> 'pending' "
        "AND id < (SELECT max(id) FROM page) LIMIT ?)");
    pruner.old_dossier_ = prepared(
        "SELECT id FROM dossier WHERE id < ? AND updated_at < ? AND tiny_id < (SELECT max(tiny_id) FROM dossier) AND NOT EXISTS "
        "(SELECT 1 FROM incident WHERE incident.id = dossier.incident AND incident.state <> 'resolved') ORDER BY id LIMIT 1");
    pruner.delete_entries_ =
        prepared("DELETE FROM dossier_entry WHERE number IN (SELECT number FROM dossier_entry WHERE dossier = ? LIMIT ?)");
    pruner.delete_dossier_ = prepared("DELETE FROM dossier WHERE id = ?");
    pruner.delete_incident_ = prepared("DELETE FROM incident WHERE id = ?");
    pruner.oldest_incident_ = prepared("SELECT opened_at FROM incident ORDER BY id LIMIT 1");
    if (auto result = prepared.result(); !result) return result.error();
    return pruner;
}

Result<Pruned> Pruner::prune(const PruneLimits& limits) {
    Pruned pruned;
    if (auto begun = begin_.reset().run(); !begun) return begun.error().in("beginning to prune");
    auto done = prune_all(limits, pruned);
    if (done) done = commit_.reset().run();
    if (done) return pruned;
    if (connection_->in_transaction()) (void)roll_back_.reset().run();  // The first error is the one to tell.
    return done.error().in("pruning");
}

Result<void> Pruner::prune_all(const PruneLimits& limits, Pruned& pruned) {
    const auto rows_max = static_cast<std::int64_t>(limits.rows_max);
    if (limits.alerts_before) {
        if (auto done = prune_alerts(*limits.alerts_before, rows_max, pruned); !done) return done;
    }
    if (limits.incidents_before && pruned.is_done) {
        if (auto done = prune_incidents(*limits.incidents_before, rows_max, pruned); !done) return done;
    }
    if (limits.incidents_before && pruned.rows < rows_max) {
        if (auto done = prune_topics(*limits.incidents_before, rows_max, pruned); !done) return done;
    }
    if (limits.incidents_before && pruned.rows < rows_max) {
        if (auto done = prune_dossiers(*limits.incidents_before, rows_max, pruned); !done) return done;
    }
    return note_oldest(pruned);
}

Result<void> Pruner::prune_alerts(TimePoint before, std::int64_t rows_max, Pruned& pruned) {
    const auto newest = number(newest_alert_);
    if (!newest) return newest.error();
    const auto free_before = number(free_pages_);
    if (!free_before) return free_before.error();
    while (true) {
        auto row = next_alert_.reset().step();
        if (!row) return row.error();
        if (!*row) return {};
        const auto id = next_alert_.take_int();
        const bool can_go = next_alert_.take_time() < before && id < *newest;
        next_alert_.reset();
        if (!can_go) return {};
        const auto free_now = number(free_pages_);
        if (!free_now) return free_now.error();
        if (pruned.rows >= rows_max || *free_now - *free_before >= kFreedPagesMax) {
            pruned.is_done = false;
            return {};
        }
        if (auto done = learn_alert_.reset().put(id).run(); !done) return done.error().in(fmt::format("counting alert {}", id));
        if (auto done = delete_alert_.reset().put(id).run(); !done) return done.error().in(fmt::format("deleting alert {}", id));
        ++pruned.rows;
    }
}

/// An incident is opened before it is resolved: the first that was opened too late ends the round.
Result<void> Pruner::prune_incidents(TimePoint before, std::int64_t rows_max, Pruned& pruned) {
    const auto newest = number(newest_incident_);
    if (!newest) return newest.error();
    const auto with_newest_page = number(incident_of_newest_page_);
    if (!with_newest_page) return with_newest_page.error();
    for (std::int64_t looked_at = 0; looked_at < rows_max && pruned.rows < rows_max; ++looked_at) {
        auto row = next_incident_.reset().put(looked_at_).step();
        if (!row) return row.error();
        const auto id = *row ? next_incident_.take_int() : *newest;
        const bool is_last = id >= *newest || next_incident_.take_time() >= before;
        const auto resolved_at = is_last ? std::optional<TimePoint>{} : next_incident_.take_optional_time();
        next_incident_.reset();
        if (is_last) {
            looked_at_ = 0;
            return {};
        }
        if (resolved_at && *resolved_at < before && id != *with_newest_page) {
            auto is_gone = prune_incident(id, rows_max, pruned);
            if (!is_gone) return is_gone.error().in(fmt::format("deleting incident {}", id));
            if (!*is_gone) break;
        }
        looked_at_ = id;
    }
    pruned.is_done = false;
    return {};
}

Result<bool> Pruner::prune_incident(std::int64_t id, std::int64_t rows_max, Pruned& pruned) {
    for (auto* statement : {&delete_timeline_, &delete_pages_, &delete_members_}) {
        if (pruned.rows >= rows_max) return false;
        if (auto done = statement->reset().put(id).put(rows_max - pruned.rows).run(); !done) return done.error();
        pruned.rows += statement->changes();
    }
    if (pruned.rows >= rows_max) return false;
    if (auto done = delete_incident_.reset().put(id).run(); !done) return done.error();
    ++pruned.rows;
    return true;
}

/// Pages about no incident; the newest page of all stays.
Result<void> Pruner::prune_topics(TimePoint before, std::int64_t rows_max, Pruned& pruned) {
    const auto room = rows_max - pruned.rows;
    auto done = delete_topics_.reset().put(before).put(room).run();
    if (!done) return done.error().in("deleting pages about no incident");
    pruned.rows += delete_topics_.changes();
    if (delete_topics_.changes() == room) pruned.is_done = false;
    return {};
}

/// Ids rise with time, so that only those are looked at that are old enough.
Result<void> Pruner::prune_dossiers(TimePoint before, std::int64_t rows_max, Pruned& pruned) {
    while (pruned.rows < rows_max) {
        auto row = old_dossier_.reset().put_copy(least_uuid(before)).put(before).step();
        if (!row) return row.error().in("looking for old dossiers");
        if (!*row) return {};
        const auto id = old_dossier_.take_text();
        old_dossier_.reset();
        if (auto done = delete_entries_.reset().put(id).put(rows_max - pruned.rows).run(); !done) return done.error();
        pruned.rows += delete_entries_.changes();
        if (pruned.rows >= rows_max) break;
        if (auto done = delete_dossier_.reset().put(id).run(); !done) return done.error().in("deleting dossier " + id);
        ++pruned.rows;
    }
    pruned.is_done = false;
    return {};
}

Result<std::int64_t> Pruner::number(Statement& query) {
    auto row = query.reset().step();
    if (!row) return row.error();
    const auto value = *row ? query.take_int() : 0;
    query.reset();
    return value;
}

Result<void> Pruner::note_oldest(Pruned& pruned) {
    auto row = next_alert_.reset().step();
    if (!row) return row.error();
    if (*row) {
        (void)next_alert_.take_int();
        pruned.oldest_alert = next_alert_.take_time();
    }
    next_alert_.reset();
    row = oldest_incident_.reset().step();
    if (!row) return row.error();
    if (*row) pruned.oldest_incident = oldest_incident_.take_time();
    oldest_incident_.reset();
    return {};
}

}  // namespace tocsin::store
