// What Prometheus sends to an Alertmanager (POST /api/v2/alerts): a bare array of alerts, whose ends say whether they fire.
#pragma once

#include <optional>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/split.hpp"

namespace tocsin::intake {

/// One body for each alert. Prometheus names no status: it is put into the body, `firing` or `resolved`, by whether the alert's
/// end was still to come when it was received, so that what is kept says the same whenever it is read again. Refused, with the
/// others taken, is what has no labels or ends before it starts.
[[nodiscard]] Result<std::optional<Parts>> split_prometheus(JsonView root, std::optional<TimePoint> received_at);

/// What a body of one alert says; without a status it fires. `source` and `kind` are left to the caller.
[[nodiscard]] Alert prometheus_alert(JsonView body);

/// A time as Prometheus and Alertmanager write it; nothing for the year 1, which means none, or for what is no time.
[[nodiscard]] std::optional<TimePoint> prometheus_time(JsonView value);

}  // namespace tocsin::intake
