// What the metrics have to know of the settings.
#pragma once

#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"

namespace tocsin::app {

[[nodiscard]] observe::MetricsOptions metrics_options(const config::Settings& settings, const char* version);

}  // namespace tocsin::app
