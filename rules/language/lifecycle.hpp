// What a rule says under `incident`: which alerts belong together, and how their incident lives.
#pragma once

#include <string>
#include <vector>

#include "rules/language/written.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::language {

/// Fields, one or a list, in the canonical spelling.
[[nodiscard]] std::vector<std::string> decode_paths(const yaml::Cursor& value);

/// Fields, or a map: `incident: { by: [service, payload.host], within: 1h, reopen_within: 10m, hold_down: 5m, ... }`.
void decode_incident(const yaml::Cursor& value, match::RuleSpec& rule);

}  // namespace tocsin::language
