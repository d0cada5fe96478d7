#include "daemon/store/dossier_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "daemon/store/dossier_finder.hpp"
#include "daemon/store/dossier_rows.hpp"
#include "daemon/store/rows.hpp"
#include "daemon/store/sqlite_database.hpp"

namespace tocsin::store {
namespace {

class SqliteDossierReader final : public DossierReader {
public:
    static Result<std::unique_ptr<DossierReader>> open(std::shared_ptr<SqliteDatabase> database) {
        auto connection = Connection::open(database->file(), Connection::Mode::ReadOnly, database->busy_timeout());
        if (!connection) return connection.error();
        std::unique_ptr<SqliteDossierReader> reader(new SqliteDossierReader(std::move(database), std::move(*connection)));
        if (auto done = reader->prepare(); !done) return done.error();
        return std::unique_ptr<DossierReader>(std::move(reader));
    }

    Result<DossierView> dossier(const DossierName& name) override { return view(finder_.find(name)); }
    Result<DossierView> dossier(std::string_view source, std::int64_t tiny_id) override {
        return view(finder_.find(source, tiny_id));
    }

    Result<std::vector<DossierView>> newest(std::string_view source, std::size_t limit) override {
        newest_.reset().put(source).put(static_cast<std::int64_t>(limit));
        std::vector<DossierView> all;
        while (true) {
            auto row = newest_.step();
            if (!row) return row.error().in("listing dossiers");
            if (!*row) return all;
            auto dossier = read_dossier(newest_);
            if (!dossier) return dossier.error();
            auto shown = with_incident(std::move(*dossier));
            if (!shown) return shown.error();
            all.push_back(std::move(*shown));
        }
    }

    Result<std::vector<DossierEntry>> entries(std::string_view dossier, DossierEntry::Kind kind) override {
        entries_.reset().put(dossier).put(to_string(kind));
        std::vector<DossierEntry> all;
        while (true) {
            auto row = entries_.step();
            if (!row) return row.error().in("reading the entries of a dossier");
            if (!*row) return all;
            all.push_back(read_entry(entries_));
        }
    }

    Result<DossierRequest> request(std::string_view source, std::string_view id) override {
        auto row = request_.reset().put(source).put(id).step();
        if (!row) return row.error().in("reading what became of a request");
        if (!*row) return Error{Errc::NotFound, "no request of this id is known"};
        auto request = read_request(request_);
        request_.reset();
        return request;
    }

private:
    SqliteDossierReader(std::shared_ptr<SqliteDatabase> database, Connection connection)
        : database_(std::move(database)), connection_(std::move(connection)) {}

    Result<void> prepare() {
        if (auto done = connection_.execute("PRAGMA query_only = ON; PRAGMA cache_size = -2000"); !done) return done;
        Preparer prepared(connection_);
        finder_ = DossierFinder(prepared);
        newest_ = prepared(
            fmt::format("SELECT tiny_id, {} FROM dossier WHERE source = ? AND state <> 'deleted' ORDER BY tiny_id DESC LIMIT ?",
                        kDossierColumns));
        entries_ = prepared(
            fmt::format("SELECT number, {} FROM dossier_entry WHERE dossier = ? AND kind = ? ORDER BY number", kEntryColumns));
        request_ = prepared(fmt::format("SELECT {} FROM dossier_request WHERE source = ? AND id = ?", kRequestColumns));
        incident_ = prepared(fmt::format("SELECT {} FROM incident WHERE id = ?", kIncidentColumns));
        return prepared.result();
    }

    Result<DossierView> view(Result<std::optional<Dossier>> found) {
        if (!found) return found.error();
        if (!*found) return Error{Errc::NotFound, "no such alert"};
        return with_incident(std::move(**found));
    }

    /// Follows merges to where it goes on.
    Result<DossierView> with_incident(Dossier dossier) {
        DossierView shown{std::move(dossier), {}};
        auto id = shown.dossier.incident;
        while (id.is_set()) {
            auto row = incident_.reset().put(id.value).step();
            if (!row) return row.error().in("reading the incident of a dossier");
            if (!*row) break;
            auto incident = read_incident(incident_);
            incident_.reset();
            if (!incident) return incident.error();
            id = incident->merged_into;
            shown.dossier.incident = incident->id;
            shown.incident = std::move(*incident);
        }
        return shown;
    }

    std::shared_ptr<SqliteDatabase> database_;
    Connection connection_;
    DossierFinder finder_;
    Statement newest_;
    Statement entries_;
    Statement request_;
    Statement incident_;
};

}  // namespace

Result<std::unique_ptr<DossierReader>> dossier_reader(const SqliteStores& stores) {
    auto reader = SqliteDossierReader::open(stores.database);
    if (!reader) return reader.error().in("opening a reader of dossiers");
    return reader;
}

}  // namespace tocsin::store
