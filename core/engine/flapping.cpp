#include "core/engine/flapping.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/alert_event.hpp"
#include "core/engine/escalation.hpp"
#include "core/engine/silence.hpp"

namespace tocsin::engine {
namespace {

Reason reason_of(Flap flap) { return flap == Flap::Single ? Reason::FiredAgain : Reason::Flapping; }

/// What the rules say of the alert that fires again is what counts from now on.
void take_verdict(Incident& incident, const Verdict& verdict) {
    incident.rule = verdict.rule;
    incident.service = verdict.service;
    incident.escalation = verdict.escalation;
    incident.summary = verdict.summary;
    incident.urgency = verdict.urgency;
    const bool is_news = !incident.is_severity_by_hand || is_worse(verdict.severity, incident.severity);
    if (is_news) incident.severity = verdict.severity;
    if (is_news) incident.is_severity_by_hand = false;
    incident.said_severity = verdict.severity;
}

}  // namespace

bool was_over(const Incident& incident, TimePoint now) {
    if (incident.resolve_held_until) return true;
    // One that only quiet ends, kept open because it is flapping.
    const auto quiet = incident.resolve_after;
    return incident.flapping_until && quiet.count() > 0 && now - incident.last_alert_at >= quiet;
}

Flap count_flap(Transition& t, const Fired& fired, TimePoint now) {
    auto& incident = t.incident;
    const auto& limit = fired.lifecycle.flapping;
    incident.resolve_held_until.reset();
    if (!incident.flapping_until && (!incident.flaps_since || now - *incident.flaps_since > limit.within)) {
        incident.flaps = 0;
        incident.flaps_since = now;
    }
    ++incident.flaps;
    if (incident.flapping_until) {
        incident.flapping_until = now + incident.calm;
        return Flap::Further;
    }
    if (limit.count == 0 || incident.flaps < limit.count) {
        record(t, now, Reason::FiredAgain, fired.source, fired.summary);
        return Flap::Single;
    }
    incident.calm = limit.calm;
    incident.flapping_until = now + limit.calm;
    record(t, now, Reason::Flapping, fired.source,
           fmt::format("it ended and fired again {} times in {}: paged once more, and open until it has been calm for {}",
                       incident.flaps, format_duration(now - *incident.flaps_since), format_duration(limit.calm)));
    return Flap::First;
}

void page_again(Transition& t, const Roster& roster, TimePoint now, Flap flap) {
    auto& incident = t.incident;
    if (incident.told_at.is_set()) return;  // The other speaks for it, however often it fires.
    if (flap == Flap::Further || incident.state != IncidentState::Triggered || incident.is_silenced()) return;
    if (incident.is_exhausted || incident.urgency == Urgency::Notice) return begin_again(t, roster, now, reason_of(flap));
    const auto next_due_at = incident.step_due_at;
    const auto step = incident.step;
    const bool has_begun = step > 0 || incident.round > 0 || incident.cycle > 0;
    if (!has_begun || !next_due_at) return;
    if (*next_due_at <= now) return step_timed_out(t, roster, now);
    if (step == 0) {
        begin_again(t, roster, now, reason_of(flap));  // Only whom it was given to was paged.
    } else {
        ++incident.cycle;
        --incident.step;
        incident.outstanding = 0;
        t.overtakes_pages = true;
        page_next_step(t, roster, now, reason_of(flap));
    }
    const bool is_same_step = incident.step == step && !incident.is_exhausted && incident.step_due_at;
    if (is_same_step) incident.step_due_at = std::min(*next_due_at, *incident.step_due_at);
}

void end_flapping(Transition& t, TimePoint now) {
    auto& incident = t.incident;
    record(t, now, Reason::FlappingOver, {},
           fmt::format("calm for {}; it had ended and fired again {} times", format_duration(incident.calm), incident.flaps));
    incident.flapping_until.reset();
    incident.flaps_since.reset();
    incident.flaps = 0;
}

Transition reopen(Incident before, const Alert& alert, const Verdict& verdict, const Roster& roster, TimePoint now,
                  const Surroundings& around) {
    Transition t;
    t.incident = std::move(before);
    t.around = &around;
    auto& incident = t.incident;
    take_verdict(incident, verdict);
    incident.state = IncidentState::Triggered;
    incident.resolved_at.reset();
    incident.resolved_by.clear();
    incident.last_alert_at = now;
    incident.hold_down = verdict.lifecycle.hold_down;
    incident.resolve_after = verdict.resolve_after;
    if (verdict.resolve_after.count() > 0) incident.resolve_due_at = now + verdict.resolve_after;
    ++incident.alerts;
    incident.firing = alert.is_followed_up ? 1 : 0;
    const auto flap = count_flap(t, fired(alert, verdict, Membership::NotFiring), now);
    if (is_covered(verdict.silenced, now)) begin_silence(t, *verdict.silenced, now);
    begin_again(t, roster, now, reason_of(flap));
    t.around = nullptr;
    return t;
}

}  // namespace tocsin::engine
