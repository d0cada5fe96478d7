#include "core/engine/rehearsal.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/limits.hpp"
#include "core/engine/flapping.hpp"
#include "core/engine/grouping.hpp"

namespace tocsin::engine {
namespace {

std::optional<TimePoint> wakes(const Incident& incident) {
    return incident.is_open() ? incident.wake_at() : std::optional<TimePoint>{};
}

}  // namespace

std::string Rehearsal::member_name(const std::string& source, const std::string& key) { return source + '\0' + key; }

Rehearsal::Before Rehearsal::before(const Incident& incident) {
    return {wakes(incident), RehearsedOthers::standing(incident), sheltered_by(incident)};
}

void Rehearsal::apply(Transition transition, const Before& before, TimePoint at) {
    const auto id = transition.incident.id;
    others_.hold_back(transition, at);
    if (transition.overtakes_pages) call_off_pages(id);
    for (const auto& person : transition.overtaken_people) call_off_pages_of(person, id);
    add_pages(std::move(transition.pages));
    std::move(transition.timeline.begin(), transition.timeline.end(), std::back_inserter(timeline_));
    set_timer(id, before.wake, wakes(transition.incident));
    auto& incident = incidents_[id] = std::move(transition.incident);
    others_.moved(id, before.standing, RehearsedOthers::standing(incident));
    if (shelters_less(before.sheltered, incident)) release_children(id, at);
    if (incident.is_open()) return;
    const std::pair closed{*incident.resolved_at, id};
    if (closed_.empty() || closed_.back() != closed) closed_.push_back(closed);
}

void Rehearsal::add_pages(std::vector<Page> pages) {
    for (auto& page : pages) {
        if (page.state == PageState::Digested) {
            others_.hold(std::move(page));
            continue;
        }
        const PageTurn turn{page.due_at, ++last_page_};
        if (!page.is_digest()) pending_of_[page.incident].push_back(turn);
        pending_.emplace(turn, std::move(page));
    }
}

void Rehearsal::set_timer(IncidentId id, std::optional<TimePoint> before, std::optional<TimePoint> after) {
    if (before == after) return;
    if (before) timers_.erase({*before, id});
    if (after) timers_.insert({*after, id});
}

void Rehearsal::release_children(IncidentId parent, TimePoint at) {
    for (const auto id : others_.told_at(parent)) {
        auto& child = incidents_.at(id);
        const auto before = wakes(child);
        child.step_due_at = at;
        set_timer(id, before, wakes(child));
    }
}

void Rehearsal::advance_one(Incident& incident, const Event& event, TimePoint at) {
    const auto known = before(incident);
    const auto around = may_page(incident, event) ? others_.around(incident.service, incidents_) : Surroundings{};
    apply(advance(std::move(incident), event, roster_, at, around), known, at);
}

void Rehearsal::call_off_pages(IncidentId id) {
    others_.call_off(id, {});
    const auto turns = pending_of_.find(id);
    if (turns == pending_of_.end()) return;
    for (const auto& turn : turns->second) pending_.erase(turn);
    pending_of_.erase(turns);
}

void Rehearsal::call_off_pages_of(const std::string& person, IncidentId id) {
    others_.call_off(id, person);
    const auto turns = pending_of_.find(id);
    if (turns == pending_of_.end()) return;
    std::erase_if(turns->second, [&](const PageTurn& turn) {
        const auto page = pending_.find(turn);
        if (page == pending_.end() || page->second.person != person) return false;
        pending_.erase(page);
        return true;
    });
}

std::optional<TimePoint> Rehearsal::next_due() const {
    std::optional<TimePoint> earliest;
    const auto consider = [&](TimePoint at) {
        if (!earliest || at < *earliest) earliest = at;
    };
    if (!pending_.empty()) consider(pending_.begin()->first.first);
    if (!timers_.empty()) consider(timers_.begin()->first);
    if (!answers_.empty()) consider(answers_.begin()->first.first);
    return earliest;
}

void Rehearsal::play_answers(TimePoint at) {
    while (!answers_.empty() && answers_.begin()->first.first <= at) {
        auto answer = answers_.extract(answers_.begin());
        const auto id = answer.key().second;
        answered_.erase(id);
        const auto found = incidents_.find(id);
        if (found == incidents_.end() || found->second.state != IncidentState::Triggered) continue;
        advance_one(found->second, Acknowledge{std::move(answer.mapped())}, at);
    }
}

/// Each once, though its next timer may be due at the same instant: the next turn plays that.
void Rehearsal::play_timers(TimePoint at) {
    std::vector<IncidentId> due;
    for (const auto& [wake, id] : timers_) {
        if (wake > at) break;
        due.push_back(id);
    }
    for (const auto id : due) {
        auto& incident = incidents_.at(id);
        if (incident.is_open()) advance_one(incident, Woke{}, at);
    }
}

void Rehearsal::play_pages(TimePoint at) {
    std::vector<Page> leaving;
    while (!pending_.empty() && pending_.begin()->first.first <= at) {
        leaving.push_back(std::move(pending_.begin()->second));
        pending_.erase(pending_.begin());
    }
    for (auto& page : leaving) {
        page.is_digest() ? deliver_digest(std::move(page), at) : deliver(std::move(page), at);
    }
}

void Rehearsal::deliver(Page page, TimePoint at) {
    page.state = PageState::Delivered;
    auto& incident = incidents_.at(page.incident);
    expect_answer(page, at);
    if (page.digest.empty()) sent_.push_back({page, at});
    advance_one(incident, Delivered{std::move(page)}, at);
}

/// One message for all that it holds; none if all of that was answered meanwhile.
void Rehearsal::deliver_digest(Page digest, TimePoint at) {
    auto pages = others_.take_held(digest);
    if (pages.empty()) return;
    std::vector<HeldPage> held;
    for (const auto& page : pages) held.push_back({page, incidents_.at(page.incident)});
    digest.state = PageState::Delivered;
    digest.why = words_of(held).summary;
    sent_.push_back({std::move(digest), at});
    for (auto& page : pages) deliver(std::move(page), at);
}

void Rehearsal::expect_answer(const Page& page, TimePoint at) {
    if (!acknowledged_after_ || page.urgency != Urgency::Page || !answered_.insert(page.incident).second) return;
    answers_.emplace(std::pair{at + *acknowledged_after_, page.incident}, page.person);
}

void Rehearsal::play_instant(TimePoint at) {
    play_answers(at);
    play_timers(at);
    play_pages(at);
}

void Rehearsal::run_until(TimePoint until) {
    for (auto due = next_due(); due && *due <= until; due = next_due()) play_instant(*due);
    played_until_ = until;
}

IncidentId Rehearsal::alert(const Alert& alert, const Verdict& verdict, TimePoint at) {
    run_until(at);
    const auto id = alert.action == AlertAction::Fire ? fire(alert, verdict, at) : follow_up(alert, at);
    play_instant(at);
    return id;
}

IncidentId Rehearsal::fire(const Alert& alert, const Verdict& verdict, TimePoint at) {
    if (alert.ends_at) {
        auto with_end = verdict;
        with_end.resolve_after = quiet_after(alert, verdict, at);
        return fire_until_quiet(alert, with_end, at);
    }
    return fire_until_quiet(alert, verdict, at);
}

/// The verdict says how long quiet means that it is over.
IncidentId Rehearsal::fire_until_quiet(const Alert& alert, const Verdict& verdict, TimePoint at) {
    auto* incident = home_of(alert, verdict.incident_key);
    auto place = Place::Joins;
    if (incident == nullptr) {
        incident = latest(verdict.incident_key);
        place = place_of(incident, verdict, at);
    }
    switch (place) {
        case Place::Nowhere: return {};
        case Place::Opens: return open_one(alert, verdict, at);
        case Place::OpensBeside: {
            const auto known = before(*incident);
            // What was merged stands under its own key: there is nothing to give up.
            if (incident->key == verdict.incident_key) apply(stand_aside(std::move(*incident), at), known, at);
            return open_one(alert, verdict, at);
        }
        case Place::Joins: join_into(*incident, alert, verdict, at); break;
        case Place::Reopens: reopen_one(*incident, alert, verdict, at); break;
    }
    return incident->id;
}

void Rehearsal::join_into(Incident& incident, const Alert& alert, const Verdict& verdict, TimePoint at) {
    const auto before = join(alert, incident.id);
    advance_one(incident, fired_into(incident, alert, verdict, before), at);
}

Incident* Rehearsal::latest(const std::string& key) {
    const auto found = latest_by_key_.find(key);
    if (found == latest_by_key_.end()) return nullptr;
    auto* incident = &incidents_.at(found->second);
    while (!incident->is_open() && incident->merged_into.is_set()) incident = &incidents_.at(incident->merged_into);
    return incident;
}

Incident* Rehearsal::home_of(const Alert& alert, const std::string& key) {
    const auto members = members_.find(member_name(alert.source, alert.key));
    if (members == members_.end()) return nullptr;
    for (const auto& member : members->second) {
        auto& incident = incidents_.at(member.incident);
        const bool is_home = incident.key == key || incident.origin_key == key;
        if (member.is_firing && incident.is_open() && is_home) return &incident;
    }
    return nullptr;
}

IncidentId Rehearsal::open_one(const Alert& alert, const Verdict& verdict, TimePoint at) {
    const IncidentId id{++last_id_};
    latest_by_key_[verdict.incident_key] = id;
    apply(open(id, alert, verdict, roster_, at, others_.around(verdict.service, incidents_)), {}, at);
    (void)join(alert, id);  // It was counted when the incident opened.
    return id;
}

/// What fired in it when it was over by quiet fires no longer.
void Rehearsal::reopen_one(Incident& incident, const Alert& alert, const Verdict& verdict, TimePoint at) {
    const auto id = incident.id;
    for (const auto& name : member_names_[id]) {
        for (auto& member : members_.at(name)) {
            if (member.incident == id) member.is_firing = false;
        }
    }
    const auto around = others_.around(verdict.service, incidents_);
    apply(reopen(std::move(incident), alert, verdict, roster_, at, around), {}, at);
    (void)join(alert, id);
}

Membership Rehearsal::join(const Alert& alert, IncidentId id) {
    if (!alert.is_followed_up) return Membership::Firing;
    auto& members = members_[member_name(alert.source, alert.key)];
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.incident == id; });
    if (found != members.end()) {
        if (began_later(alert, *found)) found->began_at = alert.began_at;
        return std::exchange(found->is_firing, true) ? Membership::Firing : Membership::NotFiring;
    }
    put_member({id, alert.source, alert.key, true, alert.began_at});
    return Membership::NotFiring;
}

void Rehearsal::put_member(Member member) {
    auto name = member_name(member.source, member.alert_key);
    member_names_[member.incident].push_back(name);
    members_[std::move(name)].push_back(std::move(member));
}

IncidentId Rehearsal::follow_up(const Alert& alert, TimePoint at) {
    IncidentId first;
    const auto found = members_.find(member_name(alert.source, alert.key));
    if (found == members_.end()) return first;
    for (auto& member : found->second) {
        if (!incidents_.at(member.incident).is_open()) continue;
        if (is_old_end(alert, member)) continue;
        const auto before = member.is_firing ? Membership::Firing : Membership::NotFiring;
        if (alert.action == AlertAction::Resolve) member.is_firing = false;
        advance_one(incidents_.at(member.incident), said(alert, before), at);
        if (!first.is_set()) first = member.incident;
    }
    return first;
}

void Rehearsal::act(IncidentId on, const Event& event, TimePoint at) {
    run_until(at);
    advance_one(incidents_.at(on), event, at);
    play_instant(at);
}

void Rehearsal::act_on_all(const Event& event, TimePoint at) {
    run_until(at);
    for (auto& [id, incident] : incidents_) {
        if (incident.is_open()) advance_one(incident, event, at);
    }
    play_instant(at);
}

const Incident* Rehearsal::newest(std::string_view incident_key) const {
    const auto found =
        std::find_if(incidents_.rbegin(), incidents_.rend(), [&](const auto& entry) { return entry.second.key == incident_key; });
    return found == incidents_.rend() ? nullptr : &found->second;
}

void Rehearsal::forget_past() {
    sent_.clear();
    timeline_.clear();
    while (!closed_.empty() && closed_.front().first + limits::kReopenWithinMax < played_until_) {
        const auto [resolved_at, id] = closed_.front();
        closed_.pop_front();
        const auto found = incidents_.find(id);
        if (found != incidents_.end() && found->second.resolved_at == resolved_at) forget(id);
    }
}

void Rehearsal::forget(IncidentId id) {
    const auto latest = latest_by_key_.find(incidents_.at(id).key);
    if (latest != latest_by_key_.end() && latest->second == id) latest_by_key_.erase(latest);
    incidents_.erase(id);
    pending_of_.erase(id);
    const auto names = member_names_.find(id);
    if (names == member_names_.end()) return;
    for (const auto& name : names->second) {
        const auto members = members_.find(name);
        if (members == members_.end()) continue;
        std::erase_if(members->second, [id](const Member& member) { return member.incident == id; });
        if (members->second.empty()) members_.erase(members);
    }
    member_names_.erase(names);
}

}  // namespace tocsin::engine
