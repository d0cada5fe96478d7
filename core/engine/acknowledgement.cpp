#include "core/engine/acknowledgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/engine/escalation.hpp"
#include "core/oncall/coverage.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {
namespace {

/// Further ahead no end of a shift is looked for; by then it is looked for again.
constexpr auto kHorizon = std::chrono::days{28};

/// A role of a schedule, as a step names it.
struct Part {
    const Schedule* schedule = nullptr;
    Role role = Role::Primary;
};

bool has_part(const Part& part, const std::string& person, TimePoint at) {
    const auto duty = oncall::on_call(*part.schedule, at, part.role);
    return duty && duty->person == person;
}

/// By what the person was on call then, the first in the order of the policy's steps; nothing if by no schedule.
std::optional<Part> part_of(const std::string& person, const Escalation& policy, const Roster& roster, TimePoint at) {
    for (const auto& step : policy.steps) {
        for (const auto& target : step.page) {
            const auto* schedule = target.kind == Target::Kind::Schedule ? roster.schedule(target.id) : nullptr;
            if (schedule == nullptr) continue;
            if (const Part part{schedule, target.role}; has_part(part, person, at)) return part;
        }
    }
    return {};
}

/// When somebody else has the duty. Another layer that gives it to the same person is no end.
TimePoint end_of_shift(const Part& part, const std::string& person, TimePoint now) {
    const auto horizon = now + kHorizon;
    auto at = now;
    while (const auto next = oncall::next_change(*part.schedule, at, horizon, part.role)) {
        if (!has_part(part, person, *next)) return *next;
        at = *next;
    }
    return horizon;
}

/// Whose shifts the incident follows; nothing if it follows none.
std::optional<Part> followed(const Incident& incident, const Roster& roster) {
    const auto* policy = policy_of(incident, roster);
    const bool follows = policy != nullptr && policy->hand_over == Escalation::HandOver::Follow &&
                         incident.urgency == Urgency::Page && incident.acknowledged_at && !incident.snoozed_until;
    if (!follows) return {};
    return part_of(incident.acknowledged_by, *policy, roster, *incident.acknowledged_at);
}

void plan_hand_over(Incident& incident, const Roster& roster, TimePoint now) {
    const auto part = followed(incident, roster);
    if (part) incident.hand_over_due_at = end_of_shift(*part, incident.acknowledged_by, now);
}

}  // namespace

std::int32_t acknowledgements_needed(const Incident& incident, const Roster& roster) {
    const auto* policy = policy_of(incident, roster);
    const bool is_direct_drill = incident.is_drill && incident.escalation.empty();  // No policy stands behind it.
    if (policy == nullptr || incident.urgency != Urgency::Page || is_direct_drill) return 1;
    const bool are_all_paged = incident.round > 0 || incident.is_exhausted;
    const auto steps =
        are_all_paged ? policy->steps.size() : std::min(policy->steps.size(), static_cast<std::size_t>(incident.step));
    auto needed = std::max(1, policy->acknowledgements);
    for (std::size_t i = 0; i < steps; ++i) needed = std::max(needed, policy->steps[i].acknowledgements);
    return needed;
}

void acknowledge(Transition& t, const Roster& roster, TimePoint now, const std::string& actor) {
    auto& incident = t.incident;
    const bool is_triggered = incident.state == IncidentState::Triggered;
    if (!is_triggered && !incident.snoozed_until) return;
    auto& people = incident.acknowledgers;
    if (!is_triggered) people.clear();
    const bool is_known = std::find(people.begin(), people.end(), actor) != people.end();
    if (!is_known) people.push_back(actor);
    const auto needed = is_triggered ? acknowledgements_needed(incident, roster) : 1;
    const auto have = static_cast<std::int32_t>(people.size());
    if (have < needed) {
        if (is_known) return;
        record(t, now, Reason::AcknowledgedInPart, actor, fmt::format("{} of {}: the others are paged on", have, needed));
        t.overtaken_people.push_back(actor);
        return;
    }
    rest(t);
    incident.state = IncidentState::Acknowledged;
    incident.acknowledged_at = now;
    incident.acknowledged_by = people.front();
    renew_acknowledgement(incident, roster, now);
    plan_hand_over(incident, roster, now);
    record(t, now, Reason::Acknowledged, actor, needed > 1 ? fmt::format("{} of {}", have, needed) : "");
}

void renew_acknowledgement(Incident& incident, const Roster& roster, TimePoint now) {
    const auto* policy = policy_of(incident, roster);
    const bool ends = policy != nullptr && policy->acknowledged_for.count() > 0 && incident.urgency == Urgency::Page;
    if (ends) incident.acknowledgement_ends_at = now + policy->acknowledged_for;
}

void hand_over(Transition& t, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    incident.hand_over_due_at.reset();
    const auto part = followed(incident, roster);
    if (!part) return;  // The rulebook or the calendar is another one by now.
    const auto duty = oncall::on_call(*part->schedule, now, part->role);
    const auto* next = duty ? roster.person(duty->person) : nullptr;
    if (next == nullptr || next->id == incident.acknowledged_by || !oncall::can_be_paged(*next)) {
        incident.hand_over_due_at =
            oncall::next_change(*part->schedule, now, now + kHorizon, part->role).value_or(now + kHorizon);
        return;
    }
    record(t, now, Reason::HandedOver, {},
           fmt::format("the shift of {} in {} is over: from {} to {}", incident.acknowledged_by, part->schedule->id,
                       incident.acknowledged_by, next->id));
    incident.assigned_to.clear();
    begin_with(t, {Target::Kind::Schedule, part->schedule->id, part->role}, roster, now, Reason::HandedOver);
}

}  // namespace tocsin::engine
