// What is allowed in a rulebook and probably not meant.
#pragma once

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {

/// Adds warnings; for a rulebook without errors only.
void lint(const Compilation& compilation, const Roster& roster);

/// The two halves of it.
void lint_people(const Compilation& compilation, const Roster& roster);
void lint_rules(const Compilation& compilation);

}  // namespace tocsin::check
