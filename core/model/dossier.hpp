// What a client of the Opsgenie API has put together under one alias: what it can ask back, beside the incident that it caused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"

namespace tocsin {

/// Deleted: nobody finds it any more.
enum class DossierState : std::uint8_t { Open, Closed, Deleted };
[[nodiscard]] std::string_view to_string(DossierState state);
[[nodiscard]] std::optional<DossierState> parse_dossier_state(std::string_view text);

/// Whom the client wants to be told: by its own words.
struct Responder {
    std::string type;  ///< "team", "user", "escalation", "schedule".
    std::string name;  ///< The id, name or username that it gave.
    friend bool operator==(const Responder&, const Responder&) = default;
};

/// At most one is open for a source and alias.
struct Dossier {
    std::string id;            ///< A UUID.
    std::int64_t tiny_id = 0;  ///< Given by the store when it is first written.
    std::string source;        ///< The configured source's name.
    std::string alias;
    DossierState state = DossierState::Open;
    IncidentId incident;  ///< Where it fired last, or what that was merged into; not set: what was only recorded.

    std::string message;
    std::string description;
    std::string entity;
    std::string origin;  ///< The client's own `source`.
    std::string priority;
    std::string owner;
    std::vector<std::string> tags;
    std::vector<std::string> actions;
    std::vector<std::pair<std::string, std::string>> details;
    std::vector<Responder> responders;

    std::int64_t count = 1;
    TimePoint created_at;
    TimePoint updated_at;
    TimePoint last_occurred_at;
    // Where there is no incident to say it.
    std::optional<TimePoint> acknowledged_at;
    std::string acknowledged_by;
    std::optional<TimePoint> snoozed_until;
    // By whoever closed the alert; somebody may have resolved the incident instead.
    std::optional<TimePoint> closed_at;
    std::string closed_by;
    friend bool operator==(const Dossier&, const Dossier&) = default;
};

/// A line of its log, or a note.
struct DossierEntry {
    enum class Kind : std::uint8_t { Log, Note };
    std::string dossier;  ///< Its id.
    Kind kind = Kind::Log;
    TimePoint at;
    std::string owner;
    std::string text;
    std::int64_t number = 0;  ///< Rises with time; given by the store.
    friend bool operator==(const DossierEntry&, const DossierEntry&) = default;
};

/// What became of one request of a client.
struct DossierRequest {
    enum class Outcome : std::uint8_t { Done, Failed };
    std::string id;  ///< A UUID.
    std::string source;
    std::string action;  ///< "Create", "Acknowledge".
    TimePoint processed_at;
    Outcome outcome = Outcome::Done;
    std::string status;   ///< "Created alert", or why it failed.
    std::string dossier;  ///< The id; empty if there is none.
    std::string alias;
    friend bool operator==(const DossierRequest&, const DossierRequest&) = default;
};

/// Which one a client means: by its id, or the open one with an alias.
struct DossierName {
    std::string source;
    std::string id;
    std::string alias;  ///< Where `id` is empty.
    friend bool operator==(const DossierName&, const DossierName&) = default;
};

/// How it stands: its own word and that of its incident together.
struct DossierStanding {
    bool is_open = true;
    std::optional<TimePoint> acknowledged_at;
    std::string acknowledged_by;
    std::optional<TimePoint> snoozed_until;
    std::optional<TimePoint> closed_at;
    std::string closed_by;
};
/// `incident`: that of the dossier; null if there is none (any more): one that is kept no longer was over.
[[nodiscard]] DossierStanding standing_of(const Dossier& dossier, const Incident* incident, TimePoint now);

}  // namespace tocsin
