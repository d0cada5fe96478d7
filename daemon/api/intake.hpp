// POST /in/<source>: where alerts come in. Bytes -> alerts -> verdicts -> the engine's mailbox; answered after the commit.
#pragma once

#include <string_view>

#include "core/model/verdict.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"
#include "daemon/intake/parser.hpp"

namespace tocsin::api {

/// What the rulebook in force says of an arrival, counted.
[[nodiscard]] Verdict classified(Services& services, const Rulebook& rulebook, const intake::Arrival& arrival);

/// `rest` is the path after "/in/". 202 with trace, incident and verdict once it is on disk; 401 for a source that does not prove
/// itself or does not exist; 400 for what is no JSON; 503 with Retry-After while the mailbox is full or the store refuses.
void take_alerts(Services& services, http::Request& request, std::string_view rest, http::Respond respond);

}  // namespace tocsin::api
