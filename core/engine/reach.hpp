// Whom a step reaches now, and whom it names and passes over.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/engine/paging.hpp"

namespace tocsin::engine {

/// Who is to be paged, and for everybody else whom the step names why not: "lahore-a has no contact".
struct Reach {
    std::vector<Recipient> to;
    std::vector<std::string> skipped;
};

/// The targets of one step of an incident's policy. Who has acknowledged already is left out without a word. Of a step that picks
/// one by turns, the turns go on with every incident, cycle and round, and with every such step of the policy, so that the next
/// step is somebody else's; whoever cannot be paged loses the turn to the next.
[[nodiscard]] Reach reach(const Escalation& policy, const EscalationStep& step, const Incident& incident, const Roster& roster,
                          TimePoint now);

/// One target by itself: a fallback, or whom the incident was given to.
[[nodiscard]] Reach reach(const Target& target, const Incident& incident, const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
