// The hot path: every statement is prepared once, texts are bound where they lie, and an incident that only got another alert is
// not written at all, see repeats.hpp.
#include "daemon/store/batch_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

/// "a = excluded.a, b = excluded.b" for the columns after the first, which is the id.
std::string assignments(std::string_view columns) {
    std::string text;
    columns.remove_prefix(columns.find(',') + 2);
    while (!columns.empty()) {
        const auto column = columns.substr(0, columns.find(','));
        text += fmt::format("{0} = excluded.{0}, ", column);
        columns.remove_prefix(std::min(columns.size(), column.size() + 2));
    }
    text.resize(text.size() - 2);
    return text;
}

std::string insert_sql(std::string_view table, std::string_view columns) {
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, placeholders(columns));
}

/// For rows that refer to nothing else.
std::string replace_sql(std::string_view table, std::string_view columns) {
    return fmt::format("INSERT OR REPLACE INTO {} ({}) VALUES ({})", table, columns, placeholders(columns));
}

std::string put_incident_sql() {
    return fmt::format(
        "INSERT INTO incident ({0}, last_alert) VALUES ({1}, ?) ON CONFLICT (id) DO UPDATE SET {2}, "
        "last_alert = coalesce(excluded.last_alert, last_alert)",
        kIncidentColumns, placeholders(kIncidentColumns), assignments(kIncidentColumns));
}

/// Whether the rows of the batch's alerts say all that has changed, and the incident's row may stay as it is for longer.
bool may_lag(const OpenIncident* before, const Incident& after, const NewAlerts& alerts, std::int64_t newest_alert) {
    if (before == nullptr || !is_told_by_alerts(before->incident, after, alerts)) return false;
    const auto since = before->lags_since != 0 ? before->lags_since : alerts.first;
    return since == 0 || since > newest_alert - kAlertsBehindMax;
}

std::int64_t newest_alert_of(const Writes& writes) {
    std::int64_t newest = 0;
    for (const auto& alert : writes.alerts) newest = std::max(newest, alert.id.value);
    return newest;
}

}  // namespace

Result<BatchWriter> BatchWriter::prepare(Connection& connection) {
    BatchWriter writer(connection);
    Preparer prepared(connection);
    writer.begin_ = prepared("BEGIN IMMEDIATE");
    writer.commit_ = prepared("COMMIT");
    writer.roll_back_ = prepared("ROLLBACK");
    writer.put_incident_ = prepared(put_incident_sql());
    writer.put_counts_ =
        prepared("UPDATE incident SET last_alert_at = ?, alerts = ?, resolve_due_at = ?, last_alert = ? WHERE id = ?");
    writer.put_last_alert_ = prepared("UPDATE incident SET last_alert = ? WHERE id = ?");
    writer.get_last_alert_ = prepared("SELECT coalesce(last_alert, 0) FROM incident WHERE id = ?");
    writer.put_member_ = prepared(insert_sql("member", kMemberColumns) +
                                  " ON CONFLICT (incident, source, alert_key) DO UPDATE SET is_firing = excluded.is_firing, "
                                  "began_at = excluded.began_at");
    writer.put_alert_ =
        prepared(fmt::format("INSERT INTO alert ({}, previous) VALUES ({}, ?)", kAlertColumns, placeholders(kAlertColumns)));
    writer.put_timeline_ = prepared(insert_sql("timeline", kTimelineColumns));
    writer.put_page_ = prepared(insert_sql("page", kPageColumns));
    writer.put_override_ = prepared(replace_sql("made_override", kOverrideColumns));
    writer.put_silence_ = prepared(replace_sql("made_silence", kSilenceColumns));
    writer.put_told_ = prepared(replace_sql("told", kToldColumns));
    writer.overtake_pages_ = prepared(
        "UPDATE page SET state = 'overtaken', lease_owner = '', lease_until = 0 WHERE incident = ? AND state IN ('pending', "
        "'digested') AND step > -10");  // kReplyStep: Page::can_be_overtaken().
    writer.overtake_pages_of_ = prepared(
        "UPDATE page SET state = 'overtaken', lease_owner = '', lease_until = 0 WHERE incident = ? AND person = ? "
        "AND state IN ('pending', 'digested') AND step > -10 RETURNING id");
    writer.release_told_ =
        prepared("UPDATE incident SET step_due_at = ?1 WHERE told_at = ?2 AND told_at <> 0 AND state <> 'resolved'");
    writer.fold_page_ = prepared(
        "UPDATE page SET state = 'digested', digest = ?, lease_owner = '', lease_until = 0 WHERE id = ? AND state = 'pending'");
    writer.end_held_ = prepared(
        "UPDATE page SET state = ?1 WHERE digest = ?2 AND digest <> '' AND via = ?3 AND incident <> 0 AND state = 'digested'");
    writer.attempt_page_ = prepared(
        "UPDATE page SET state = ?1, due_at = ?2, attempts = ?3, last_error = ?4, lease_owner = '', lease_until = 0 WHERE id = "
        "?5 "
        "AND ((state = 'pending' AND lease_owner = ?6) OR (state = 'overtaken' AND ?1 = 'delivered'))");
    writer.lease_page_ = prepared("UPDATE page SET lease_owner = ?, lease_until = ? WHERE id = ?");
    writer.release_pages_ =
        prepared("UPDATE page SET lease_owner = '', lease_until = 0 WHERE state = 'pending' AND lease_owner = ?");
    writer.put_watch_ =
        prepared(insert_sql("watch", kWatchColumns) +
                 " ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, last_at = excluded.last_at, missing_since = "
                 "excluded.missing_since");
    writer.forget_watch_ = prepared("DELETE FROM watch WHERE key = ?");
    writer.dossiers_ = DossierWriter(prepared);
    if (auto result = prepared.result(); !result) return result.error();
    return writer;
}

template <class Body>
Result<void> BatchWriter::in_transaction(Body body) {
    if (auto begun = begin_.reset().run(); !begun) return begun.error().in("beginning a transaction");
    Result<void> done = body();
    if (done) {
        done = commit_.reset().run();
        if (done) return {};
        done = done.error().in("committing");
    }
    // Some errors (a full disk) end the transaction by themselves. The first error is the one to tell.
    if (connection_->in_transaction()) (void)roll_back_.reset().run();
    return done;
}

Result<Committed> BatchWriter::write(const Writes& writes, const WorkingSet& before, IncidentId newest) {
    Committed committed;
    auto done = in_transaction([&] { return write_all(writes, before, newest, committed); });
    if (!done) return done.error().in("saving a batch");
    return committed;
}

Result<void> BatchWriter::write_all(const Writes& writes, const WorkingSet& before, IncidentId newest, Committed& committed) {
    if (auto done = write_alerts(writes, before, newest, committed); !done) return done;
    if (auto done = write_incidents(writes, before, committed); !done) return done;
    for (const auto& member : writes.members) {
        put(put_member_.reset(), member);
        if (auto done = put_member_.run(); !done) return done.error().in("adding a member");
    }
    for (const auto& entry : writes.timeline) {
        put(put_timeline_.reset(), entry);
        if (auto done = put_timeline_.run(); !done) return done.error().in("adding to a timeline");
    }
    if (auto done = write_watches(writes); !done) return done;
    if (auto done = write_arrangements(writes); !done) return done;
    if (auto done = dossiers_.write(writes); !done) return done;
    return write_pages(writes, before, committed);
}

Result<void> BatchWriter::write_arrangements(const Writes& writes) {
    for (const auto& made : writes.overrides) {
        put(put_override_.reset(), made);
        if (auto done = put_override_.run(); !done) return done.error().in(fmt::format("saving override {}", made.id.value));
    }
    for (const auto& made : writes.silences) {
        put(put_silence_.reset(), made);
        if (auto done = put_silence_.run(); !done) return done.error().in(fmt::format("saving silence {}", made.id.value));
    }
    for (const auto& told : writes.told) {
        put(put_told_.reset(), told);
        if (auto done = put_told_.run(); !done) return done.error().in("saving what was told");
    }
    return {};
}

Result<void> BatchWriter::write_alerts(const Writes& writes, const WorkingSet& before, IncidentId newest, Committed& committed) {
    for (const auto& alert : writes.alerts) {
        put(put_alert_.reset(), alert);
        std::int64_t previous = 0;
        if (alert.incident.is_set()) {
            const auto [found, is_first] = committed.alerts.try_emplace(alert.incident);
            auto& alerts = found->second;
            if (is_first) {
                auto stored = last_alert_of(alert.incident, before, newest);
                if (!stored) return stored.error();
                alerts.last = *stored;
                alerts.first = alert.id.value;
            }
            previous = alerts.last;
            alerts.last = alert.id.value;
            alerts.last_received_at = alert.received_at;
            ++alerts.count;
        }
        if (previous != 0) {
            put_alert_.put(previous);
        } else {
            put_alert_.put_null();
        }
        if (auto done = put_alert_.run(); !done) return done.error().in(fmt::format("adding alert {}", alert.id.value));
    }
    return {};
}

Result<std::int64_t> BatchWriter::last_alert_of(IncidentId id, const WorkingSet& before, IncidentId newest) {
    if (const auto* open = before.find(id)) return open->last_alert;
    if (id > newest) return 0;
    auto row = get_last_alert_.reset().put(id.value).step();
    if (!row) return row.error().in(fmt::format("looking up the alerts of incident {}", id.value));
    const auto last_alert = *row ? get_last_alert_.take_int() : 0;
    get_last_alert_.reset();
    return last_alert;
}

Result<void> BatchWriter::write_incidents(const Writes& writes, const WorkingSet& before, Committed& committed) {
    const auto newest_alert = newest_alert_of(writes);
    for (const auto& incident : writes.incidents) {
        const auto found = committed.alerts.find(incident.id);
        const auto alerts = found == committed.alerts.end() ? NewAlerts{} : found->second;
        const auto* open = before.find(incident.id);
        if (may_lag(open, incident, alerts, newest_alert)) {
            committed.lagging.push_back(incident.id);
            continue;
        }
        put(put_incident_.reset(), incident);
        const auto last_alert = alerts.count > 0 ? alerts.last : open != nullptr ? open->last_alert : 0;
        (void)(last_alert != 0 ? put_incident_.put(last_alert) : put_incident_.put_null());
        if (auto done = put_incident_.run(); !done) return done.error().in(fmt::format("saving incident {}", incident.id.value));
    }
    for (const auto& released : writes.released) {
        auto done = release_told_.reset().put(released.at).put(released.parent.value).run();
        if (!done) return done.error().in(fmt::format("releasing what is told at incident {}", released.parent.value));
    }
    if (auto done = write_last_alerts(writes, before, committed); !done) return done;
    return catch_up(writes, before, newest_alert, committed);
}

/// Of incidents that got alerts and did not change otherwise.
Result<void> BatchWriter::write_last_alerts(const Writes& writes, const WorkingSet& before, const Committed& committed) {
    auto unchanged = committed.alerts;
    for (const auto& incident : writes.incidents) unchanged.erase(incident.id);
    for (const auto& [id, alerts] : unchanged) {
        const auto* open = before.find(id);
        auto done = open != nullptr ? write_counts(open->incident, alerts.last)
                                    : put_last_alert_.reset().put(alerts.last).put(id.value).run();
        if (!done) return done.error().in(fmt::format("adding alerts to incident {}", id.value));
    }
    return {};
}

/// Writes the rows that would lag behind by too much after this batch.
Result<void> BatchWriter::catch_up(const Writes& writes, const WorkingSet& before, std::int64_t newest_alert,
                                   Committed& committed) {
    const auto late = before.lagging_since(newest_alert - kAlertsBehindMax);
    if (late.empty()) return {};
    std::unordered_set<IncidentId> written;  // Those of the batch were not allowed to lag any longer.
    for (const auto& incident : writes.incidents) written.insert(incident.id);
    for (const auto id : late) {
        if (written.contains(id) || committed.alerts.contains(id)) continue;
        const auto* open = before.find(id);
        if (auto done = write_counts(open->incident, open->last_alert); !done) {
            return done.error().in(fmt::format("bringing incident {} up to date", id.value));
        }
        committed.caught_up.push_back(id);
    }
    return {};
}

Result<void> BatchWriter::write_counts(const Incident& incident, std::int64_t last_alert) {
    put_counts_.reset().put(incident.last_alert_at).put(incident.alerts).put(incident.resolve_due_at).put(last_alert);
    return put_counts_.put(incident.id.value).run();
}

Result<void> BatchWriter::overtake(const Overtaken& overtaken, Committed& committed) {
    if (overtaken.person.empty()) return overtake_pages_.reset().put(overtaken.incident.value).run();
    overtake_pages_of_.reset().put(overtaken.incident.value).put(overtaken.person);
    while (true) {
        auto row = overtake_pages_of_.step();
        if (!row) return row.error();
        if (!*row) return {};
        committed.overtaken.emplace_back(overtaken.incident, PageId{overtake_pages_of_.take_int()});
    }
}

Result<void> BatchWriter::write_pages(const Writes& writes, const WorkingSet& before, Committed& committed) {
    for (const auto& overtaken : writes.overtaken) {
        const bool has_any = before.has_pending_pages(overtaken.incident) || before.digests().holds(overtaken.incident);
        if (!has_any) continue;
        if (auto done = overtake(overtaken, committed); !done)
            return done.error().in(fmt::format("calling off the pages of incident {}", overtaken.incident.value));
    }
    if (auto done = write_folded(writes, committed); !done) return done;
    for (const auto& page : writes.pages) {
        put(put_page_.reset(), page);
        if (auto done = put_page_.run(); !done) return done.error().in(fmt::format("adding page {}", page.id.value));
    }
    return write_attempted(writes, committed);
}

Result<void> BatchWriter::write_folded(const Writes& writes, Committed& committed) {
    for (const auto& page : writes.folded) {
        auto done = fold_page_.reset().put(page.digest).put(page.id.value).run();
        if (!done) return done.error().in(fmt::format("putting page {} into a digest", page.id.value));
        if (fold_page_.changes() > 0) committed.folded.push_back(&page);
    }
    return {};
}

Result<void> BatchWriter::write_attempted(const Writes& writes, Committed& committed) {
    for (const auto& page : writes.attempted) {
        attempt_page_.reset().put(to_string(page.state)).put(page.due_at).put(page.attempts).put(page.last_error);
        auto done = attempt_page_.put(page.id.value).put(page.lease_owner).run();
        if (!done) return done.error().in(fmt::format("saving the attempt at page {}", page.id.value));
        if (attempt_page_.changes() == 0) continue;
        committed.applied.push_back(&page);
        const bool is_over = page.state == PageState::Delivered || page.state == PageState::Failed;
        if (!page.is_digest() || !is_over) continue;
        done = end_held_.reset().put(to_string(page.state)).put(page.digest).put(page.via).run();
        if (!done) return done.error().in(fmt::format("saving what became of digest {}", page.digest));
    }
    return {};
}

Result<void> BatchWriter::write_watches(const Writes& writes) {
    for (const auto& watch : writes.watches) {
        put(put_watch_.reset(), watch);
        if (auto done = put_watch_.run(); !done) return done.error().in("saving the watch " + watch.key);
    }
    for (const auto& key : writes.forgotten_watches) {
        if (auto done = forget_watch_.reset().put(key).run(); !done) return done.error().in("forgetting the watch " + key);
    }
    return {};
}

Result<void> BatchWriter::lease_pages(std::span<const std::int64_t> ids, const Claim& claim) {
    return in_transaction([&]() -> Result<void> {
        for (const auto id : ids) {
            auto done = lease_page_.reset().put(claim.owner).put(claim.until).put(id).run();
            if (!done) return done.error().in(fmt::format("claiming page {}", id));
        }
        return {};
    });
}

Result<void> BatchWriter::release_pages(std::string_view owner) {
    return in_transaction([&] { return release_pages_.reset().put(owner).run(); });
}

}  // namespace tocsin::store
