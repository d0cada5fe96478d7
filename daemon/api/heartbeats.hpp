// Heartbeats: where they are beaten, and how they stand.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET or POST, by a source that has proved itself: 202 after the commit. 404 with the nearest name; 403 if the heartbeat is
/// another source's.
void take_beat(Services& services, const config::SourceSettings& source, std::string_view heartbeat, http::Respond respond);

/// GET /api/v1/heartbeats
void list_heartbeats(Services& services, http::Respond respond);

}  // namespace tocsin::api
