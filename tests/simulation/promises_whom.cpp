// The promise that a page goes to somebody whom the policy, or whoever gave the incident on, means at that moment, and who has
// not answered yet.
#include <fmt/format.h>

#include <algorithm>

#include "core/oncall/on_call.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {
namespace {

bool is_on_call(const Roster& roster, const std::string& schedule, const Page& page, Role role = Role::Primary) {
    const auto* found = roster.schedule(schedule);
    const auto duty = found == nullptr ? std::nullopt : oncall::on_call(*found, page.decided_at, role);
    return duty && duty->person == page.person;
}

bool is_meant(const Target& target, const Roster& roster, const Page& page) {
    return target.kind == Target::Kind::Person ? target.id == page.person : is_on_call(roster, target.id, page, target.role);
}

/// Of a schedule whose people take turns.
bool is_one_of(const Target& target, const Roster& roster, const Page& page) {
    if (is_meant(target, roster, page)) return true;
    const auto* schedule = roster.schedule(target.id);
    if (schedule == nullptr) return false;
    const auto is_in = [&](const Layer& layer) {
        const bool holds = !layer.during || is_within(*layer.during, schedule->time_zone.to_civil(page.decided_at));
        return holds && std::find(layer.people.begin(), layer.people.end(), page.person) != layer.people.end();
    };
    return std::any_of(schedule->layers.begin(), schedule->layers.end(), is_in);
}

bool is_given_to(const Incident& incident, const Roster& roster, const Escalation& policy, const Page& page) {
    if (page.reason != Reason::HandedOver)
        return incident.assigned_to == page.person || is_on_call(roster, incident.assigned_to, page);
    return std::any_of(policy.steps.begin(), policy.steps.end(), [&](const EscalationStep& step) {
        return std::any_of(step.page.begin(), step.page.end(), [&](const Target& target) {
            return target.kind == Target::Kind::Schedule && is_on_call(roster, target.id, page, target.role);
        });
    });
}

}  // namespace

void World::check_whom(const Incident& incident, const Page& page) {
    if (page.urgency != Urgency::Page) return;
    if (page.reason == Reason::Drill && incident.escalation.empty()) return;  // A drill of one person or schedule.
    const auto* policy = roster_->escalation(incident.escalation);
    if (policy == nullptr) return broke(fmt::format("page {} of an unknown policy", page.key()));
    const auto& answered = incident.acknowledgers;
    if (std::find(answered.begin(), answered.end(), page.person) != answered.end())
        broke(fmt::format("page {} leaves though they have acknowledged", page.key()));
    const auto* step = page.step < 0 ? nullptr : &policy->steps.at(static_cast<std::size_t>(page.step));
    const auto meant = [&](const Target& target) {
        const bool is_by_turns = step != nullptr && step->pick == EscalationStep::Pick::OneByTurns;
        return is_by_turns ? is_one_of(target, *roster_, page) : is_meant(target, *roster_, page);
    };
    const bool is_right = page.step == kAssignedStep   ? is_given_to(incident, *roster_, *policy, page)
                          : page.step == kFallbackStep ? meant(policy->fallback)
                                                       : std::any_of(step->page.begin(), step->page.end(), meant);
    if (!is_right) broke(fmt::format("page {} goes to somebody who was not meant", page.key()));
}

}  // namespace tocsin::simulation
