// Dossiers, their entries and requests as rows; see rows.hpp.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/model/dossier.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Without `tiny_id`, which the database gives.
inline constexpr std::string_view kDossierColumns =
    "id, source, alias, state, incident, message, description, entity, origin, priority, owner, tags, actions, details, "
    "responders, count, created_at, updated_at, last_occurred_at, acknowledged_at, acknowledged_by, snoozed_until, closed_at, "
    "closed_by";
inline constexpr std::string_view kEntryColumns = "dossier, kind, at, owner, text";
inline constexpr std::string_view kRequestColumns = "id, source, action, processed_at, outcome, status, dossier, alias";

void put(Statement& row, const Dossier& dossier);
void put(Statement& row, const DossierEntry& entry);
void put(Statement& row, const DossierRequest& request);

[[nodiscard]] std::string_view to_string(DossierEntry::Kind kind);

/// `tiny_id` stands before the columns. Internal if the row is not as put() wrote it.
[[nodiscard]] Result<Dossier> read_dossier(Statement& row);
/// `number` stands before the columns.
[[nodiscard]] DossierEntry read_entry(Statement& row);
[[nodiscard]] DossierRequest read_request(Statement& row);

}  // namespace tocsin::store
