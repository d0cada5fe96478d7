// For those who run tocsin: metrics, health, readiness, reload.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

void show_metrics(Services& services, http::Respond respond);
/// 200 as long as the process answers.
void show_healthy(http::Respond respond);
/// 200 if alerts can be accepted, else 503.
void show_ready(Services& services, http::Respond respond);
/// POST /-/reload: 200 with the new hash and the result "loaded" or "partial" (some files stay as they were, and are named), or
/// 422 with the diagnostics; then the old rulebook stays in force.
void reload(Services& services, http::Respond respond);
/// GET /api/v1/rulebook: what is in force, file by file, and how the last reload went.
void show_rulebook(Services& services, http::Respond respond);

}  // namespace tocsin::api
