#include "core/engine/severity.hpp"

#include <fmt/format.h>

#include "core/engine/escalation.hpp"
#include "core/engine/silence.hpp"

namespace tocsin::engine {
namespace {

/// Somebody has it, and knew less when they took it; or everybody was paged and nobody came.
void page_for_worse(Transition& t, const Roster& roster, TimePoint now, const std::string& detail) {
    const auto& incident = t.incident;
    const bool is_rested = incident.state == IncidentState::Acknowledged;
    if (!is_rested && (!incident.is_exhausted || incident.is_silenced())) return;
    record(t, now, Reason::BecameWorse, {},
           is_rested ? fmt::format("{}; acknowledged by {} before: paging again", detail, incident.acknowledged_by)
                     : fmt::format("{}: paging again", detail));
    begin_again(t, roster, now, Reason::BecameWorse);
}

}  // namespace

void take_severity(Transition& t, const Fired& fired, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    const bool is_news = is_worse(fired.severity, incident.said_severity);
    if (is_news) incident.said_severity = fired.severity;
    if (!is_news || !is_worse(fired.severity, incident.severity)) return;
    const auto detail = fmt::format("{} -> {}", to_string(incident.severity), to_string(fired.severity));
    record(t, now, Reason::SeverityRaised, fired.source, fmt::format("{}: {}", detail, fired.summary));
    incident.severity = fired.severity;
    incident.is_severity_by_hand = false;
    hasten(t, roster, now);
    // Of what a silence covers nobody is told, however bad.
    if (fired.lifecycle.re_page_on_worse && !is_covered(fired.silenced, now)) page_for_worse(t, roster, now, detail);
}

void change_severity(Transition& t, const ChangeSeverity& change, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    if (change.severity == incident.severity) return;
    const bool is_raised = is_worse(change.severity, incident.severity);
    const auto detail = fmt::format("{} -> {}", to_string(incident.severity), to_string(change.severity));
    record(t, now, Reason::SeverityChanged, change.actor, change.note.empty() ? detail : detail + ": " + change.note);
    incident.severity = change.severity;
    incident.is_severity_by_hand = true;
    if (!is_raised) return;
    hasten(t, roster, now);
    const auto urgency = default_urgency(change.severity);
    if (!is_louder(urgency, incident.urgency)) return page_for_worse(t, roster, now, detail);
    incident.urgency = urgency;
    record(t, now, Reason::UrgencyRaised, change.actor, fmt::format("now {}", to_string(urgency)));
    begin_again(t, roster, now, Reason::UrgencyRaised);
}

}  // namespace tocsin::engine
