// What the requests of an Opsgenie client make of a dossier: pure, beside what they do to its incident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/dossier.hpp"

namespace tocsin::engine {

/// One request that changes something.
struct DossierChange {
    enum class Kind : std::uint8_t {
        Create,
        Acknowledge,
        Unacknowledge,
        Close,
        Delete,
        Snooze,
        Escalate,
        Assign,
        AddResponder,
        AddTags,
        RemoveTags,
        AddDetails,
        RemoveDetails,
        AddNote,
        UpdateMessage,
        UpdateDescription,
        UpdatePriority,
        Custom,
    };
    Kind kind = Kind::Create;
    std::string user;  ///< Who asks; empty: the source.
    std::string note;
    std::string text;                ///< The new message, description, priority or owner, the escalation, or the custom action.
    std::vector<std::string> names;  ///< Tags, or the keys of details.
    std::vector<std::pair<std::string, std::string>> details;
    std::vector<Responder> responders;
    std::optional<TimePoint> until;  ///< Of Snooze.
    Dossier created;                 ///< Of Create: what a new one would be; its times are set here.
    std::string remark;              ///< Of Create: what was mended in the request, for the log; or empty.
};

/// "Create", "AddTags": as requests are called in their status.
[[nodiscard]] std::string_view to_string(DossierChange::Kind kind);

/// What becomes of one.
struct DossierStep {
    DossierRequest::Outcome outcome = DossierRequest::Outcome::Done;
    std::string status;  ///< "Acknowledged alert", or why nothing was done.
    Dossier dossier;     ///< As it is after it; as before if nothing was done.
    std::vector<DossierEntry> entries{};
    /// Whether the alert behind it is to reach the engine: nothing that is closed acts on an incident.
    bool reaches_engine = false;
};

/// A Create for which there is no open dossier.
[[nodiscard]] DossierStep begin_dossier(const DossierChange& change, TimePoint now);
/// A request about one that is there. A Create of what is open only counts, and changes no field: clients send their changes
/// besides. What is closed takes notes, tags, details and texts, and refuses the rest.
[[nodiscard]] DossierStep change_dossier(Dossier before, const DossierStanding& standing, const DossierChange& change,
                                         TimePoint now);
/// A request about one that nobody knows.
[[nodiscard]] DossierStep no_dossier(const DossierName& wanted);

}  // namespace tocsin::engine
