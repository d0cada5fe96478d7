// Fire drills: begun by hand, and how those of the past went.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET /api/v1/drills: the newest first, each with its result: passed, failed or under way.
void list_drills(Services& services, http::Respond respond);
/// POST /api/v1/drills {"target": "lahore-a", "within": "15m", "by": "..."}: a person, a schedule or an escalation.
void begin_drill(Services& services, http::Request& request, const config::TokenSettings& token, http::Respond respond);

}  // namespace tocsin::api
