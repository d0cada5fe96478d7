// One beat of tocsin's own heartbeat, sent.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/ports/clock.hpp"

namespace tocsin::http {
class Client;
}

namespace tocsin::app {

/// GETs the URL; anything but a 2xx within limits::kSendTimeout is an error. `on_sent` is called once, on the client's loop.
void send_beat(http::Client& client, const std::string& url, const Clock& clock, std::function<void(Result<void>)> on_sent);

}  // namespace tocsin::app
