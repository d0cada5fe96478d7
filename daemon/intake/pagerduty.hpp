// PagerDuty's Events API v2: trigger, acknowledge and resolve by one dedup_key, and change events.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one event says. `source` and `kind` are left to the caller. A change (an event without an event_action) changes nothing
/// and is kept.
[[nodiscard]] Alert pagerduty_alert(JsonView body);

/// One event as it must be known before it can be parsed.
struct PagerDutyEvent {
    std::string routing_key;
    std::string dedup_key;            ///< The event's own, or the new one.
    std::vector<std::string> errors;  ///< What makes it no event, in PagerDuty's manner; empty: it is one.
    std::string body;                 ///< What was sent, with the dedup_key.
};
enum class PagerDutyEndpoint : std::uint8_t { Enqueue, ChangeEnqueue };

/// Reads the event; a trigger without a dedup_key gets `new_key`. Invalid for what is no JSON object.
[[nodiscard]] Result<PagerDutyEvent> read_pagerduty_event(std::string body, PagerDutyEndpoint endpoint,
                                                          const std::string& new_key);

}  // namespace tocsin::intake
