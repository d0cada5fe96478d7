#include "core/model/reason.hpp"

#include <array>
#include <utility>

namespace tocsin {
namespace {

constexpr std::array kNames{
    std::pair{Reason::Opened, "opened"},
    std::pair{Reason::SeverityRaised, "severity_raised"},
    std::pair{Reason::UrgencyRaised, "urgency_raised"},
    std::pair{Reason::AlertEnded, "alert_ended"},
    std::pair{Reason::SourceSaid, "source_said"},
    std::pair{Reason::NotActionable, "not_actionable"},
    std::pair{Reason::NoRuleMatched, "no_rule_matched"},
    std::pair{Reason::Silenced, "silenced"},
    std::pair{Reason::SilenceEnded, "silence_ended"},
    std::pair{Reason::ToldAtParent, "told_at_parent"},
    std::pair{Reason::ParentOver, "parent_over"},
    std::pair{Reason::Merged, "merged"},
    std::pair{Reason::TookOver, "took_over"},
    std::pair{Reason::SplitOff, "split_off"},
    std::pair{Reason::Flapping, "flapping"},
    std::pair{Reason::FlappingOver, "flapping_over"},
    std::pair{Reason::ResolveHeld, "resolve_held"},
    std::pair{Reason::FiredAgain, "fired_again"},
    std::pair{Reason::Digested, "digested"},
    std::pair{Reason::BecameWorse, "became_worse"},
    std::pair{Reason::FirstStep, "first_step"},
    std::pair{Reason::StepTimedOut, "step_timed_out"},
    std::pair{Reason::NextRound, "next_round"},
    std::pair{Reason::StepEmpty, "step_empty"},
    std::pair{Reason::StepFailed, "step_failed"},
    std::pair{Reason::Fallback, "fallback"},
    std::pair{Reason::NobodyReachable, "nobody_reachable"},
    std::pair{Reason::EscalationMissing, "escalation_missing"},
    std::pair{Reason::EscalatedByHand, "escalated_by_hand"},
    std::pair{Reason::Reassigned, "reassigned"},
    std::pair{Reason::PersonSkipped, "person_skipped"},
    std::pair{Reason::HandedOver, "handed_over"},
    std::pair{Reason::Drill, "drill"},
    std::pair{Reason::HeartbeatMissing, "heartbeat_missing"},
    std::pair{Reason::HeartbeatBack, "heartbeat_back"},
    std::pair{Reason::ShiftBegins, "shift_begins"},
    std::pair{Reason::ShiftEnds, "shift_ends"},
    std::pair{Reason::SilenceEndsSoon, "silence_ends_soon"},
    std::pair{Reason::Noticed, "noticed"},
    std::pair{Reason::GaveUp, "gave_up"},
    std::pair{Reason::PageDelivered, "page_delivered"},
    std::pair{Reason::PageDelayed, "page_delayed"},
    std::pair{Reason::PageFailed, "page_failed"},
    std::pair{Reason::PageExpired, "page_expired"},
    std::pair{Reason::PageOvertaken, "page_overtaken"},
    std::pair{Reason::Acknowledged, "acknowledged"},
    std::pair{Reason::AcknowledgedInPart, "acknowledged_in_part"},
    std::pair{Reason::Unacknowledged, "unacknowledged"},
    std::pair{Reason::AcknowledgementEnded, "acknowledgement_ended"},
    std::pair{Reason::Snoozed, "snoozed"},
    std::pair{Reason::SnoozeEnded, "snooze_ended"},
    std::pair{Reason::Noted, "noted"},
    std::pair{Reason::SeverityChanged, "severity_changed"},
    std::pair{Reason::TriageChanged, "triage_changed"},
    std::pair{Reason::Communicated, "communicated"},
    std::pair{Reason::Resolved, "resolved"},
    std::pair{Reason::ResolvedBySource, "resolved_by_source"},
    std::pair{Reason::ResolvedByQuiet, "resolved_by_quiet"},
    std::pair{Reason::Relayed, "relayed"},
    std::pair{Reason::RelayFailed, "relay_failed"},
};

}  // namespace

std::string_view to_string(Reason reason) {
    for (const auto& [value, name] : kNames) {
        if (value == reason) return name;
    }
    return "opened";
}

std::optional<Reason> parse_reason(std::string_view text) {
    for (const auto& [value, name] : kNames) {
        if (name == text) return value;
    }
    return {};
}

}  // namespace tocsin
