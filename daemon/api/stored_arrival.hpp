// An alert as it was kept, read again.
#pragma once

#include <optional>

#include "core/ports/store.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/intake/parser.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

/// The alert as it came, read by the rulebook's mappings; nothing if its source is unknown by now.
[[nodiscard]] std::optional<intake::Arrival> stored_arrival(const config::Settings& settings, const Rulebook& rulebook,
                                                            const StoredAlert& stored);

}  // namespace tocsin::api
