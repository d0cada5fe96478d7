// /api/v1/keys: the keys with which senders prove to be a source.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

[[nodiscard]] bool is_about_keys(std::string_view path);

/// GET /api/v1/keys[?source=]: all of them, and never the key itself.
/// POST /api/v1/keys {"source", "name", "endpoints": [...]}: 201 with the new key, which is shown this once.
/// POST /api/v1/keys/<id, or source%2Fname of a live one>/revoke {"at": an instant or "+24h"}: now, if it says nothing.
void answer_keys(Services& services, const http::Request& request, const config::TokenSettings& token, http::Respond respond);

/// Writes when keys were used, if any was since the last time. On the io thread; what could not be written is lost.
void keep_key_uses(Services& services);

}  // namespace tocsin::api
