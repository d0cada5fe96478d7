// Triage: whether there is enough to act on, where a notice stands in the queue, and what its sender was told. Used by the engine
// on the transition that it is building.
#pragma once

#include <string_view>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/event.hpp"

namespace tocsin::engine {

/// The channel by which replies leave; no channel of the settings can be called so.
inline constexpr std::string_view kReplyChannel = "@reply";

/// A later alert may bring what the earlier ones lacked: only what all of them lack is missing.
void take_answers(Incident& incident, const Fired& fired);

/// Notes where it stands now. What follows for those who are told of it is the caller's.
void set_triage(Transition& t, const Triage& by, TimePoint now);
/// A notice that was put off is new again.
void end_schedule(Transition& t, TimePoint now);

/// The schedule that is told of a notice: that of the team to which it was transferred, else of its service, else the default;
/// null if there is none.
[[nodiscard]] const Schedule* triage_schedule(const Incident& incident, const Roster& roster);
/// That of a team: of the first of its services that names one. Null if the team has none.
[[nodiscard]] const Schedule* triage_schedule_of_team(std::string_view team, const Roster& roster);

/// Notes what was told, and if it is a reply sends it.
void communicate(Transition& t, const Communicate& by, TimePoint now);

}  // namespace tocsin::engine
