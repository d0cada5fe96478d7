// Triage: the five answers of an incident, its place in the queue, and what its sender is told.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "daemon/api/incidents.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// Impact, urgency, actionable, communicated, reproducible; and where it stands in the queue.
[[nodiscard]] Result<boost::json::object> five_answers(StoreReader& reader, const Incident& incident, TimePoint now);

/// GET /api/v1/triage: what waits in the queue, newest first.
void list_triage(Services& services, http::Respond respond);

/// Whether act_on_triage() knows the verb.
[[nodiscard]] bool is_of_triage(std::string_view verb);
/// POST .../triage {"state", "note", "team", "until", "by"} and POST .../communicate {"text", "reply", "by"}.
void act_on_triage(Services& services, http::Request& request, const ActOn& what, http::Respond respond);

}  // namespace tocsin::api
