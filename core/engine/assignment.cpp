#include "core/engine/assignment.hpp"

#include <fmt/format.h>

#include "core/engine/escalation.hpp"
#include "core/engine/silence.hpp"

namespace tocsin::engine {
namespace {

void end_silence_by_hand(Transition& t, const std::string& actor, TimePoint now) {
    if (t.incident.is_silenced()) lift_silence(t, now, actor, "was ended by hand");
}

}  // namespace

void reassign(Transition& t, const Reassign& to, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    const bool is_to_escalation = to.to.empty();
    const auto& name = is_to_escalation ? to.escalation : to.to;
    const bool is_known = is_to_escalation ? roster.escalation(name) != nullptr
                                           : roster.person(name) != nullptr || roster.schedule(name) != nullptr;
    if (!is_known) {
        return record(t, now, Reason::Reassigned, to.actor,
                      fmt::format("to {}, whom the rulebook does not know: nothing is changed", name));
    }
    end_silence_by_hand(t, to.actor, now);
    incident.assigned_to = is_to_escalation ? std::string() : name;
    if (is_to_escalation) incident.escalation = name;
    record(t, now, Reason::Reassigned, to.actor, fmt::format("to {}{}", is_to_escalation ? "the escalation " : "", name));
    begin_again(t, roster, now, Reason::Reassigned);
}

void escalate_by_hand(Transition& t, const std::string& actor, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    record(t, now, Reason::EscalatedByHand, actor, "");
    const bool is_acknowledged = incident.state == IncidentState::Acknowledged;
    if (incident.urgency == Urgency::Notice || (incident.is_exhausted && !is_acknowledged)) return;
    end_silence_by_hand(t, actor, now);
    if (is_acknowledged) return go_on(t, roster, now, Reason::EscalatedByHand);
    page_next_step(t, roster, now, Reason::EscalatedByHand);
}

}  // namespace tocsin::engine
