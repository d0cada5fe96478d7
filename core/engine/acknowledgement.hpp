// Somebody has it: how many must say so, how long it holds, and what the end of their shift does. Used by the engine on the
// transition that it is building.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

/// Somebody acknowledges. An incident that asks for more people stays triggered and goes on paging the others; whoever has
/// acknowledged hears no more of it in this cycle.
void acknowledge(Transition& t, const Roster& roster, TimePoint now, const std::string& actor);

/// How many different people have to acknowledge: the most that the policy or a step that was paged in this cycle asks for, so
/// that it never becomes fewer while people answer.
[[nodiscard]] std::int32_t acknowledgements_needed(const Incident& incident, const Roster& roster);

/// The acknowledgement holds from now for as long as the policy lets it.
void renew_acknowledgement(Incident& incident, const Roster& roster, TimePoint now);

/// The shift by which somebody acknowledged has ended, or may have: whoever begins is paged, and the acknowledgement ends. It
/// stays with who has it as long as nobody begins who can be paged.
void hand_over(Transition& t, const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
