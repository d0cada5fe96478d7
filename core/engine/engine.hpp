// The engine: what happens to an incident, decided. Pure functions of (incident, event, roster, now); the runtime stores and
// sends what they return.
//
//   open()     the first alert of a key                     -> a triggered incident and its first pages
//   advance()  anything that happens to it afterwards       -> the incident changed, pages to add, pages to call off, timeline
#pragma once

#include <vector>

#include "core/base/time.hpp"
#include "core/engine/dependency.hpp"
#include "core/engine/event.hpp"
#include "core/model/alert.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::engine {

/// The incident after, and what is to be done about it. Page ids are not set yet: the runtime gives them.
struct Transition {
    Incident incident;
    std::vector<Page> pages;
    bool overtakes_pages = false;                 ///< Pages that were pending before this are not to be sent any more.
    std::vector<std::string> overtaken_people{};  ///< Nor are those of these people.
    std::vector<TimelineEntry> timeline;          ///< Of this incident, and what is told at others.
    const Surroundings* around = nullptr;         ///< What it was decided by, while it is decided; null: it is alone.
};

/// A new incident for the first alert of a key. Requires an urgency that is not Record.
[[nodiscard]] Transition open(IncidentId id, const Alert& alert, const Verdict& verdict, const Roster& roster, TimePoint now,
                              const Surroundings& around = {});

/// Never fails and never pages anybody about an incident that is acknowledged, snoozed or resolved. An event that changes nothing
/// returns the incident as it was. `around` matters if may_page() says so.
[[nodiscard]] Transition advance(Incident before, const Event& event, const Roster& roster, TimePoint now,
                                 const Surroundings& around = {});

}  // namespace tocsin::engine
