// Opening, finding, committing, claiming. Every change goes to the file first; only what it took is then done in memory.
#include "daemon/store/sqlite_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "daemon/store/arrangement_rows.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/repeats.hpp"
#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

/// What cannot be changed inside the migration's transaction, and what is to hold for the writing connection alone.
constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; "
    "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";

std::string select(std::string_view columns, std::string_view rest) { return fmt::format("SELECT {} FROM {}", columns, rest); }

}  // namespace

Result<std::shared_ptr<SqliteDatabase>> SqliteDatabase::open(const SqliteOptions& options) {
    auto lock = FileLock::take(options.directory + "/tocsin.lock");
    if (!lock) return lock.error();
    const auto file = options.directory + "/tocsin.db";
    auto connection = Connection::open(file, Connection::Mode::ReadWrite, options.busy_timeout);
    if (!connection) return connection.error();
    if (auto done = migrate(*connection, migrations()); !done) return done.error();
    if (auto done = connection->execute(kSettings); !done) return done.error();
    if (auto done = connection->execute(catch_up_sql().c_str()); !done) return done.error().in("bringing incidents up to date");
    std::shared_ptr<SqliteDatabase> database(new SqliteDatabase(options.busy_timeout, std::move(*lock), std::move(*connection)));
    if (auto done = database->load(); !done) return done.error().in("loading what is open");
    auto checkpointer = Checkpointer::start(file, database->turns_, options.on_trouble);
    if (!checkpointer) return checkpointer.error();
    database->checkpointer_ = std::move(*checkpointer);
    return database;
}

SqliteDatabase::SqliteDatabase(Duration busy_timeout, FileLock lock, Connection connection)
    : busy_timeout_(busy_timeout), lock_(std::move(lock)), connection_(std::move(connection)) {}

Result<void> SqliteDatabase::load() {
    auto writer = BatchWriter::prepare(connection_);
    if (!writer) return writer.error();
    writer_ = std::move(*writer);
    auto pruner = Pruner::prepare(connection_);
    if (!pruner) return pruner.error();
    pruner_ = std::move(*pruner);
    if (auto done = prepare_lookups(); !done) return done;
    if (auto done = load_incidents(); !done) return done;
    if (auto done = load_members(); !done) return done;
    if (auto done = load_pages(); !done) return done;
    if (auto done = load_pagings(); !done) return done;
    if (auto done = load_watches(); !done) return done;
    if (auto done = load_ids(); !done) return done;
    return load_resolved_keys();
}

Result<void> SqliteDatabase::prepare_lookups() {
    Preparer prepared(connection_);
    get_incident_ = prepared(select(kIncidentColumns, "incident WHERE id = ?"));
    get_page_ = prepared(select(kPageColumns, "page WHERE id = ?"));
    get_members_ = prepared(select(kMemberColumns, "member WHERE incident = ?"));
    dossiers_ = DossierFinder(prepared);
    return prepared.result();
}

Result<void> SqliteDatabase::load_incidents() {
    auto rows = connection_.prepare(
        fmt::format("SELECT {}, coalesce(last_alert, 0) FROM incident WHERE state <> 'resolved'", kIncidentColumns));
    if (!rows) return rows.error();
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        auto incident = read_incident(*rows);
        if (!incident) return incident.error();
        open_.put(*incident, rows->take_int());
    }
}

Result<void> SqliteDatabase::load_members() {
    auto rows = connection_.prepare(
        "SELECT member.incident, member.source, member.alert_key, member.is_firing, member.began_at FROM incident "
        "CROSS JOIN member ON member.incident = incident.id WHERE incident.state <> 'resolved'");
    if (!rows) return rows.error();
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        open_.put(read_member(*rows));
    }
}

/// Those of a digest that has begun to leave must not look as if it still collected: they count as tried.
Result<void> SqliteDatabase::load_pages() {
    auto rows = connection_.prepare(
        "SELECT id, incident, step, due_at, lease_owner, lease_until, person, via, digest, state, max(attempts, digest <> '' AND "
        "EXISTS "
        "(SELECT 1 FROM page other WHERE other.digest = page.digest AND other.digest <> '' AND other.incident = 0 AND "
        "(other.state <> 'pending' OR other.attempts > 0))) FROM page WHERE state = 'pending' "
        "UNION ALL SELECT id, incident, step, due_at, lease_owner, lease_until, person, via, digest, state, attempts FROM page "
        "WHERE digest <> '' AND state = 'digested'");
    if (!rows) return rows.error();
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        Page page;
        page.id = {rows->take_int()};
        page.incident = {rows->take_int()};
        page.step = rows->take_int32();
        page.due_at = rows->take_time();
        page.lease_owner = rows->take_text();
        page.lease_until = rows->take_time();
        page.person = rows->take_text();
        page.via = rows->take_text();
        page.digest = rows->take_text();
        page.state = parse_page_state(rows->take_view()).value_or(PageState::Pending);
        page.attempts = rows->take_int32();
        open_.put(page);
    }
}

/// From the newest back: pages are decided in the order of their ids, and no index on times is kept for this.
Result<void> SqliteDatabase::load_pagings() {
    auto rows = connection_.prepare(
        "SELECT page.incident, cycle, round, step, person, digest, page.state, page.urgency, decided_at, "
        "coalesce((SELECT service FROM incident WHERE incident.id = page.incident), '') FROM page ORDER BY page.id DESC");
    if (!rows) return rows.error();
    std::optional<TimePoint> newest;
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        Page page;
        page.incident = {rows->take_int()};
        page.cycle = rows->take_int32();
        page.round = rows->take_int32();
        page.step = rows->take_int32();
        page.person = rows->take_text();
        page.digest = rows->take_text();
        page.state = parse_page_state(rows->take_view()).value_or(PageState::Pending);
        page.urgency = parse_urgency(rows->take_view()).value_or(Urgency::Page);
        page.decided_at = rows->take_time();
        if (!newest) newest = page.decided_at;
        if (page.decided_at + PagingLog::kKept < *newest) return {};
        // What was held once and has been delivered with its digest was never a page of its own.
        if (page.digest.empty() || page.is_digest()) pagings_.add(page, rows->take_view());
    }
}

Result<void> SqliteDatabase::load_ids() {
    auto incident = connection_.number("SELECT coalesce(max(id), 0) FROM incident");
    if (!incident) return incident.error();
    auto alert = connection_.number("SELECT coalesce(max(id), 0) FROM alert");
    if (!alert) return alert.error();
    auto page = connection_.number("SELECT coalesce(max(id), 0) FROM page");
    if (!page) return page.error();
    newest_ = {*incident};
    next_ids_ = {*incident + 1, *alert + 1, *page + 1};
    return {};
}

/// Those that were merged, and among the newest the others: there is no index on when they were resolved.
Result<void> SqliteDatabase::load_resolved_keys() {
    auto rows = connection_.prepare(
        "SELECT id, key, resolved_at, merged_into FROM (SELECT * FROM incident WHERE merged_into <> 0 UNION ALL "
        "SELECT * FROM incident WHERE merged_into = 0 AND id > ?) WHERE state = 'resolved' ORDER BY resolved_at");
    if (!rows) return rows.error();
    rows->reset().put(newest_.value - static_cast<std::int64_t>(limits::kReopenableMax));
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        Incident incident;
        incident.state = IncidentState::Resolved;
        incident.id = {rows->take_int()};
        incident.key = rows->take_text();
        incident.resolved_at = rows->take_optional_time();
        incident.merged_into = {rows->take_int()};
        resolved_.put(incident);
    }
}

Result<void> SqliteDatabase::commit(const Writes& writes) {
    if (open_.keys_collide(writes.incidents)) return Error{Errc::Conflict, "two open incidents would have one key"};
    if (writes.is_empty()) return {};
    auto members = reopened_members(writes);
    if (!members) return members.error();
    auto committed = writer_->write(writes, open_, newest_);
    if (!committed) return committed.error();
    remember(writes, *committed);
    for (const auto& member : *members) open_.put(member);
    for (const auto& member : writes.members) open_.put(member);
    checkpointer_->wrote(connection_.wal_pages());
    return {};
}

/// The members of incidents that were resolved and are opened again.
Result<std::vector<Member>> SqliteDatabase::reopened_members(const Writes& writes) {
    std::vector<Member> members;
    for (const auto& incident : writes.incidents) {
        if (!incident.is_open() || incident.id > newest_ || open_.find(incident.id) != nullptr) continue;
        if (auto done = add_stored_members(incident.id, members); !done) return done.error();
    }
    return members;
}

Result<void> SqliteDatabase::add_stored_members(IncidentId id, std::vector<Member>& members) {
    get_members_.reset().put(id.value);
    while (true) {
        auto row = get_members_.step();
        if (!row) return row.error().in(fmt::format("looking up the members of incident {}", id.value));
        if (!*row) return {};
        members.push_back(read_member(get_members_));
    }
}

void SqliteDatabase::remember_incidents(const Writes& writes, const Committed& committed) {
    std::vector<std::int64_t> since;
    for (const auto id : committed.lagging) {
        const auto alerts = committed.alerts.find(id);
        const auto lagged = open_.find(id)->lags_since;
        since.push_back(lagged != 0 || alerts == committed.alerts.end() ? lagged : alerts->second.first);
    }
    open_.forget_keys(writes.incidents);
    for (const auto& incident : writes.incidents) {
        const auto* before = open_.find(incident.id);
        open_.put(incident, before != nullptr ? before->last_alert : 0);
        resolved_.put(incident);
    }
    for (const auto& [id, alerts] : committed.alerts) open_.set_row_current(id, alerts.last);
    for (const auto id : committed.caught_up) open_.set_row_current(id, open_.find(id)->last_alert);
    for (std::size_t i = 0; i < since.size(); ++i) open_.set_row_lagging(committed.lagging[i], since[i]);
}

void SqliteDatabase::remember(const Writes& writes, const Committed& committed) {
    remember_incidents(writes, committed);
    for (const auto& incident : writes.incidents) {
        newest_ = std::max(newest_, incident.id);
        next_ids_.first_incident = std::max(next_ids_.first_incident, incident.id.value + 1);
    }
    for (const auto& alert : writes.alerts) next_ids_.first_alert = std::max(next_ids_.first_alert, alert.id.value + 1);
    for (const auto& released : writes.released) open_.release(released.parent, released.at);
    remember_pages(writes, committed);
}

void SqliteDatabase::remember_pages(const Writes& writes, const Committed& committed) {
    for (const auto& overtaken : writes.overtaken) {
        if (overtaken.person.empty()) open_.overtake(overtaken.incident);
    }
    for (const auto& [incident, page] : committed.overtaken) open_.overtake(incident, page);
    for (const auto* folded : committed.folded) {
        auto page = *folded;
        page.state = PageState::Digested;
        open_.put(page);
    }
    for (const auto& page : writes.pages) {
        open_.put(page);
        const auto* about = open_.find(page.incident);
        pagings_.add(page, about == nullptr ? std::string_view() : about->incident.service);
        next_ids_.first_page = std::max(next_ids_.first_page, page.id.value + 1);
    }
    for (const auto& watch : writes.watches) watches_.put(watch);
    for (const auto& key : writes.forgotten_watches) watches_.erase(key);
    for (const auto* attempted : committed.applied) {
        auto page = *attempted;
        page.lease_owner.clear();
        page.lease_until = {};
        open_.put(page);
        if (page.is_digest() && page.state != PageState::Pending) open_.digests().end(page);
    }
}

Ids SqliteDatabase::reserve_ids(const IdCounts& counts) {
    const auto given = next_ids_;
    next_ids_.first_incident += counts.incidents;
    next_ids_.first_alert += counts.alerts;
    next_ids_.first_page += counts.pages;
    return given;
}

std::vector<IncidentId> SqliteDatabase::claim_due_incidents(const Claim& claim) {
    std::vector<IncidentId> claimed;
    for (const auto id : open_.timers().free_and_due(claim.now, claim.limit)) {
        open_.timers().lease(id, {std::string(claim.owner), claim.until});
        claimed.push_back({id});
    }
    return claimed;
}

Result<std::vector<Notification>> SqliteDatabase::claim_due_pages(const Claim& claim) {
    const auto ids = open_.pages().free_and_due(claim.now, claim.limit);
    std::vector<Notification> claimed;
    if (ids.empty()) return claimed;
    for (const auto id : ids) {
        auto notification = stored_notification(id);
        if (!notification) return notification.error();
        notification->page.lease_owner = claim.owner;
        notification->page.lease_until = claim.until;
        claimed.push_back(std::move(*notification));
    }
    if (auto done = writer_->lease_pages(ids, claim); !done) return done.error();
    for (const auto id : ids) open_.pages().lease(id, {std::string(claim.owner), claim.until});
    checkpointer_->wrote(connection_.wal_pages());
    return claimed;
}

Result<Page> SqliteDatabase::stored_page(std::int64_t page_id) {
    auto row = get_page_.reset().put(page_id).step();
    if (!row) return row.error().in(fmt::format("looking up page {}", page_id));
    if (!*row) return Error{Errc::Internal, fmt::format("page {} has gone from {}", page_id, file())};
    auto page = read_page(get_page_);
    get_page_.reset();
    return page;
}

Result<Notification> SqliteDatabase::stored_notification(std::int64_t page_id) {
    auto page = stored_page(page_id);
    if (!page) return page.error();
    if (!page->is_digest()) return notification_of(std::move(*page));
    Notification digest{std::move(*page), {}};
    for (const auto id : open_.digests().held_by(digest.page)) {
        auto held = stored_page(id.value);
        if (!held) return held.error();
        auto about = notification_of(std::move(*held));
        if (!about) return about.error();
        digest.held.push_back({std::move(about->page), std::move(about->incident)});
    }
    return digest;
}

Result<Notification> SqliteDatabase::notification_of(Page page) {
    if (page.is_about_topic()) return Notification{std::move(page), {}};
    if (const auto* open = open_.find(page.incident)) return Notification{std::move(page), open->incident};
    auto incident = stored_incident(page.incident);
    if (!incident) return incident.error();
    if (!*incident) return Error{Errc::Internal, fmt::format("page {} is about no incident", page.id.value)};
    return Notification{std::move(page), std::move(**incident)};
}

std::optional<TimePoint> SqliteDatabase::next_due() {
    std::optional<TimePoint> next;
    for (const auto& one : {open_.timers().next(), open_.pages().next(), watches_.next()}) {
        if (one) next = std::min(next.value_or(*one), *one);
    }
    return next;
}

Result<void> SqliteDatabase::release_leases(std::string_view owner) {
    if (auto done = writer_->release_pages(owner); !done)
        return done.error().in(fmt::format("releasing the leases of {}", owner));
    open_.timers().release(owner);
    open_.pages().release(owner);
    checkpointer_->wrote(connection_.wal_pages());
    return {};
}

Result<Arrangements> SqliteDatabase::arrangements(TimePoint now) { return stored_arrangements(connection_, now); }

/// Nothing of what goes is in memory: that holds what is open.
Result<Pruned> SqliteDatabase::prune(const PruneLimits& limits) {
    auto pruned = pruner_->prune(limits);
    if (pruned && pruned->rows > 0) checkpointer_->wrote(connection_.wal_pages());
    return pruned;
}

}  // namespace tocsin::store
