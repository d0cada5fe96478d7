// /api/v1/digests/<name>: what a digest holds, and acknowledging all of it at once.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET /api/v1/digests/<name>: {"digest", "incidents": [...] as they are now, "pages": [...] that it holds or held}. POST
/// /api/v1/digests/<name>/acknowledge with {"by": "..."}: acknowledges every incident in it that nobody has answered yet, and
/// answers the same after. `rest` is what follows /api/v1/digests/.
void answer_digests(Services& services, const http::Request& request, std::string_view rest, const config::TokenSettings& token,
                    http::Respond respond);

}  // namespace tocsin::api
