// The parts of compile_rulebook(): what was written, with every name looked up, becomes what the daemon uses. Each part reports
// all that is wrong and goes on; its result is of use only if nothing was. Private to rules/check.
#pragma once

#include <vector>

#include "core/model/roster.hpp"
#include "rules/check/compile_names.hpp"
#include "rules/language/written.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// The wait between rounds where neither `repeat.after` nor the last step says one.
inline constexpr Duration kRepeatAfter = std::chrono::minutes{5};

/// What all parts read.
struct Compilation {
    const language::Written& written;
    const CompileContext& context;
    Names names;
    std::vector<RulebookFile>& calendars;  ///< Those that were read, for the hash; added to by compile_roster().
};

[[nodiscard]] Roster compile_roster(const Compilation& compilation);
[[nodiscard]] Schedule compile_schedule(const Compilation& compilation, const language::WrittenSchedule& written);
/// Heartbeats and drills, into the roster.
void compile_watches(const Compilation& compilation, Roster& roster);
[[nodiscard]] std::vector<match::HeartbeatSpec> compile_heartbeats(const Compilation& compilation);
[[nodiscard]] std::vector<match::MappingSpec> compile_mappings(const Compilation& compilation);
[[nodiscard]] std::vector<match::RuleSpec> compile_rules(const Compilation& compilation);
[[nodiscard]] std::vector<match::SilenceSpec> compile_silences(const Compilation& compilation);
[[nodiscard]] std::vector<RulebookTest> compile_tests(const Compilation& compilation, const Roster& roster);

/// Reports services that depend on themselves, whatever the way round.
void check_dependencies(const Compilation& compilation);
/// Reports the names in a `match` that nothing is called by.
void check_matched(const Compilation& compilation, const std::vector<language::MatchedName>& matched);
/// Reports a source that the daemon does not have, if its sources are known.
void check_source(const Compilation& compilation, const language::Name& source);

}  // namespace tocsin::check
