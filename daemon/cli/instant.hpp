// Instants as people type them after --at, --from and --until.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"

namespace tocsin::cli {

/// RFC 3339, "2026-03-08 03:30 America/New_York", or a date or civil time by the clocks of `zone`.
[[nodiscard]] std::optional<TimePoint> parse_instant(std::string_view text, const Zone& zone);

}  // namespace tocsin::cli
