// What is allowed in a rulebook and probably not meant.
#pragma once

#include <cstdint>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {

/// Adds warnings; for a rulebook without errors only.
void lint(const Compilation& compilation, const Roster& roster);

/// The parts of it.
void lint_people(const Compilation& compilation, const Roster& roster);
void lint_escalations(const Compilation& compilation, const Roster& roster);
void lint_use(const Compilation& compilation, const Roster& roster);
void lint_rules(const Compilation& compilation);
void lint_fields(const Compilation& compilation);
void lint_mappings(const Compilation& compilation);
/// That one is over or lasts long can be told with a horizon only: it begins now.
void lint_silences(const Compilation& compilation);
/// Whether a silence asks for no more than where an alert comes from, or only says what it does not cover.
[[nodiscard]] bool is_too_broad(const match::Expression& silence);
/// Over the context's horizon, if it has one. A fallback that may be nobody is an error.
void lint_coverage(const Compilation& compilation, const Roster& roster);

/// Whether lint() has run: else a waiver may be unused only because its warning was never looked for.
enum class Linted : std::uint8_t { No, Yes };
/// Waives what the authors answered, and warns of waivers that answer nothing.
void apply_waivers(const Compilation& compilation, yaml::Diagnostics& diagnostics, Linted linted);

}  // namespace tocsin::check
