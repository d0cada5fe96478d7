#include "core/model/dossier.hpp"

namespace tocsin {

std::string_view to_string(DossierState state) {
    switch (state) {
        case DossierState::Open: return "open";
        case DossierState::Closed: return "closed";
        case DossierState::Deleted: return "deleted";
    }
    return "open";
}

std::optional<DossierState> parse_dossier_state(std::string_view text) {
    for (const auto state : {DossierState::Open, DossierState::Closed, DossierState::Deleted}) {
        if (to_string(state) == text) return state;
    }
    return {};
}

DossierStanding standing_of(const Dossier& dossier, const Incident* incident, TimePoint now) {
    DossierStanding standing;
    standing.is_open = dossier.state == DossierState::Open && (!dossier.incident.is_set() || incident != nullptr);
    standing.acknowledged_at = dossier.acknowledged_at;
    standing.acknowledged_by = dossier.acknowledged_by;
    standing.snoozed_until = dossier.snoozed_until;
    standing.closed_at = dossier.closed_at;
    standing.closed_by = dossier.closed_by;
    if (incident != nullptr) {
        const bool has_answer = incident->state != IncidentState::Triggered && incident->acknowledged_at.has_value();
        standing.acknowledged_at = has_answer ? incident->acknowledged_at : std::nullopt;
        standing.acknowledged_by = has_answer ? incident->acknowledged_by : std::string();
        standing.snoozed_until = incident->snoozed_until;
        if (standing.is_open && !incident->is_open()) {
            standing.is_open = false;
            standing.closed_at = incident->resolved_at;
            standing.closed_by = incident->resolved_by;
        }
    }
    if (standing.snoozed_until && (*standing.snoozed_until <= now || !standing.is_open)) standing.snoozed_until.reset();
    return standing;
}

}  // namespace tocsin
