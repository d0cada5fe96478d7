// HTTP requests of the client to bytes.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::http {

/// Adds Host, User-Agent and Content-Length unless they are given. Invalid if the method, the target or a header could not be
/// told from the rest of the request; the error shows no value.
[[nodiscard]] Result<std::string> to_request_text(const ClientRequest& request);

}  // namespace tocsin::http
