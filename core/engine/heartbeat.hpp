// A dead man's switch: what becomes of a heartbeat that is heard, or is not. Pure; the runtime stores the watch and opens what is
// to be opened.
//
//   expected ──no beat until due_at──> missing (an incident opens) ──beat──> expected (it resolves)
#pragma once

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/model/heartbeat.hpp"
#include "core/model/roster.hpp"
#include "core/model/watch.hpp"

namespace tocsin::engine {

/// It was heard.
[[nodiscard]] Watch heard(const Heartbeat& heartbeat, TimePoint now);

/// Nothing is known of what it did until now: it is new, or we were deaf. It has one whole interval from now on; one that is
/// missing stays so until it is heard.
[[nodiscard]] Watch expected_anew(const Heartbeat& heartbeat, Watch before, TimePoint now);

/// The rulebook may say another interval than when it was heard: a watch whose time is farther away than that is brought nearer.
[[nodiscard]] Watch in_line_with(const Heartbeat& heartbeat, Watch before, TimePoint now);

/// It is due and was not heard. It is looked at again after another interval: if somebody has resolved its incident by then and
/// it is still missing, another opens.
[[nodiscard]] Watch missed(const Heartbeat& heartbeat, Watch before, TimePoint now);

/// What an alert would say of a heartbeat that is missing, and what rules would say of that: what silences are asked about.
struct Absence {
    Alert alert;
    Verdict verdict;
};
[[nodiscard]] Absence absence_of(const Heartbeat& heartbeat, const Watch& watch);
/// The same of the incident that is open about it.
[[nodiscard]] Absence absence_of(const Incident& incident);

/// The incident about a heartbeat that is missing.
struct Missing {
    IncidentId id;  ///< Of the incident.
    const Heartbeat& heartbeat;
    const Watch& watch;
    const Absence& absence;
};
[[nodiscard]] Transition open_missing(const Missing& missing, const Roster& roster, TimePoint now,
                                      const Surroundings& around = {});

}  // namespace tocsin::engine
