// Being an Alertmanager (API v2, below the path of a source of kind `prometheus`): for Prometheus, which posts alerts, and for
// amtool, karma and the like, which read them and make silences.
#pragma once

#include <string_view>

#include "daemon/api/sender_paths.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// Whether alerts are sent, for which the source's secret is the proof; all else needs an API token.
[[nodiscard]] bool takes_alerts(const http::Request& request, const AlertmanagerPath& path);

/// POST alerts, by a source that has proved itself: 200 after the commit. 400 if some were no alerts; the others are taken.
void take_prometheus_alerts(Services& services, const config::SourceSettings& source, http::Request& request,
                            http::Respond respond);

/// GET status, receivers, alerts, alerts/groups, silences, silence/ID; POST silences; DELETE silence/ID.
void answer_as_alertmanager(Services& services, http::Request& request, std::string_view endpoint, http::Respond respond);

}  // namespace tocsin::api
