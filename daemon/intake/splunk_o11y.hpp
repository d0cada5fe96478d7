// Detectors of Splunk Observability Cloud (SignalFx), whose body is a template that its users may replace.
#pragma once

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body says. It is over only if it says so in one of three words; anything else fires. `source` and `kind` are left to
/// the caller.
[[nodiscard]] Alert splunk_o11y_alert(JsonView body);

}  // namespace tocsin::intake
