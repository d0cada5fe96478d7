// The escalation of one incident: steps, rounds, fallback. Used by the engine on the transition that it is building.
#pragma once

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

/// Adds an entry to the transition's timeline.
void record(Transition& t, TimePoint at, Reason reason, std::string actor, std::string detail);

/// The policy of the incident, or the rulebook's default; null if it has neither.
[[nodiscard]] const Escalation* policy_of(const Incident& incident, const Roster& roster);

/// Nobody is waited for any more, and what was pending is called off.
void rest(Transition& t);

/// Begins at the first step: at once, or when its `after` has passed. For an incident that has just begun to page and is not
/// silenced.
void begin_escalation(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// Begins again, at once and under a new cycle, or when the silence is over if it is silenced; what was pending is called off,
/// and acknowledgements count no more. Whom it was given to comes first, if anybody, then the first step. The incident is
/// triggered after.
void begin_again(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// The same with one target before the first step. If that cannot be paged, the first step is, at once.
void begin_with(Transition& t, const Target& first, const Roster& roster, TimePoint now, Reason why);

/// The same from where the escalation stands: the next step under a new cycle.
void go_on(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// Pages the next step that reaches somebody; empty ones are skipped at once, down to the fallback.
void page_next_step(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// The time to the next step, the next round or the fallback's answer has passed.
void step_timed_out(Transition& t, const Roster& roster, TimePoint now);

/// A page of this incident will never be delivered: if it was the last hope of its step, the next one is paged at once.
void page_was_lost(Transition& t, const Page& page, const Roster& roster, TimePoint now);

/// The incident became worse while a step is waited for: a wait that is shorter for the new severity begins now.
void hasten(Transition& t, const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
