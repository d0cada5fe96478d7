// Opsgenie's outgoing webhook, which Jira Service Management sends too, word for word.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.hpp"
#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body says. `source` and `kind` are left to the caller.
[[nodiscard]] Alert opsgenie_alert(JsonView body);

/// A time as Opsgenie spells it: RFC 3339, or a count since 1970 whose unit (seconds, milli-, micro- or nanoseconds) is known by
/// its size. Nothing for anything else, or for a time before 1970.
[[nodiscard]] std::optional<TimePoint> opsgenie_time(std::string_view text);

}  // namespace tocsin::intake
