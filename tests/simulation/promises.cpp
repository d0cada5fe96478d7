// The promises of the design, as checks on the world: safety after every step, liveness once the faults have ended.
#include <fmt/format.h>

#include <algorithm>

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
    // What people ask for by hand meanwhile is theirs.
    if (incident.is_held() && page.decided_at < *incident.resolve_held_until - incident.hold_down) {
        broke(fmt::format("page {} leaves though its incident is held to be over", key));
    }
    if (under_way_.contains(key)) broke(fmt::format("page {} leaves twice at once", key));
    const auto was_delivered = [&](const Attempt& attempt) { return attempt.key == key && attempt.was_delivered; };
    // The last few attempts are enough: what was delivered long ago is not pending in the store.
    const auto recent = attempts_.size() > 200 ? attempts_.end() - 200 : attempts_.begin();
    if (!may_repeat_.contains(key) && std::any_of(recent, attempts_.end(), was_delivered)) {
        broke(fmt::format("page {} leaves again after it was delivered", key));
    }
    check_whom(incident, page);
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
    if (incident.merged_into.is_set() && incident.is_open()) broke(name + " is merged and open");
    if (incident.resolve_held_until && incident.firing > 0) broke(name + " fires and is held to be over");
    check_members(incident);
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

/// The count of what fires is that of the members that do: an incident ends with the last of them and not before.
void World::check_members(const Incident& incident) {
    if (!incident.is_open()) return;
    const auto firing = std::count_if(database_->members.begin(), database_->members.end(), [&](const auto& member) {
        return std::get<2>(member.first) == incident.id && member.second;
    });
    if (firing != incident.firing) {
        broke(fmt::format("incident {} says that {} alerts fire in it, and {} do", incident.id.value, incident.firing, firing));
    }
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
        if (incident.resolve_held_until && *incident.resolve_held_until + std::chrono::minutes{2} < clock_.wall)
            broke(fmt::format("the end of incident {} is held back for ever", id.value));
        if (incident.is_silenced() || incident.is_held()) continue;
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
