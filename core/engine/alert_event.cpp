#include "core/engine/alert_event.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin::engine {
namespace {

/// Opsgenie's word for it.
constexpr std::string_view kPriorityUpdate = "UpdatePriority";

std::string actor_of(const Alert& alert) { return alert.actor.empty() ? alert.source : alert.actor; }

std::string in_words(const Alert& alert) {
    std::string words = alert.action_name.empty() ? std::string(to_string(alert.action)) : alert.action_name;
    if (!alert.priority.empty() && alert.action == AlertAction::Update) words += fmt::format(", priority {}", alert.priority);
    if (!alert.note.empty()) words += fmt::format(": {}", alert.note);
    return words;
}

/// A new priority is a person's word, over there. Anything else that changed is only written down.
Event updated(const Alert& alert) {
    const auto severity = parse_severity(alert.priority);
    if (!severity || alert.action_name != kPriorityUpdate) return Said{actor_of(alert), in_words(alert)};
    return ChangeSeverity{actor_of(alert), *severity, alert.note};
}

}  // namespace

bool began_later(const Alert& alert, const Member& known) {
    return alert.began_at && (!known.began_at || *known.began_at < *alert.began_at);
}

bool is_old_end(const Alert& alert, const Member& known) {
    const bool has_times = alert.began_at && known.began_at;
    return alert.action == AlertAction::Resolve && has_times && *alert.began_at < *known.began_at;
}

Fired fired(const Alert& alert, const Verdict& verdict, Membership before) {
    Fired event;
    event.source = alert.source;
    event.summary = verdict.summary;
    event.severity = verdict.severity;
    event.urgency = verdict.urgency;
    event.resolve_after = verdict.resolve_after;
    event.service = verdict.service;
    event.escalation = verdict.escalation;
    event.silenced = verdict.silenced;
    event.lifecycle = verdict.lifecycle;
    event.missing = verdict.missing;
    event.reply_to = verdict.reply_to;
    event.is_new_member = alert.is_followed_up && before == Membership::NotFiring;
    return event;
}

Fired fired_into(const Incident& incident, const Alert& alert, const Verdict& verdict, Membership before) {
    auto event = fired(alert, verdict, before);
    if (alert.ends_at) event.resolve_after = std::max(event.resolve_after, incident.resolve_after);
    return event;
}

Duration quiet_after(const Alert& alert, const Verdict& verdict, TimePoint now) {
    constexpr Duration kStep = std::chrono::seconds{10};
    if (verdict.resolve_after.count() > 0 || !alert.ends_at) return verdict.resolve_after;
    const auto left = *alert.ends_at - now;
    return std::max(kStep, (left + kStep - Duration{1}) / kStep * kStep);
}

Event said(const Alert& alert, Membership before) {
    switch (alert.action) {
        case AlertAction::Resolve: return Ended{alert.source, alert.actor, before == Membership::Firing};
        case AlertAction::Acknowledge: return Acknowledge{actor_of(alert)};
        case AlertAction::Unacknowledge: return Unacknowledge{actor_of(alert)};
        case AlertAction::Snooze:
            if (alert.until) return Snooze{actor_of(alert), *alert.until};
            return Said{actor_of(alert), in_words(alert)};
        case AlertAction::EndSnooze: return EndSnooze{actor_of(alert)};
        case AlertAction::Note: return Note{actor_of(alert), alert.note};
        case AlertAction::Update: return updated(alert);
        case AlertAction::Fire:
        case AlertAction::Escalate:
        case AlertAction::Other: return Said{actor_of(alert), in_words(alert)};
    }
    return Said{actor_of(alert), in_words(alert)};
}

}  // namespace tocsin::engine
