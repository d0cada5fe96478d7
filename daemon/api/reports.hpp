// GET /api/v1/reports/...: what a stretch of time was like.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET /api/v1/reports/summary?from=&until= and /api/v1/reports/recurring?from=&until=; left out: the last 30 days.
void show_report(Services& services, const http::Request& request, http::Respond respond);

}  // namespace tocsin::api
