// Fire drills: when the planned ones begin, how one begins, and how it ends. A drill is an incident like any other, with real
// pages, whose acknowledgement is all that is wanted: it passes with it, and fails without.
#pragma once

#include <optional>
#include <string>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/model/drill.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

/// When a planned drill begins next, after `now`: every so many weeks since the last one, at the same time on the clocks of its
/// zone; the first at the next such time.
[[nodiscard]] TimePoint next_drill(const PlannedDrill& drill, const std::optional<TimePoint>& last, TimePoint now);

/// What a drill is about.
struct DrillCall {
    std::string key;  ///< drill_key() of the target or of the plan.
    DrillTarget target;
    Duration within = kDrillWithin;
    std::string actor;  ///< Who wants it; empty: the rulebook.
};

/// Pages the person, whoever is on call in the schedule, or step by step as the escalation says.
[[nodiscard]] Transition open_drill(IncidentId id, const DrillCall& call, const Roster& roster, TimePoint now);

/// What the timeline says at its end: "passed: acknowledged by ana after 1m20s".
[[nodiscard]] std::string passed(const Incident& incident, TimePoint now);
[[nodiscard]] std::string failed(const Incident& incident);

}  // namespace tocsin::engine
