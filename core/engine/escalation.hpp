// The escalation of one incident: steps, rounds, fallback. Used by the engine on the transition that it is building.
#pragma once

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

/// Adds an entry to the transition's timeline.
void record(Transition& t, TimePoint at, Reason reason, std::string actor, std::string detail);

/// Begins at the first step: at once, or when its `after` has passed. For an incident that has just begun to page and is not
/// silenced.
void begin_escalation(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// Begins again at the first step, at once and under a new cycle, or when the silence is over if it is silenced; what was pending
/// is called off. The incident is triggered after.
void begin_again(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// Pages the next step that reaches somebody; empty ones are skipped at once, down to the fallback.
void page_next_step(Transition& t, const Roster& roster, TimePoint now, Reason why);

/// The time to the next step, the next round or the fallback's answer has passed.
void step_timed_out(Transition& t, const Roster& roster, TimePoint now);

/// A page of this incident will never be delivered: if it was the last hope of its step, the next one is paged at once.
void page_was_lost(Transition& t, const Page& page, const Roster& roster, TimePoint now);

/// How long an acknowledgement lasts under the incident's policy; zero: for ever.
[[nodiscard]] Duration acknowledged_for(const Incident& incident, const Roster& roster);

}  // namespace tocsin::engine
