#include "core/engine/rehearsal.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::engine {

void Rehearsal::apply(Transition transition) {
    const auto& incident = transition.incident;
    if (transition.overtakes_pages) {
        std::erase_if(pending_, [&](const Page& page) { return page.incident == incident.id; });
    }
    std::move(transition.pages.begin(), transition.pages.end(), std::back_inserter(pending_));
    std::move(transition.timeline.begin(), transition.timeline.end(), std::back_inserter(timeline_));
    incidents_[incident.id] = transition.incident;
}

std::optional<TimePoint> Rehearsal::next_due() const {
    std::optional<TimePoint> earliest;
    const auto consider = [&](TimePoint at) {
        if (!earliest || at < *earliest) earliest = at;
    };
    for (const auto& page : pending_) consider(page.due_at);
    for (const auto& [id, incident] : incidents_) {
        if (const auto wake = incident.wake_at(); wake && incident.is_open()) consider(*wake);
    }
    return earliest;
}

void Rehearsal::play_instant(TimePoint at) {
    for (auto& [id, incident] : incidents_) {
        const auto wake = incident.wake_at();
        if (incident.is_open() && wake && *wake <= at) apply(advance(incident, Woke{}, roster_, at));
    }
    std::vector<Page> leaving;
    const auto is_due = [&](const Page& page) { return page.due_at <= at; };
    std::copy_if(pending_.begin(), pending_.end(), std::back_inserter(leaving), is_due);
    std::erase_if(pending_, is_due);
    for (auto& page : leaving) {
        page.state = PageState::Delivered;
        const auto id = page.incident;
        sent_.push_back({page, at});
        apply(advance(incidents_.at(id), Delivered{std::move(page)}, roster_, at));
    }
}

void Rehearsal::run_until(TimePoint until) {
    for (auto due = next_due(); due && *due <= until; due = next_due()) play_instant(*due);
}

void Rehearsal::alert(const Alert& alert, const Verdict& verdict, TimePoint at) {
    run_until(at);
    if (alert.action != AlertAction::Fire) return follow_up(alert, at);
    const auto open_one = std::find_if(incidents_.begin(), incidents_.end(), [&](const auto& entry) {
        return entry.second.is_open() && entry.second.key == verdict.incident_key;
    });
    if (open_one == incidents_.end()) {
        if (verdict.urgency == Urgency::Record) return;
        const IncidentId id{++last_id_};
        apply(open(id, alert, verdict, roster_, at));
        if (alert.is_followed_up) members_.push_back({id, alert.source, alert.key, true});
        return play_instant(at);
    }
    const auto id = open_one->first;
    apply(advance(open_one->second, fired(alert, verdict, join(alert, id)), roster_, at));
    play_instant(at);
}

Membership Rehearsal::join(const Alert& alert, IncidentId id) {
    if (!alert.is_followed_up) return Membership::Firing;
    for (auto& member : members_) {
        if (member.incident != id || member.source != alert.source || member.alert_key != alert.key) continue;
        return std::exchange(member.is_firing, true) ? Membership::Firing : Membership::NotFiring;
    }
    members_.push_back({id, alert.source, alert.key, true});
    return Membership::NotFiring;
}

void Rehearsal::follow_up(const Alert& alert, TimePoint at) {
    for (auto& member : members_) {
        if (member.source != alert.source || member.alert_key != alert.key) continue;
        const auto before = member.is_firing ? Membership::Firing : Membership::NotFiring;
        if (alert.action == AlertAction::Resolve) member.is_firing = false;
        const auto event = said(alert, before);
        apply(advance(incidents_.at(member.incident), event, roster_, at));
    }
    play_instant(at);
}

void Rehearsal::answer(const Event& event, TimePoint at) {
    run_until(at);
    for (auto& [id, incident] : incidents_) {
        if (incident.is_open()) apply(advance(incident, event, roster_, at));
    }
    play_instant(at);
}

const Incident* Rehearsal::newest(std::string_view incident_key) const {
    const auto found =
        std::find_if(incidents_.rbegin(), incidents_.rend(), [&](const auto& entry) { return entry.second.key == incident_key; });
    return found == incidents_.rend() ? nullptr : &found->second;
}

void Rehearsal::acknowledge(const std::string& person, TimePoint at) { answer(Acknowledge{person}, at); }
void Rehearsal::snooze(const std::string& person, Duration lasts, TimePoint at) { answer(Snooze{person, at + lasts}, at); }
void Rehearsal::resolve(const std::string& person, TimePoint at) { answer(Resolve{person, {}}, at); }

}  // namespace tocsin::engine
