// What was over and fires again: it is the same trouble, whoever has it keeps it, and too much of it is told once. Used by the
// engine on the transition that it is building.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/event.hpp"

namespace tocsin::engine {

/// Whether an open incident was over, as far as anybody could tell, when an alert fires at `now`.
[[nodiscard]] bool was_over(const Incident& incident, TimePoint now);

/// It fires again: counted, and its end is not held back any more.
enum class Flap : std::uint8_t {
    Single,  ///< To be told again.
    First,   ///< With this one it counts as flapping: to be told again, and for the last time.
    Further,
};
Flap count_flap(Transition& t, const Fired& fired, TimePoint now);

/// The step that was paged last is paged again, as its pages were called off when the incident seemed to be over; the next step's
/// time stays as it was, so that nothing that comes and goes escapes the escalation. Nobody, if somebody has it or it is
/// silenced.
void page_again(Transition& t, const Roster& roster, TimePoint now, Flap flap);

/// It has been calm for long enough.
void end_flapping(Transition& t, TimePoint now);

/// A resolved incident that fires again soon after; see Place::Reopens. Whatever it was before, it is triggered and pages from
/// the first step.
[[nodiscard]] Transition reopen(Incident before, const Alert& alert, const Verdict& verdict, const Roster& roster, TimePoint now,
                                const Surroundings& around = {});

}  // namespace tocsin::engine
