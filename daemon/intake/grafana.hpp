// Grafana's webhooks: unified alerting, an Alertmanager's group with more in it; and the legacy alerts of versions 4 to 8.
#pragma once

#include <optional>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/split.hpp"

namespace tocsin::intake {

/// One body for each alert of a group; anything else is one alert.
[[nodiscard]] Result<std::optional<Parts>> split_grafana(JsonView root, std::optional<TimePoint> received_at);

/// What a body with one alert says: unified, legacy, or a template of the user's own, of which the usual names are understood.
/// `source` and `kind` are left to the caller.
[[nodiscard]] Alert grafana_alert(JsonView body);

}  // namespace tocsin::intake
