// The word before a silence that was made at run time ends.
#pragma once

#include <vector>

#include "core/base/time.hpp"
#include "core/model/arrangements.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

/// Its author is told that it ends soon; if the roster does not know the author (a token's name), whoever does triage; else
/// nobody.
[[nodiscard]] std::vector<Page> silence_notice(const MadeSilence& made, const Roster& roster, TimePoint now);
/// As what that is remembered: a silence that was extended is told of again.
[[nodiscard]] Told told_of(const MadeSilence& made);

}  // namespace tocsin::engine
