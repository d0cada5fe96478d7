// The schema's versions and how a database is brought to the newest. Why the tables and indexes are as they are: README.md.
#include "daemon/store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace tocsin::store {
namespace {

// Times are milliseconds since 1970 in UTC. Ids come from the program; what is "newest" is what has the greatest.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    service TEXT NOT NULL,
    escalation TEXT NOT NULL,
    summary TEXT NOT NULL,
    url TEXT NOT NULL,
    severity TEXT NOT NULL,
    urgency TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_alert_at INTEGER NOT NULL,
    alerts INTEGER NOT NULL,
    firing INTEGER NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT NOT NULL,
    snoozed_until INTEGER,
    resolved_at INTEGER,
    resolved_by TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    round INTEGER NOT NULL,
    step INTEGER NOT NULL,
    outstanding INTEGER NOT NULL,
    is_exhausted INTEGER NOT NULL,
    step_due_at INTEGER,
    acknowledgement_ends_at INTEGER,
    resolve_after INTEGER NOT NULL,
    resolve_due_at INTEGER,
    last_alert INTEGER  -- The newest row of alert that belongs to it; from there by alert.previous.
) STRICT;
CREATE INDEX incident_open ON incident (id, state, severity) WHERE state <> 'resolved';

CREATE TABLE member (
    incident INTEGER NOT NULL,
    source TEXT NOT NULL,
    alert_key TEXT NOT NULL,
    is_firing INTEGER NOT NULL,
    PRIMARY KEY (incident, source, alert_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    incident INTEGER,
    previous INTEGER,  -- The alert before it of the same incident.
    received_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    trace TEXT NOT NULL,
    rule TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_incident ON timeline (incident);

CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    round INTEGER NOT NULL,
    step INTEGER NOT NULL,
    person TEXT NOT NULL,
    via TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    give_up_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT;
CREATE INDEX page_incident ON page (incident);
CREATE INDEX page_pending ON page (due_at) WHERE state = 'pending';
)sql";

// Silences. A release that knows nothing of them leaves the columns alone; it pages when step_due_at comes, which is the
// silence's end.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE incident ADD COLUMN silence TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN silenced_until INTEGER;
)sql";

// The whole life of an incident: several acknowledgements, reassignment, merging, dependencies, digests, drills, flapping,
// triage. A release that knows nothing of them leaves the columns alone; it pages for what it finds triggered, which is loud and
// not silent.
constexpr const char* kVersion3 = R"sql(
ALTER TABLE incident ADD COLUMN acknowledgers TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN assigned_to TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN is_severity_by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN merged_into INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN is_digested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN is_drill INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN flaps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN flapping_until INTEGER;
ALTER TABLE incident ADD COLUMN resolve_held_until INTEGER;
ALTER TABLE incident ADD COLUMN missing TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN triage TEXT NOT NULL DEFAULT 'none';
ALTER TABLE incident ADD COLUMN triage_detail TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN communicated_at INTEGER;
)sql";

// Hand-over at the end of a shift. A release that knows nothing of it leaves the incident with whoever acknowledged.
constexpr const char* kVersion4 = R"sql(
ALTER TABLE incident ADD COLUMN hand_over_due_at INTEGER;
)sql";

// Which contacts are verified. A release that knows nothing of it leaves the table alone.
constexpr const char* kVersion5 = R"sql(
CREATE TABLE contact_verification (
    person TEXT NOT NULL,
    contact TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    code_until INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL,
    verified_at INTEGER,
    PRIMARY KEY (person, contact)
) STRICT, WITHOUT ROWID;
)sql";

// Reopening, holding back, merging and splitting. A release that knows nothing of them leaves the columns alone; it opens a new
// incident where this one would have found the old one. `said_severity` is empty in rows of before: the severity.
constexpr const char* kVersion6 = R"sql(
ALTER TABLE incident ADD COLUMN said_severity TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN is_resolved_by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN hold_down INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN origin_key TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN flaps_since INTEGER;
ALTER TABLE incident ADD COLUMN calm INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_merged ON incident (merged_into) WHERE merged_into <> 0;
)sql";

// What is arranged at run time, and pages about no incident. A release that knows nothing of them leaves the tables alone, and
// does not start while a page about no incident is pending (ten minutes at most).
constexpr const char* kVersion8 = R"sql(
ALTER TABLE incident ADD COLUMN also_silenced_by TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN text TEXT NOT NULL DEFAULT '';

CREATE TABLE made_override (
    id INTEGER PRIMARY KEY,  -- Of one sequence with those of made_silence.
    schedule TEXT NOT NULL,
    person TEXT NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE made_silence (
    id INTEGER PRIMARY KEY,
    match TEXT NOT NULL,
    during TEXT NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE told (
    what TEXT PRIMARY KEY,
    of INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Heartbeats and planned drills, replies to senders, and looking back: the history of a key costs a row of an index when an
// incident is resolved, not when it is opened. A release that knows nothing of them leaves all of it alone.
constexpr const char* kVersion10 = R"sql(
CREATE TABLE watch (
    key TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL,
    last_at INTEGER,
    missing_since INTEGER
) STRICT, WITHOUT ROWID;
ALTER TABLE incident ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_history ON incident (key, resolved_at) WHERE state = 'resolved';
CREATE INDEX incident_drill ON incident (id) WHERE is_drill = 1;
)sql";

// Digests, and who is told at whom. A release that knows nothing of them does not know the word 'digested': it leaves such pages
// alone, and their incidents escalate on.
constexpr const char* kVersion13 = R"sql(
ALTER TABLE page ADD COLUMN digest TEXT NOT NULL DEFAULT '';
CREATE INDEX page_digest ON page (digest) WHERE digest <> '';
CREATE INDEX incident_told ON incident (told_at) WHERE told_at <> 0;
)sql";

// Keys of sources. A release that knows nothing of them refuses who shows one.
constexpr const char* kVersion16 = R"sql(
CREATE TABLE source_key (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    endpoints TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
)sql";

// Overrides of the secondary and of shadows. A release that knows nothing of them takes one for the primary's while it lasts: end
// them before going back to it.
constexpr const char* kVersion14 = R"sql(
ALTER TABLE made_override ADD COLUMN role TEXT NOT NULL DEFAULT 'primary';
)sql";

// What clients of the Opsgenie API ask back. A release that knows nothing of them leaves the tables alone.
constexpr const char* kVersion15 = R"sql(
CREATE TABLE dossier (
    tiny_id INTEGER PRIMARY KEY,  -- Never given twice, as the newest is never deleted.
    id TEXT NOT NULL UNIQUE,  -- Rises with time.
    source TEXT NOT NULL,
    alias TEXT NOT NULL,
    state TEXT NOT NULL,
    incident INTEGER NOT NULL,
    message TEXT NOT NULL,
    description TEXT NOT NULL,
    entity TEXT NOT NULL,
    origin TEXT NOT NULL,
    priority TEXT NOT NULL,
    owner TEXT NOT NULL,
    tags TEXT NOT NULL,  -- JSON, as are the next three.
    actions TEXT NOT NULL,
    details TEXT NOT NULL,
    responders TEXT NOT NULL,
    count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_occurred_at INTEGER NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT NOT NULL,
    snoozed_until INTEGER,
    closed_at INTEGER,
    closed_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX dossier_open ON dossier (source, alias) WHERE state = 'open';

CREATE TABLE dossier_entry (
    number INTEGER PRIMARY KEY,
    dossier TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    owner TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_entry_of ON dossier_entry (dossier, kind);

CREATE TABLE dossier_request (
    id TEXT PRIMARY KEY,  -- Rises with time.
    source TEXT NOT NULL,
    action TEXT NOT NULL,
    processed_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    status TEXT NOT NULL,
    dossier TEXT NOT NULL,
    alias TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kVersion18 = R"sql(
ALTER TABLE member ADD COLUMN began_at INTEGER;
)sql";

constexpr std::array kMigrations{Migration{kVersion1, 1},  Migration{kVersion2, 1},  Migration{kVersion3, 1},
                                 Migration{kVersion4, 1},  Migration{kVersion5, 1},  Migration{kVersion6, 1},
                                 Migration{kVersion8, 1},  Migration{kVersion10, 1}, Migration{kVersion13, 1},
                                 Migration{kVersion16, 1}, Migration{kVersion14, 1}, Migration{kVersion15, 1},
                                 Migration{kVersion18, 1}};

Result<void> is_ours(Connection& connection, std::int64_t version) {
    auto application = connection.number("PRAGMA application_id");
    if (!application) return application.error();
    auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    if (*application == kApplicationId || (version == 0 && *application == 0 && *tables == 0)) return {};
    return Error{Errc::Refused, fmt::format("{} is a database of another program: name another file", connection.file())};
}

/// How many steps the database has had. The first release kept no such table: its only step is in user_version.
Result<std::int64_t> steps_taken(Connection& connection, std::int64_t user_version) {
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'");
    if (!tables) return tables.error();
    if (*tables == 0) return user_version;
    return connection.number("SELECT coalesce(max(version), 0) FROM migration");
}

Result<void> run_from(Connection& connection, std::span<const Migration> steps, std::size_t version) {
    std::string sql = "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY) STRICT;";
    for (auto i = version; i < steps.size(); ++i)
        sql += fmt::format("{}; INSERT INTO migration VALUES ({});", steps[i].sql, i + 1);
    std::int64_t needs = 0;
    for (const auto& step : steps) needs = std::max(needs, step.needs);
    sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;", kApplicationId, needs);
    auto done = connection.execute(sql.c_str());
    if (done) return {};
    if (connection.in_transaction()) (void)connection.execute("ROLLBACK");  // The first error is the one to tell.
    return done.error().in(fmt::format("migrating the database from version {} to {}", version, steps.size()));
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Result<void> migrate(Connection& connection, std::span<const Migration> steps) {
    auto needs = connection.number("PRAGMA user_version");
    if (!needs) return needs.error();
    auto ours = is_ours(connection, *needs);
    if (!ours) return ours;
    const auto newest = static_cast<std::int64_t>(steps.size());
    if (*needs > newest) {
        return Error{Errc::Refused,
                     fmt::format("{} needs a tocsin that knows schema version {}, and this one knows versions up to {}: install "
                                 "the newer tocsin that wrote it, or restore a backup",
                                 connection.file(), *needs, newest)};
    }
    auto version = steps_taken(connection, *needs);
    if (!version) return version.error();
    if (*version >= newest) return {};
    return run_from(connection, steps, static_cast<std::size_t>(*version));
}

}  // namespace tocsin::store
