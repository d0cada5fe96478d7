// Somebody gives an incident on by hand: to a person, a schedule, another escalation, or to the next step. Used by the engine on
// the transition that it is building.
#pragma once

#include <string>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/event.hpp"

namespace tocsin::engine {

/// Whom it is given to is paged at once, and first in every cycle to come; the steps of the policy follow if they do not answer.
/// An acknowledgement, a snooze and a silence end. What the rulebook does not know changes nothing.
void reassign(Transition& t, const Reassign& to, const Roster& roster, TimePoint now);

/// The next step is paged at once. Whoever has acknowledged asks for help: the acknowledgement ends, and the escalation goes on
/// from where it stood, or from the first step if everybody was paged.
void escalate_by_hand(Transition& t, const std::string& actor, const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
