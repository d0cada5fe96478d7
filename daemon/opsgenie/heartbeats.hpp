// /v2/heartbeats: pings, and how heartbeats stand. They stand in the rulebook, so they are made and changed there.
#pragma once

#include "daemon/opsgenie/exchange.hpp"
#include "daemon/opsgenie/path.hpp"

namespace tocsin::opsgenie {

/// A ping is answered 202 once it is on disk; also one of a heartbeat that nobody knows, as Opsgenie does, but that one is
/// counted and logged as refused.
void answer_heartbeats(const ExchangePtr& exchange, const Place& place, std::string_view method);

}  // namespace tocsin::opsgenie
