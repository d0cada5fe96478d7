#include "core/engine/dependency.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

bool shelters(const Neighbour& other, const Incident& incident) {
    if (other.id == incident.id || is_worse(incident.severity, other.severity)) return false;
    return other.shelter == Shelter::Everyone || (other.shelter == Shelter::KnownOnly && other.id == incident.told_at);
}

/// Where it is told already, else at the worst, else at the oldest: so that it moves as seldom as possible.
const Neighbour* parent_of(const Incident& incident, const Surroundings& around) {
    const Neighbour* best = nullptr;
    for (const auto& other : around.needed) {
        if (!shelters(other, incident)) continue;
        if (other.id == incident.told_at) return &other;
        const bool is_better = best == nullptr || is_worse(other.severity, best->severity) ||
                               (other.severity == best->severity && other.id < best->id);
        if (is_better) best = &other;
    }
    return best;
}

template <class... Kinds>
bool is_any_of(const Event& event) {
    return (std::holds_alternative<Kinds>(event) || ...);
}

void tell_at(Transition& t, const Neighbour& parent, TimePoint now) {
    auto& incident = t.incident;
    incident.step_due_at = now + limits::kLookAtParent;
    if (incident.told_at == parent.id) return;
    incident.told_at = parent.id;
    incident.outstanding = 0;
    record(t, now, Reason::ToldAtParent, {},
           fmt::format("told at incident {} of {}, which is {}: nobody is paged for this one", parent.id.value, parent.service,
                       to_string(parent.severity)));
    t.timeline.push_back(
        {parent.id,
         now,
         Reason::ToldAtParent,
         {},
         fmt::format("also affected: {}, incident {}: {}", incident.service, incident.id.value, incident.summary)});
}

}  // namespace

Shelter shelter_of(const Incident& incident) {
    if (!incident.is_open() || incident.urgency != Urgency::Page) return Shelter::None;
    if (incident.is_silenced() || incident.told_at.is_set() || incident.is_drill) return Shelter::None;
    if (incident.snoozed_until || incident.is_held()) return Shelter::KnownOnly;
    if (incident.state == IncidentState::Acknowledged) return Shelter::Everyone;
    const bool reaches_nobody = incident.is_exhausted && incident.outstanding == 0;
    const bool gave_up = !incident.step_due_at;
    return reaches_nobody || gave_up ? Shelter::None : Shelter::Everyone;
}

Neighbour neighbour(const Incident& incident) { return {incident.id, incident.service, incident.severity, shelter_of(incident)}; }

std::vector<std::string_view> needs_of(std::string_view service, const Roster& roster) {
    std::vector<std::string_view> needed;
    const auto add_those_of = [&](std::string_view name) {
        const auto* found = roster.service(name);
        if (found == nullptr) return;
        for (const std::string_view on : found->depends_on) {
            if (on != service && std::find(needed.begin(), needed.end(), on) == needed.end()) needed.push_back(on);
        }
    };
    add_those_of(service);
    for (std::size_t i = 0; i < needed.size(); ++i) add_those_of(needed[i]);
    return needed;
}

bool may_page(const Incident& incident, const Event& event) {
    if (const auto* fired = std::get_if<Fired>(&event)) {
        return incident.is_silenced() || incident.resolve_held_until || incident.flapping_until ||
               is_worse(fired->severity, incident.severity) || is_louder(fired->urgency, incident.urgency);
    }
    return !is_any_of<Acknowledge, Delivered, Delayed, Undelivered, Note, Said, Ended, Resolve, Snooze, Escalate, ShiftsChanged>(
        event);
}

Sheltered sheltered_by(const Incident& incident) { return {shelter_of(incident), incident.severity}; }

bool shelters_less(const Sheltered& before, const Incident& after) {
    if (before.shelter == Shelter::None) return false;
    return shelter_of(after) == Shelter::None || is_worse(before.severity, after.severity);
}

bool tell_at_parent(Transition& t, TimePoint now) {
    if (t.around == nullptr || t.incident.urgency != Urgency::Page || t.incident.is_drill) return false;
    const auto* parent = parent_of(t.incident, *t.around);
    if (parent == nullptr) return false;
    t.overtakes_pages = true;
    tell_at(t, *parent, now);
    return true;
}

void look_at_parent(Transition& t, const Roster& roster, TimePoint now, Reason otherwise) {
    if (tell_at_parent(t, now)) return;
    record(t, now, Reason::ParentOver, {},
           fmt::format("incident {} no longer speaks for this one: paging for it", t.incident.told_at.value));
    begin_again(t, roster, now, otherwise);
}

}  // namespace tocsin::engine
