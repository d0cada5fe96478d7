#include "daemon/store/dossier_writer.hpp"

#include <fmt/format.h>

#include "core/base/uuid.hpp"
#include "daemon/store/dossier_rows.hpp"
#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

constexpr auto kRequestsKept = std::chrono::days{1};

}  // namespace

DossierWriter::DossierWriter(Preparer& prepared) {
    const auto insert = [](std::string_view table, std::string_view columns) {
        return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, placeholders(columns));
    };
    put_dossier_ = prepared(
        insert("dossier", kDossierColumns) +
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, incident = excluded.incident, message = excluded.message, "
        "description = excluded.description, priority = excluded.priority, owner = excluded.owner, tags = excluded.tags, "
        "details = excluded.details, responders = excluded.responders, count = excluded.count, updated_at = "
        "excluded.updated_at, last_occurred_at = excluded.last_occurred_at, acknowledged_at = excluded.acknowledged_at, "
        "acknowledged_by = excluded.acknowledged_by, snoozed_until = excluded.snoozed_until, closed_at = excluded.closed_at, "
        "closed_by = excluded.closed_by");
    put_entry_ = prepared(insert("dossier_entry", kEntryColumns));
    put_request_ = prepared(insert("dossier_request", kRequestColumns));
    forget_requests_ = prepared("DELETE FROM dossier_request WHERE id < ?");
}

Result<void> DossierWriter::write(const Writes& writes) {
    for (const auto& dossier : writes.dossiers) {
        put(put_dossier_.reset(), dossier);
        if (auto done = put_dossier_.run(); !done) return done.error().in("saving dossier " + dossier.id);
    }
    for (const auto& entry : writes.dossier_entries) {
        put(put_entry_.reset(), entry);
        if (auto done = put_entry_.run(); !done) return done.error().in("adding to dossier " + entry.dossier);
    }
    for (const auto& request : writes.dossier_requests) {
        put(put_request_.reset(), request);
        if (auto done = put_request_.run(); !done) return done.error().in("saving what became of request " + request.id);
    }
    if (writes.dossier_requests.empty()) return {};
    const auto oldest = least_uuid(writes.dossier_requests.back().processed_at - kRequestsKept);
    return forget_requests_.reset().put(oldest).run();
}

}  // namespace tocsin::store
