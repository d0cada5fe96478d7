// Being PagerDuty's Events API v2: the routing key in the body chooses the source of kind `pagerduty` and proves it.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// /v2/enqueue and /v2/change/enqueue.
[[nodiscard]] bool is_of_pagerduty(std::string_view path);

/// 202 with the dedup_key after the commit; 400 with PagerDuty's words for what is no event, and for an unknown key. Our own
/// trouble is 503, which PagerDuty's clients repeat.
void take_pagerduty_event(Services& services, http::Request& request, http::Respond respond);

}  // namespace tocsin::api
