// Alertmanager's webhook, versions 4 and 3: a group of alerts, of which each is an alert of its own.
#pragma once

#include <optional>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/split.hpp"

namespace tocsin::intake {

/// One body for each alert, with the group's envelope around it, so that `payload.groupKey` and the like can be asked for.
[[nodiscard]] Result<std::optional<Parts>> split_alertmanager(JsonView root, std::optional<TimePoint> received_at);

/// What a body with one alert says. Its own status counts, else the group's. `source` and `kind` are left to the caller.
[[nodiscard]] Alert alertmanager_alert(JsonView body);

}  // namespace tocsin::intake
