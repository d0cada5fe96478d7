// /api/v1/incidents: what is going on, and what people do about it.
#pragma once

#include <string>
#include <string_view>

#include "core/runtime/message.hpp"
#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET /api/v1/incidents?state=triggered|acknowledged|resolved|open&service=&limit=&before=
void list_incidents(Services& services, const http::Request& request, http::Respond respond);
/// GET /api/v1/incidents/<id>: with runbook, members, timeline, pages and the latest alerts. `id` is the path's text.
void show_incident(Services& services, std::string_view id, http::Respond respond);
/// POST /api/v1/incidents/<id>/<verb> with {"by": "...", "text": "..."}, both optional but for the text of a note. Verbs:
/// acknowledge, unacknowledge, resolve, note, escalate, snooze ({"until": RFC 3339} or {"for": "2h"}), reassign ({"to": a person
/// or schedule} or {"escalation": ...}). Answers the incident as committed.
struct ActOn {
    std::string_view id;
    std::string_view verb;
    const config::TokenSettings& token;
};
void act_on_incident(Services& services, http::Request& request, const ActOn& what, http::Respond respond);

/// For whatever else people ask about incidents: the number in a path (NotFound), and a message whose answer is the incident as
/// committed.
[[nodiscard]] Result<IncidentId> incident_number(std::string_view text);
void ask_engine(Services& services, runtime::Message message, http::Respond respond);

}  // namespace tocsin::api
