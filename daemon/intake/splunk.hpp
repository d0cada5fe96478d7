// Splunk's webhook alert action (Enterprise and Cloud), and the supersets of it that custom alert actions send.
#pragma once

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body says. `source` and `kind` are left to the caller.
[[nodiscard]] Alert splunk_alert(JsonView body);

}  // namespace tocsin::intake
