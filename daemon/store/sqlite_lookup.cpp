// What a transaction locks. No dossier is kept in memory: only clients of the Opsgenie API have any.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/store/rows.hpp"
#include "daemon/store/sqlite_database.hpp"

namespace tocsin::store {

Result<IncidentId> SqliteDatabase::where_it_is(IncidentId id) {
    while (open_.find(id) == nullptr) {
        auto stored = stored_incident(id);
        if (!stored) return stored.error();
        if (!*stored || !(*stored)->merged_into.is_set()) return id;
        id = (*stored)->merged_into;
    }
    return id;
}

Result<std::vector<Dossier>> SqliteDatabase::find_dossiers(std::span<const IncidentRef> refs,
                                                           std::vector<IncidentRef>& with_incidents) {
    std::vector<Dossier> found;
    for (const auto& ref : refs) {
        if (ref.dossier == nullptr) continue;
        auto dossier = dossiers_.find(*ref.dossier);
        if (!dossier) return dossier.error();
        const auto is_it = [&](const Dossier& known) { return known.id == (*dossier)->id; };
        if (!*dossier || std::any_of(found.begin(), found.end(), is_it)) continue;
        if ((*dossier)->incident.is_set()) {
            const auto incident = where_it_is((*dossier)->incident);
            if (!incident) return incident.error();
            (*dossier)->incident = *incident;
            with_incidents.emplace_back().id = *incident;
        }
        found.push_back(std::move(**dossier));
    }
    return found;
}

Result<Locked> SqliteDatabase::find(std::span<const IncidentRef> wanted) {
    std::vector<IncidentRef> refs(wanted.begin(), wanted.end());
    auto dossiers = find_dossiers(wanted, refs);
    if (!dossiers) return dossiers.error();
    WorkingSet::NotOpen not_open;
    auto locked = open_.find(refs, resolved_, not_open);
    for (const auto id : not_open.incidents) {
        auto stored = stored_incident(id);
        if (!stored) return stored.error();
        if (*stored) locked.incidents.push_back(std::move(**stored));
    }
    for (const auto id : not_open.with_members) {
        if (auto done = add_stored_members(id, locked.members); !done) return done.error();
    }
    find_watches(refs, locked);
    locked.dossiers = std::move(*dossiers);
    return locked;
}

Result<std::optional<Incident>> SqliteDatabase::stored_incident(IncidentId id) {
    auto row = get_incident_.reset().put(id.value).step();
    if (!row) return row.error().in(fmt::format("looking up incident {}", id.value));
    if (!*row) return std::optional<Incident>{};
    auto incident = read_incident(get_incident_);
    get_incident_.reset();
    if (!incident) return incident.error();
    return std::optional<Incident>(std::move(*incident));
}

}  // namespace tocsin::store
