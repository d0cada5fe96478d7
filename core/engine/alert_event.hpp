// An alert and its verdict as an event for the engine.
#pragma once

#include "core/engine/event.hpp"
#include "core/model/alert.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::engine {

/// Whether a followed-up alert was firing in the incident before this message.
enum class Membership : std::uint8_t { NotFiring, Firing };

/// A firing alert for an incident that is open already.
[[nodiscard]] Fired fired(const Alert& alert, const Verdict& verdict, Membership before);

/// Anything else that a source says of an alert that it sent before. A priority that was changed there is a severity changed
/// here. Actions of the sender's own house (its escalation, tags, owners, custom actions) only go into the timeline: they say
/// nothing about whether somebody here has taken it.
[[nodiscard]] Event said(const Alert& alert, Membership before);

}  // namespace tocsin::engine
