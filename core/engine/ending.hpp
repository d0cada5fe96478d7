// How an incident ends: at once, held back until that is believed, or by quiet. Used by the engine on the transition that it is
// building.
#pragma once

#include <string>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

void resolve(Transition& t, TimePoint now, Reason reason, const std::string& actor, std::string detail);

/// The source said of the last firing alert that it is over. Resolved at once; or held back by the hold-down, and pages wait; or,
/// while it is flapping, until it has been calm, and pages go on: whoever was not reached yet is still to hear of it.
void all_ended(Transition& t, TimePoint now, const std::string& actor);
/// `resolve_due_at` has come.
void went_quiet(Transition& t, TimePoint now);
/// `resolve_held_until` has come.
void hold_is_over(Transition& t, TimePoint now);

}  // namespace tocsin::engine
