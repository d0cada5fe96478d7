// GET /api/v1/oncall: who is on call, now or at any instant.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// ?at=RFC 3339 (default: now)&schedule=NAME (default: all).
void show_on_call(Services& services, const http::Request& request, http::Respond respond);

}  // namespace tocsin::api
