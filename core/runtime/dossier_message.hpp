// What a client of the Opsgenie API asks, on its way into the engine: one message for the dossier and for its incident, so that
// both are written in one transaction.
#pragma once

#include <optional>
#include <string>

#include "core/engine/dossier.hpp"
#include "core/engine/event.hpp"
#include "core/runtime/alert_message.hpp"

namespace tocsin::runtime {

/// `alert` is what it says to the incident: a Fire for Create, with the alias as its key, else a follow-up.
struct DossierMessage {
    std::string request;  ///< The id under which its outcome is kept.
    DossierName name;
    engine::DossierChange change;
    AlertMessage alert;
    std::optional<engine::Event> event{};  ///< What it asks of the incident besides.
};

}  // namespace tocsin::runtime
