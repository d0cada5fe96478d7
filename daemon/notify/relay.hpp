// Relays to Opsgenie: what was done here to the alerts of a two-way source (core/engine/relay.hpp).
//
//   POST <url>/v2/alerts/<alert>/acknowledge|unacknowledge|snooze|notes|close?identifierType=id
//   Authorization: GenieKey <secret>
//   {"user": who did it, "source": Outside::name, "note": ..., "endTime": of a snooze}
//
// 202 is delivered, though it only means "queued": that an alert is closed or gone by then is found out over there, later, and
// changes nothing. 408, 425, 429, 5xx and network errors are tried again, everything else is an answer for good.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "daemon/notify/channel.hpp"
#include "daemon/notify/opsgenie_call.hpp"

namespace tocsin::notify {

/// By two-way source.
using OpsgenieAccounts = std::map<std::string, OpsgenieAccount>;

/// The channel kRelayChannel. A relay to a source that is two-way no longer is refused for good.
[[nodiscard]] std::unique_ptr<Channel> make_relay_channel(OpsgenieAccounts accounts, Outside outside);

}  // namespace tocsin::notify
