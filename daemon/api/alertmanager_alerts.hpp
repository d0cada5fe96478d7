// What fires, as Alertmanager shows it: for amtool, karma and the like.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET alerts: each alert that fires in an open incident, with its labels, and `tocsin_service`, `tocsin_severity` and
/// `tocsin_source` beside them. The query's `filter` (any number), `silenced`, `active` and `receiver` are heeded.
void show_alerts(Services& services, const http::Request& request, http::Respond respond);
/// GET alerts/groups: the same, a group for each incident.
void show_alert_groups(Services& services, const http::Request& request, http::Respond respond);

}  // namespace tocsin::api
