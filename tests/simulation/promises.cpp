// The promises of the design, as checks on the world: safety after every step, liveness once the faults have ended.
#include <fmt/format.h>

#include <algorithm>

#include "core/oncall/on_call.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

/// Accepted is durable.
void World::check_accepted(const std::string& trace) {
    for (const auto& [incident, alerts] : database_->alerts) {
        const auto is_it = [&](const StoredAlert& alert) { return alert.trace == trace; };
        if (std::any_of(alerts.rbegin(), alerts.rend(), is_it)) {
            touched_.insert(incident);
            return;
        }
    }
    broke(fmt::format("{} was accepted and is not stored", trace));
}

/// What leaves was decided, is still wanted, goes to somebody whom the policy means, and not twice without a cause.
void World::check_leaving(const Notification& notification) {
    const auto& page = notification.page;
    const auto key = page.key();
    const auto stored = database_->pages.find(page.id);
    if (stored == database_->pages.end()) return broke(fmt::format("page {} leaves and is not stored", key));
    if (stored->second.state != PageState::Pending) {
        broke(fmt::format("page {} leaves and is {}", key, to_string(stored->second.state)));
    }
    const auto& incident = database_->incidents.at(page.incident);
    if (page.urgency == Urgency::Page && incident.state != IncidentState::Triggered) {
        broke(fmt::format("page {} leaves though its incident is {}", key, to_string(incident.state)));
    }
    check_silence(incident, page);
    if (under_way_.contains(key)) broke(fmt::format("page {} leaves twice at once", key));
    const auto was_delivered = [&](const Attempt& attempt) { return attempt.key == key && attempt.was_delivered; };
    // The last few attempts are enough: what was delivered long ago is not pending in the store.
    const auto recent = attempts_.size() > 200 ? attempts_.end() - 200 : attempts_.begin();
    if (!may_repeat_.contains(key) && std::any_of(recent, attempts_.end(), was_delivered)) {
        broke(fmt::format("page {} leaves again after it was delivered", key));
    }
    if (page.urgency != Urgency::Page) return;
    const auto* policy = roster_->escalation(incident.escalation);
    if (policy == nullptr) return broke(fmt::format("page {} of an unknown policy", key));
    const auto targets = page.step == kFallbackStep ? std::vector<Target>{policy->fallback}
                                                    : policy->steps.at(static_cast<std::size_t>(page.step)).page;
    const auto is_meant = [&](const Target& target) {
        if (target.kind == Target::Kind::Person) return target.id == page.person;
        const auto duty = oncall::on_call(roster_->schedules.at(target.id), page.decided_at, target.role);
        return duty && duty->person == page.person;
    };
    if (std::none_of(targets.begin(), targets.end(), is_meant))
        broke(fmt::format("page {} goes to somebody who was not on call", key));
}

/// A silenced incident pages nobody before its end. What was decided under an earlier cycle was called off when the silence
/// began.
void World::check_silence(const Incident& incident, const Page& page) {
    if (incident.is_silenced()) {
        broke(fmt::format("page {} leaves though \"{}\" silences its incident until {}", page.key(), incident.silence,
                          format_utc(*incident.silenced_until)));
    }
}

void World::check_incident(const Incident& incident) {
    const auto name = fmt::format("incident {}", incident.id.value);
    if (incident.state == IncidentState::Resolved && incident.wake_at()) broke(name + " is resolved and still has a timer");
    if (incident.state == IncidentState::Resolved && !incident.resolved_at) broke(name + " is resolved at no time");
    if (incident.state == IncidentState::Acknowledged && incident.step_due_at)
        broke(name + " is acknowledged and still escalates");
    if (incident.state == IncidentState::Triggered && (incident.acknowledged_at || incident.snoozed_until)) {
        broke(name + " is triggered and acknowledged at once");
    }
    if (incident.is_silenced() == incident.silence.empty()) broke(name + " is silenced by nothing, or by something for no time");
    if (incident.is_silenced() && !incident.is_open()) broke(name + " is resolved and silenced");
    const bool waits_for_silence = incident.is_silenced() && incident.state == IncidentState::Triggered;
    if (waits_for_silence && incident.step_due_at != incident.silenced_until) broke(name + " is silenced and escalates");
    if (incident.firing < 0 || incident.outstanding < 0) broke(name + " counts below nothing");
    // Never silent: while nobody has answered, a next step is planned, or all of them were tried.
    const bool is_waiting = incident.state == IncidentState::Triggered && incident.urgency == Urgency::Page;
    if (is_waiting && !incident.step_due_at && !incident.is_exhausted) broke(name + " waits for nobody");
    if (incident.state == IncidentState::Triggered && !incident.is_silenced()) return;
    const auto pending = [&](PageId id) {
        const auto& page = database_->pages.at(id);
        return page.incident == incident.id && page.urgency == Urgency::Page;
    };
    if (std::any_of(database_->pending.begin(), database_->pending.end(), pending))
        broke(name + " is answered or silenced, and has pages to come");
}

void World::check_safety() {
    for (const auto id : touched_) {
        const auto found = database_->incidents.find(id);
        if (found != database_->incidents.end()) check_incident(found->second);
    }
    touched_.clear();
}

void World::check_liveness() {
    for (const auto& [id, incident] : database_->incidents) {
        touched_.insert(id);
        if (incident.is_silenced() && *incident.silenced_until + std::chrono::minutes{2} < clock_.wall)
            broke(fmt::format("the silence of incident {} does not end", id.value));
        if (incident.is_silenced()) continue;
        if (incident.state != IncidentState::Triggered || incident.urgency != Urgency::Page) continue;
        const auto& timeline = database_->timeline.at(id);
        const auto was_reached = [](const TimelineEntry& entry) {
            return entry.reason == Reason::PageDelivered || entry.reason == Reason::NobodyReachable;
        };
        if (std::none_of(timeline.begin(), timeline.end(), was_reached))
            broke(fmt::format("incident {} reached nobody", id.value));
    }
    check_safety();
    for (const auto id : database_->pending) {
        const auto& page = database_->pages.at(id);
        if (page.due_at + std::chrono::minutes{2} < clock_.wall) broke(fmt::format("page {} is overdue", page.key()));
    }
}

}  // namespace tocsin::simulation
