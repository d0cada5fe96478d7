// Whom an API call gives an incident to.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/engine/event.hpp"
#include "core/model/roster.hpp"
#include "daemon/api/asked.hpp"

namespace tocsin::api {

/// From `{"to": "cambridge-a"}` (a person or a schedule) or `{"escalation": "payments"}`. Invalid for any other body, and for a
/// name that the rulebook does not know, with the nearest one that it does.
[[nodiscard]] Result<engine::Event> reassignment(const Asked& asked, const std::string& by, const Roster& roster);

}  // namespace tocsin::api
