// GET /api/v1/schedules, /schedules/<name>/shifts, /schedules/<name>/fairness, and the calendars /schedules/<name>.ics and
// /people/<id>.ics.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

[[nodiscard]] bool is_of_schedules(std::string_view path);
/// A calendar may be seen with its token in the address; everything else as the rest of the API.
[[nodiscard]] bool may_see_schedules(const Services& services, const http::Request& request);
/// ?from=&until=RFC 3339 (default: four weeks from now) &role=primary|secondary|shadow.
void show_schedules(Services& services, const http::Request& request, http::Respond respond);

}  // namespace tocsin::api
