// An alert and its verdict as an event for the engine.
#pragma once

#include "core/base/time.hpp"
#include "core/engine/event.hpp"
#include "core/model/alert.hpp"
#include "core/model/incident.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::engine {

/// Whether a followed-up alert was firing in the incident before this message.
enum class Membership : std::uint8_t { NotFiring, Firing };

/// Whether the alert began to fire after what is known of it.
[[nodiscard]] bool began_later(const Alert& alert, const Member& known);
/// Whether it ends what fired before, and not what fires now: words of one source can overtake each other.
[[nodiscard]] bool is_old_end(const Alert& alert, const Member& known);

/// What a firing alert says, whatever its incident holds.
[[nodiscard]] Fired fired(const Alert& alert, const Verdict& verdict, Membership before);
/// The same for an incident that is open already: of several alerts with ends of their own the one that lasts longest keeps it
/// open.
[[nodiscard]] Fired fired_into(const Incident& incident, const Alert& alert, const Verdict& verdict, Membership before);

/// How long after this alert quiet means that the incident is over: as the rule says, or else until the alert's own end, and that
/// long to the next ten seconds: sources say a new end each time, and what is only said again should not change the incident.
[[nodiscard]] Duration quiet_after(const Alert& alert, const Verdict& verdict, TimePoint now);

/// Anything else that a source says of an alert that it sent before. A priority that was changed there is a severity changed
/// here. Actions of the sender's own house (its escalation, tags, owners, custom actions) only go into the timeline: they say
/// nothing about whether somebody here has taken it.
[[nodiscard]] Event said(const Alert& alert, Membership before);

}  // namespace tocsin::engine
