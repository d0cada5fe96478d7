// POST /api/v1/explain: what the rulebook in force makes of an alert that nobody sent.
#pragma once

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// {"source": NAME or "kind": KIND, "payload": an object or a text, "at": RFC 3339 (default: now)}. Answers {"rulebook",
/// "alerts"} with one object for each alert in the payload, as `tocsin explain -o json` prints it. Nothing is kept and nobody is
/// told. An object's numbers keep their spelling; a text is taken byte for byte.
void explain(Services& services, http::Request& request, http::Respond respond);

}  // namespace tocsin::api
