// The promises of the design, as checks on the world: safety after every step, liveness once the faults have ended.
#include <fmt/format.h>

#include <algorithm>

#include "core/engine/dependency.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

/// Accepted is durable.
void World::check_accepted(const std::string& trace) {
    // From the newest incident back: what comes in belongs to one of the latest.
    for (auto at = database_->alerts.rbegin(); at != database_->alerts.rend(); ++at) {
        const auto& [incident, alerts] = *at;
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
    check_once(key);
    if (page.is_relay()) return check_relay(page);
    if (page.is_digest()) return check_digest(notification);
    if (page.is_about_topic()) return;
    const auto& incident = database_->incidents.at(page.incident);
    if (page.urgency == Urgency::Page && incident.state != IncidentState::Triggered) {
        broke(fmt::format("page {} leaves though its incident is {}", key, to_string(incident.state)));
    }
    check_silence(incident, page);
    // What people ask for by hand meanwhile is theirs.
    if (incident.is_held() && page.decided_at < *incident.resolve_held_until - incident.hold_down) {
        broke(fmt::format("page {} leaves though its incident is held to be over", key));
    }
    check_whom(incident, page);
}

/// A relay tells a two-way source of an alert of the incident, what its timeline says was done, and one thing after the other.
void World::check_relay(const Page& relay) {
    const auto key = relay.key();
    if (!database_->members.contains({relay.person, relay.address, relay.incident}))
        broke(fmt::format("relay {} is about an alert of another incident", key));
    const auto& timeline = database_->timeline.at(relay.incident);
    const auto is_its_entry = [&](const TimelineEntry& entry) {
        return entry.reason == Reason::Relayed && entry.at == relay.decided_at && entry.detail.starts_with(relay.via);
    };
    if (std::none_of(timeline.begin(), timeline.end(), is_its_entry)) broke(fmt::format("nothing says why {} leaves", key));
    if (!told_now_.emplace(relay.person, relay.address).second) broke(fmt::format("{} overtakes another", key));
}

/// Not twice without a cause.
void World::check_once(const std::string& key) {
    if (under_way_.contains(key)) broke(fmt::format("page {} leaves twice at once", key));
    const auto was_delivered = [&](const Attempt& attempt) { return attempt.key == key && attempt.was_delivered; };
    // The last few attempts are enough: what was delivered long ago is not pending in the store.
    const auto recent = attempts_.size() > 200 ? attempts_.end() - 200 : attempts_.begin();
    if (!may_repeat_.contains(key) && std::any_of(recent, attempts_.end(), was_delivered)) {
        broke(fmt::format("page {} leaves again after it was delivered", key));
    }
}

/// A digest says something, and nothing that is answered already or that somebody else is to be told.
void World::check_digest(const Notification& digest) {
    const auto name = fmt::format("digest {}", digest.page.digest);
    if (digest.held.empty()) broke(name + " leaves and says nothing");
    for (const auto& [held, words] : digest.held) {
        const auto& page = database_->pages.at(held.id);
        const auto& incident = database_->incidents.at(held.incident);
        if (page.state != PageState::Digested)
            broke(fmt::format("{} says page {}, which is {}", name, page.key(), to_string(page.state)));
        if (incident.state != IncidentState::Triggered)
            broke(fmt::format("{} speaks of incident {}, which is {}", name, incident.id.value, to_string(incident.state)));
        if (page.person != digest.page.person || page.via != digest.page.via) broke(name + " holds what is somebody else's");
        check_silence(incident, page);
        check_whom(incident, page);
    }
}

/// A silenced incident pages nobody before its end. What was decided under an earlier cycle was called off when the silence
/// began.
void World::check_silence(const Incident& incident, const Page& page) {
    if (incident.is_silenced() && page.can_be_overtaken()) {  // What a person tells the sender is not silenced.
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
    check_place(incident);
    if (incident.state == IncidentState::Triggered && !incident.is_silenced() && !incident.told_at.is_set()) return;
    const auto is_to_come = [&](PageId id) {
        const auto& page = database_->pages.at(id);
        return page.incident == incident.id && page.urgency == Urgency::Page;
    };
    const auto are_to_come = [&](const std::set<PageId>& pages) { return std::any_of(pages.begin(), pages.end(), is_to_come); };
    if (are_to_come(database_->pending) || are_to_come(database_->digested)) {
        broke(name + " is answered, silenced or told elsewhere, and has pages to come");
    }
}

/// One that is told at another can rely on it: that is open, somebody is or will be paged for it, and it is not the lesser evil.
void World::check_place(const Incident& incident) {
    if (!incident.told_at.is_set()) return;
    const auto name = fmt::format("incident {}", incident.id.value);
    if (incident.state != IncidentState::Triggered || incident.urgency != Urgency::Page)
        broke(name + " needs no page, and is told elsewhere");
    if (!incident.step_due_at) return broke(name + " is told elsewhere and never looks again");
    // It is about to look, at the latest when a clock that was set back is where it was.
    if (*incident.step_due_at <= std::max(latest_, clock_.wall)) return;
    const auto& parent = database_->incidents.at(incident.told_at);
    if (!parent.is_open() || parent.urgency != Urgency::Page)
        return broke(fmt::format("{} is told at {}, which is over", name, parent.id.value));
    if (parent.told_at.is_set() || parent.is_silenced())
        broke(fmt::format("{} is told at {}, which pages nobody", name, parent.id.value));
    if (is_worse(incident.severity, parent.severity))
        broke(fmt::format("{} is worse than {}, where it is told", name, parent.id.value));
    const auto needed = engine::needs_of(incident.service, *roster_);
    if (std::find(needed.begin(), needed.end(), parent.service) == needed.end())
        broke(name + " is told at a service that it does not need");
}

/// The count of what fires is that of the members that do: an incident ends with the last of them and not before.
void World::check_members(const Incident& incident) {
    if (!incident.is_open()) return;
    const auto firing = std::count_if(database_->members.begin(), database_->members.end(), [&](const auto& member) {
        return member.second.incident == incident.id && member.second.is_firing;
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
        if (incident.told_at.is_set()) check_place(incident);
        if (incident.told_at.is_set()) continue;
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
    for (const auto id : database_->digested) {
        const auto& page = database_->pages.at(id);
        if (page.decided_at + std::chrono::minutes{30} < clock_.wall) broke(fmt::format("page {} is held for ever", page.key()));
    }
}

}  // namespace tocsin::simulation
