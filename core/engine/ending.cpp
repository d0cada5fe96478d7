#include "core/engine/ending.hpp"

#include <fmt/format.h>

#include "core/engine/escalation.hpp"
#include "core/engine/flapping.hpp"
#include "core/engine/silence.hpp"

namespace tocsin::engine {

void resolve(Transition& t, TimePoint now, Reason reason, const std::string& actor, std::string detail) {
    auto& incident = t.incident;
    rest(t);
    drop_silence(incident);
    incident.state = IncidentState::Resolved;
    incident.resolved_at = now;
    incident.resolved_by = actor;
    incident.is_resolved_by_hand = reason == Reason::Resolved || reason == Reason::Merged;
    incident.resolve_due_at.reset();
    incident.resolve_held_until.reset();
    incident.flapping_until.reset();
    incident.firing = 0;
    record(t, now, reason, actor, std::move(detail));
}

void all_ended(Transition& t, TimePoint now, const std::string& actor) {
    auto& incident = t.incident;
    if (incident.flapping_until) {
        incident.flapping_until = incident.resolve_held_until = now + incident.calm;
        return;  // One entry when it began says it for all of them; `flaps` has the number.
    }
    if (incident.hold_down.count() == 0) {
        return resolve(t, now, Reason::ResolvedBySource, actor, "the source said that it is over");
    }
    incident.resolve_held_until = now + incident.hold_down;
    t.overtakes_pages = true;
    record(t, now, Reason::ResolveHeld, actor,
           fmt::format("the source said that it is over; believed if nothing fires for {}", format_duration(incident.hold_down)));
}

void went_quiet(Transition& t, TimePoint now) {
    auto& incident = t.incident;
    if (incident.flapping_until && *incident.flapping_until > now) {
        incident.resolve_due_at = incident.flapping_until;
        return;
    }
    if (incident.flapping_until) end_flapping(t, now);
    resolve(t, now, Reason::ResolvedByQuiet, {}, fmt::format("no alert for {}", format_duration(incident.resolve_after)));
}

void hold_is_over(Transition& t, TimePoint now) {
    if (t.incident.flapping_until) end_flapping(t, now);
    resolve(t, now, Reason::ResolvedBySource, t.incident.source, "the source said that it is over, and it stayed so");
}

}  // namespace tocsin::engine
