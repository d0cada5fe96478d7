// Services that need others: while mysql has a worse incident that somebody is paged for, one of lms is told there instead of
// being paged for. Used by the engine on the transition that it is building.
//
//   not told --begins to page, or goes on to its next step, under a shelter--> told at the parent
//       ^                                                                           | the parent is over, its pages reach nobody,
//       |____________ paged from the first step, unless another shelters ___________| or the child is worse
//
// Nothing is ever lost by it: the child stays listed and counted, its alerts are taken, and it looks at its parent again by its
// own timer, whatever wakes it before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/engine/event.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

struct Transition;

/// Whom an incident keeps from being paged for. It must page somebody itself: what is silenced, given up, told elsewhere, or
/// reaches nobody shelters no one. A snoozed one keeps those that whoever snoozed it could see, and takes no others; so does one
/// that is held to be over, until it is or fires again.
enum class Shelter : std::uint8_t { None, KnownOnly, Everyone };
[[nodiscard]] Shelter shelter_of(const Incident& incident);

/// Another incident, as far as it matters to this one.
struct Neighbour {
    IncidentId id;
    std::string service;
    Severity severity = Severity::Moderate;
    Shelter shelter = Shelter::None;
};
[[nodiscard]] Neighbour neighbour(const Incident& incident);

/// What the engine may know of other incidents.
struct Surroundings {
    std::vector<Neighbour> needed;  ///< Open incidents of the services that this one needs.
};

/// The services that a service needs, directly or not, each once, the nearest first. Empty if it needs none.
[[nodiscard]] std::vector<std::string_view> needs_of(std::string_view service, const Roster& roster);

/// Whether the event can begin or go on with paging, so that it matters what else is open. An alert that only repeats does not.
[[nodiscard]] bool may_page(const Incident& incident, const Event& event);

/// Whether some that are told at the incident must look for themselves after it changed like this.
struct Sheltered {
    Shelter shelter = Shelter::None;
    Severity severity = Severity::Moderate;
};
[[nodiscard]] Sheltered sheltered_by(const Incident& incident);
[[nodiscard]] bool shelters_less(const Sheltered& before, const Incident& after);

/// Tells the incident at the worst that shelters it and calls off its pages; false if there is none.
bool tell_at_parent(Transition& t, TimePoint now);

/// For an incident that is told at another: stays told (there, or at another one that shelters it), or begins to page.
void look_at_parent(Transition& t, const Roster& roster, TimePoint now, Reason otherwise);

}  // namespace tocsin::engine
