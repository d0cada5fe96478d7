// Splunk On-Call's (VictorOps') REST endpoint, and what Splunk's own app for it forwards.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body says. `source` and `kind` are left to the caller.
[[nodiscard]] Alert victorops_alert(JsonView body);

/// One message as it must be known before it can be parsed.
struct VictorOpsMessage {
    std::string entity_id;  ///< The message's own, or the new one.
    bool has_type = false;  ///< Whether it says what it is; without that it is refused.
    std::string body;       ///< What was sent, with the entity_id and the routing key.
};
/// Names that a body without them gets.
struct VictorOpsNames {
    std::string_view entity_id;
    std::string_view routing_key;
};
/// Invalid for what is no JSON object.
[[nodiscard]] Result<VictorOpsMessage> read_victorops_message(std::string body, const VictorOpsNames& names);

}  // namespace tocsin::intake
