// Prepared queries, each read to its end at once: a snapshot that is held open would keep the write-ahead log from beginning
// anew.
#include "daemon/store/sqlite_reader.hpp"

#include <fmt/format.h>

#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "daemon/store/past_reader.hpp"
#include "daemon/store/repeats.hpp"
#include "daemon/store/rows.hpp"
#include "daemon/store/sqlite.hpp"
#include "daemon/store/sqlite_database.hpp"

namespace tocsin::store {
namespace {

constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();

std::int64_t limit_of(std::size_t limit) {
    return limit < static_cast<std::size_t>(kNoLimit) ? static_cast<std::int64_t>(limit) : kNoLimit;
}

/// All rows of a bound statement, each read by `read`.
template <class Value, class Read>
Result<std::vector<Value>> all(Statement& rows, Read read) {
    std::vector<Value> values;
    while (true) {
        auto row = rows.step();
        if (!row) return row.error();
        if (!*row) return values;
        Result<Value> value = read(rows);
        if (!value) {
            rows.reset();
            return value.error();
        }
        values.push_back(std::move(*value));
    }
}

Result<IncidentCount> read_count(Statement& row) {
    const auto state = parse_incident_state(row.take_view());
    const auto severity = parse_severity(row.take_view());
    if (!state || !severity) return Error{Errc::Internal, "an incident in the database has an unknown state or severity"};
    return IncidentCount{*state, *severity, row.take_int()};
}

class SqliteReader final : public StoreReader {
public:
    static Result<std::unique_ptr<StoreReader>> open(std::shared_ptr<SqliteDatabase> database) {
        auto connection = Connection::open(database->file(), Connection::Mode::ReadOnly, database->busy_timeout());
        if (!connection) return connection.error();
        std::unique_ptr<SqliteReader> reader(new SqliteReader(std::move(database), std::move(*connection)));
        if (auto done = reader->prepare(); !done) return done.error();
        return std::unique_ptr<StoreReader>(std::move(reader));
    }

    Result<std::vector<Incident>> incidents(const IncidentFilter& filter) override {
        const bool is_open = filter.only_open || filter.only_queued || (filter.state && *filter.state != IncidentState::Resolved);
        auto& rows = is_open ? open_incidents_ : incidents_;
        rows.reset().put(filter.before.is_set() ? filter.before.value : kNoLimit).put(filter.service);
        rows.put(filter.state ? to_string(*filter.state) : std::string_view()).put(limit_of(filter.limit));
        rows.put(std::int64_t{filter.only_queued});
        return told(in_snapshot([&] { return with_unknown_alerts(all<Incident>(rows, read_incident), unknown_alerts_.reset()); }),
                    "listing incidents");
    }

    Result<Incident> incident(IncidentId id) override {
        incident_.reset().put(id.value);
        auto& unknown = unknown_alerts_of_.reset().put(id.value);
        auto found = told(in_snapshot([&] { return with_unknown_alerts(all<Incident>(incident_, read_incident), unknown); }),
                          "reading an incident");
        if (!found) return found.error();
        if (found->empty()) return Error{Errc::NotFound, fmt::format("there is no incident {}", id.value)};
        return std::move(found->front());
    }

    Result<std::vector<TimelineEntry>> timeline(IncidentId id) override {
        timeline_.reset().put(id.value);
        return told(all<TimelineEntry>(timeline_, read_timeline_entry), "reading a timeline");
    }

    Result<std::vector<Page>> pages(IncidentId id) override {
        pages_.reset().put(id.value);
        return told(all<Page>(pages_, read_page), "reading the pages of an incident");
    }

    Result<std::vector<Member>> members(IncidentId id) override {
        members_.reset().put(id.value);
        return told(all<Member>(members_, read_member), "reading the members of an incident");
    }

    Result<std::vector<Page>> digest(std::string_view name) override {
        digest_.reset().put(name);
        return told(all<Page>(digest_, read_page), "reading a digest");
    }

    Result<std::vector<StoredAlert>> alerts(IncidentId id, std::size_t limit) override {
        std::vector<StoredAlert> found;
        auto last = told(in_snapshot([&] { return last_alert(id); }), "reading the alerts of an incident");
        if (!last) return last.error();
        std::int64_t at = *last;
        while (at != 0 && found.size() < limit) {
            auto alert = told(all<StoredAlert>(alert_.reset().put(at),
                                               [&](Statement& row) {
                                                   auto stored = read_alert(row);
                                                   at = row.take_int();
                                                   return stored;
                                               }),
                              "reading the alerts of an incident");
            if (!alert) return alert.error();
            if (alert->empty()) break;
            found.push_back(std::move(alert->front()));
        }
        return found;
    }

    Result<std::vector<StoredAlert>> newest_alerts(std::size_t limit) override {
        newest_alerts_.reset().put(limit_of(limit));
        return told(all<StoredAlert>(newest_alerts_, read_alert), "reading the newest alerts");
    }

    Result<std::vector<MadeOverride>> overrides(std::size_t limit) override {
        overrides_.reset().put(limit_of(limit));
        return told(all<MadeOverride>(overrides_, read_override), "reading overrides");
    }

    Result<std::vector<MadeSilence>> silences(std::size_t limit) override {
        silences_.reset().put(limit_of(limit));
        return told(all<MadeSilence>(silences_, read_silence), "reading silences");
    }

    Result<std::vector<IncidentCount>> open_counts() override {
        return told(all<IncidentCount>(counts_.reset(), read_count), "counting open incidents");
    }

    Result<OutboxState> outbox(TimePoint now) override {
        outbox_.reset().put(now);
        auto state = told(all<OutboxState>(outbox_,
                                           [](Statement& row) {
                                               const auto pending = row.take_int();
                                               return OutboxState{pending, row.take_optional_time()};
                                           }),
                          "counting the outbox");
        if (!state) return state.error();
        return state->front();
    }

    Result<std::vector<Watch>> watches() override { return past_->watches(); }
    Result<Past> past(const PastFilter& filter) override {
        return in_snapshot([&] { return past_->past(filter); });
    }
    Result<KeyHistory> history(const KeyFilter& filter) override {
        return in_snapshot([&] { return past_->history(filter); });
    }
    Result<std::vector<PastIncident>> drills(std::size_t limit) override { return past_->drills(limit); }

private:
    SqliteReader(std::shared_ptr<SqliteDatabase> database, Connection connection)
        : database_(std::move(database)), connection_(std::move(connection)) {}

    /// What `read` reads belongs together, whatever is committed meanwhile.
    template <class Read>
    auto in_snapshot(Read read) -> decltype(read()) {
        if (auto begun = begin_.reset().run(); !begun) return begun.error();
        auto values = read();
        auto ended = end_.reset().run();
        if (values && !ended) return ended.error();
        return values;
    }

    /// The rows of open incidents may not know their newest alerts; `unknown` finds those.
    static Result<std::vector<Incident>> with_unknown_alerts(Result<std::vector<Incident>> incidents, Statement& unknown) {
        if (!incidents) return incidents;
        std::unordered_map<IncidentId, Incident*> open;
        for (auto& incident : *incidents) {
            if (incident.is_open()) open.emplace(incident.id, &incident);
        }
        if (open.empty()) return incidents;
        auto added = all<bool>(unknown, [&](Statement& row) {
            const auto found = open.find({row.take_int()});
            if (found != open.end()) add(*found->second, read_unknown_alerts(row));
            return true;
        });
        if (!added) return added.error();
        return incidents;
    }

    Result<std::int64_t> last_alert(IncidentId id) {
        const auto number = [](Statement& row) { return row.take_int(); };
        auto in_row = all<std::int64_t>(last_alert_.reset().put(id.value), number);
        if (!in_row || in_row->empty()) return in_row ? Result<std::int64_t>{0} : in_row.error();
        auto unknown = all<std::int64_t>(unknown_alerts_of_.reset().put(id.value), [](Statement& row) {
            (void)row.take_int();  // The incident, which is known.
            return read_unknown_alerts(row).last;
        });
        if (!unknown) return unknown.error();
        return unknown->empty() ? in_row->front() : unknown->front();
    }

    Result<void> prepare() {
        if (auto done = connection_.execute("PRAGMA query_only = ON; PRAGMA cache_size = -4000"); !done) return done;
        Preparer prepared(connection_);
        const auto listing = [&](std::string_view condition) {
            return prepared(
                fmt::format("SELECT {} FROM incident WHERE id < ?1 AND (?2 = '' OR service = ?2) "
                            "AND (?3 = '' OR state = ?3) AND (?5 = 0 OR triage NOT IN ('none', 'not_ours')) {} "
                            "ORDER BY id DESC LIMIT ?4",
                            kIncidentColumns, condition));
        };
        incidents_ = listing("");
        open_incidents_ = listing("AND state <> 'resolved'");
        incident_ = prepared(fmt::format("SELECT {} FROM incident WHERE id = ?", kIncidentColumns));
        begin_ = prepared("BEGIN");
        end_ = prepared("COMMIT");
        unknown_alerts_ = prepared(unknown_alerts_sql({}));
        unknown_alerts_of_ = prepared(unknown_alerts_sql("alert.incident = ?"));
        timeline_ = prepared(fmt::format("SELECT {} FROM timeline WHERE incident = ? ORDER BY id", kTimelineColumns));
        pages_ = prepared(fmt::format("SELECT {} FROM page WHERE incident = ? ORDER BY id", kPageColumns));
        members_ = prepared(fmt::format("SELECT {} FROM member WHERE incident = ? ORDER BY source, alert_key", kMemberColumns));
        digest_ = prepared(
            fmt::format("SELECT {} FROM page WHERE digest = ? AND digest <> '' AND incident <> 0 ORDER BY id", kPageColumns));
        last_alert_ = prepared("SELECT coalesce(last_alert, 0) FROM incident WHERE id = ?");
        alert_ = prepared(fmt::format("SELECT {}, coalesce(previous, 0) FROM alert WHERE id = ?", kAlertColumns));
        newest_alerts_ = prepared(fmt::format("SELECT {} FROM alert ORDER BY id DESC LIMIT ?", kAlertColumns));
        overrides_ = prepared(fmt::format("SELECT {} FROM made_override ORDER BY id DESC LIMIT ?", kOverrideColumns));
        silences_ = prepared(fmt::format("SELECT {} FROM made_silence ORDER BY id DESC LIMIT ?", kSilenceColumns));
        counts_ = prepared("SELECT state, severity, count(*) FROM incident WHERE state <> 'resolved' GROUP BY state, severity");
        outbox_ = prepared(
            "SELECT count(*), min(CASE WHEN due_at <= ?1 AND step <> -11 THEN due_at END) FROM page "  // kRelayStep
            "WHERE state = 'pending'");
        if (auto result = prepared.result(); !result) return result;
        auto past = PastReader::prepare(connection_);
        if (!past) return past.error();
        past_ = std::move(*past);
        return {};
    }

    template <class Value>
    static Result<Value> told(Result<Value> result, std::string_view what) {
        if (!result) return result.error().in(what);
        return result;
    }

    std::shared_ptr<SqliteDatabase> database_;
    Connection connection_;
    Statement incidents_;
    Statement open_incidents_;
    Statement incident_;
    Statement begin_;
    Statement end_;
    Statement unknown_alerts_;
    Statement unknown_alerts_of_;
    Statement timeline_;
    Statement pages_;
    Statement members_;
    Statement digest_;
    Statement last_alert_;
    Statement alert_;
    Statement newest_alerts_;
    Statement overrides_;
    Statement silences_;
    Statement counts_;
    Statement outbox_;
    std::optional<PastReader> past_;  // Empty only until prepared.
};

}  // namespace

Result<std::unique_ptr<StoreReader>> open_reader(std::shared_ptr<SqliteDatabase> database) {
    auto reader = SqliteReader::open(std::move(database));
    if (!reader) return reader.error().in("opening a reader of the store");
    return reader;
}

}  // namespace tocsin::store
