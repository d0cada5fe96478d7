// How bad an incident is: what its alerts say, what people say, and whether somebody is to be paged again for it. Used by the
// engine on the transition that it is building.
#pragma once

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/event.hpp"

namespace tocsin::engine {

/// An alert fired. A severity that a person set is overruled only by an alert that is worse than it and than all before.
void take_severity(Transition& t, const Fired& fired, const Roster& roster, TimePoint now);

/// A person sets it. What becomes worse is paged for again as for an alert that is worse; a notice that becomes as bad as what
/// pages by default pages from now on.
void change_severity(Transition& t, const ChangeSeverity& change, const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
