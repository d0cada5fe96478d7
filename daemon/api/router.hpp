// Which endpoint answers a request: path and method to function, and the errors of those that none answers.
#pragma once

#include <memory>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// The handler for the HTTP server: every path that tocsin answers.
///   POST /in/<source>[/<secret>]            alerts from a source                       intake.hpp
///   GET  /api/v1/incidents, /<id>; POST /<id>/acknowledge, resolve, note               incidents.hpp
///                              POST /<id>/merge, split, severity                     incident_changes.hpp
///   GET  /api/v1/oncall                                                                oncall.hpp
///   .../api/v1/overrides, swaps, silences                                              arrangements.hpp
///   POST /api/v1/explain                                                               explain.hpp
///   GET  /api/v1/rulebook                                                              operations.hpp
///   GET  /metrics, /-/healthy, /-/ready; POST /-/reload                                operations.hpp
/// `services` must outlive it.
[[nodiscard]] http::Handler make_router(Services& services);

}  // namespace tocsin::api
