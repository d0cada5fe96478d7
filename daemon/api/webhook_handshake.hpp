// The handshake of CloudEvents' web hooks: a sender asks whether it may deliver events here before it does.
#pragma once

#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// OPTIONS with `WebHook-Request-Origin`, for a source of the kind cloudevents.
[[nodiscard]] bool is_webhook_handshake(const config::SourceSettings& source, const http::Request& request);

/// Yes, and as fast as it likes: what is too much is answered 503 with Retry-After. Only for who has proved to be the source, so
/// that nobody can have events of others sent here. 400 for an origin that is no host.
[[nodiscard]] http::Response webhook_permission(const http::Request& request);

}  // namespace tocsin::api
