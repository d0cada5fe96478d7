// Being Splunk On-Call's (VictorOps') REST endpoint: the key in the path chooses the source of kind `victorops` and proves it.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// /integrations/generic/20131114/alert/KEY/ROUTING_KEY, the last of which may be left out.
[[nodiscard]] bool is_of_victorops(std::string_view path);

/// 200 with the entity_id after the commit; 400 with what is missing. Our own trouble is 503.
void take_victorops_message(Services& services, http::Request& request, http::Respond respond);

}  // namespace tocsin::api
