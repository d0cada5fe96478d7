// An alert as it was kept, read again.
#pragma once

#include <optional>

#include "core/ports/store.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/intake/parser.hpp"

namespace tocsin::api {

/// The alert as it came; nothing if its source is unknown by now.
[[nodiscard]] std::optional<intake::Arrival> stored_arrival(const config::Settings& settings, const StoredAlert& stored);

}  // namespace tocsin::api
