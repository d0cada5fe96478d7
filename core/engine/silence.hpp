// What a silence does to one incident: it begins, it is looked at anew with every alert, it ends. Used by the engine on the
// transition that it is building.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/event.hpp"

namespace tocsin::engine {

/// Whether nobody is to be told of an alert that comes at `now`: a silence whose end has passed by then covers nothing.
[[nodiscard]] bool is_covered(const std::optional<Silencing>& silenced, TimePoint now);

/// From now on nobody is told. For an incident that has no page under way.
void begin_silence(Transition& t, const Silencing& silencing, TimePoint now);

/// Another covered alert fired into a silenced incident. The end of the same silence is taken as it is now (somebody may have
/// changed it); of two silences the one that ends first counts, as its alert is not covered after.
void extend_silence(Transition& t, const Silencing& silencing, TimePoint now);

/// The silence is over, and what follows is the caller's to decide. `actor` is whoever made it end, or empty; `why` goes on after
/// the silence's name: "is over".
void lift_silence(Transition& t, TimePoint now, const std::string& actor, std::string_view why);

/// The silence is over: an incident that is triggered is paged for, at once and from the first step; one that somebody
/// acknowledged or snoozed stays so.
void end_silence(Transition& t, const Roster& roster, TimePoint now, const std::string& actor, std::string_view why);

/// Somebody changed a silence. One that is laid over an incident that pages already calls its pages off.
void change_silence(Transition& t, const SilenceChanged& change, const Roster& roster, TimePoint now);

/// Forgets the silence of an incident that is over.
void drop_silence(Incident& incident);

}  // namespace tocsin::engine
