// A roster with the overrides that were made at run time.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/model/arrangements.hpp"
#include "core/model/roster.hpp"

namespace tocsin::oncall {

/// They win over those of the rulebook, and a later one wins over an earlier one. Those that have no effect are left out.
[[nodiscard]] Roster with_overrides(Roster roster, std::span<const MadeOverride> made);

/// Why it has no effect under this roster: "no schedule is called ...", if so.
[[nodiscard]] std::optional<std::string> why_idle(const MadeOverride& made, const Roster& roster);

}  // namespace tocsin::oncall
