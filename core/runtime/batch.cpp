#include "core/runtime/batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/delivery.hpp"
#include "core/engine/flapping.hpp"
#include "core/engine/grouping.hpp"

namespace tocsin::runtime {
namespace {

std::string alert_name(std::string_view source, std::string_view key) {
    std::string name;
    name.reserve(source.size() + 1 + key.size());
    name.append(source).append(1, '\0').append(key);
    return name;
}

}  // namespace

void add_refs(const Message& message, TimePoint now, std::vector<IncidentRef>& refs) {
    if (const auto* arrange = std::get_if<ArrangeMessage>(&message.what)) return add_refs(*arrange, refs);
    const auto whole = [&refs](IncidentId id) { refs.push_back(ref_of(id)); };
    if (const auto* alert = std::get_if<AlertMessage>(&message.what)) {
        add_refs(*alert, now, refs);
    } else if (const auto* dossier = std::get_if<DossierMessage>(&message.what)) {
        add_refs(dossier->alert, now, refs);
        refs.emplace_back().dossier = &dossier->name;
    } else if (const auto* action = std::get_if<ActionMessage>(&message.what)) {
        refs.push_back({{}, action->incident, {}, {}});
    } else if (const auto* attempt = std::get_if<AttemptMessage>(&message.what)) {
        refs.push_back({{}, attempt->notification.page.incident, {}, {}});
        for (const auto& held : attempt->notification.held) refs.push_back({{}, held.page.incident, {}, {}});
    } else if (const auto* stale = std::get_if<StaleMessage>(&message.what)) {
        refs.push_back({{}, stale->page.incident, {}, {}});
    } else if (const auto* merge = std::get_if<MergeMessage>(&message.what)) {
        whole(merge->from);
        whole(merge->into);
    } else if (const auto* split = std::get_if<SplitMessage>(&message.what)) {
        whole(split->incident);
    } else if (const auto* beat = std::get_if<BeatMessage>(&message.what)) {
        refs.push_back(ref_of_watch(beat->watch));
    } else if (const auto* drill = std::get_if<DrillMessage>(&message.what)) {
        refs.emplace_back().key = drill->watch;
    } else if (std::holds_alternative<WatchesMessage>(message.what)) {
        refs.emplace_back().watch = kAllWatches;
        refs.emplace_back().all = IncidentRef::All::HandOvers;
    }
}

void add_refs(const AlertMessage& message, TimePoint now, std::vector<IncidentRef>& refs) {
    auto& ref = refs.emplace_back();
    const bool is_fire = message.alert.action == AlertAction::Fire;
    if (is_fire) ref.key = message.verdict.incident_key;
    const auto reopen_within = message.verdict.lifecycle.reopen_within;
    if (is_fire && reopen_within.count() > 0) ref.resolved_since = now - reopen_within;
    if (message.alert.is_followed_up || !is_fire) {
        ref.source = message.alert.source;
        ref.alert_key = message.alert.key;
    }
    for (const auto& key : message.verdict.beats) refs.push_back(ref_of_watch(key));
}

/// With its members: it may be over by quiet, and reopened in the same batch.
IncidentRef ref_of(IncidentId woken) {
    IncidentRef ref;
    ref.id = woken;
    ref.members = IncidentRef::Members::All;
    return ref;
}

bool is_of_message(const Error& error) { return error.code() == Errc::NotFound || error.code() == Errc::Conflict; }

Batch::Batch(Context context, Locked locked)
    : context_(std::move(context)), others_(context_.store, context_.roster, context_.now) {
    works_.reserve(locked.incidents.size());
    for (auto& incident : locked.incidents) adopt(std::move(incident));
    for (auto& member : locked.members) {
        members_by_alert_[alert_name(member.source, member.alert_key)].push_back(members_.size());
        members_.push_back({std::move(member), false});
    }
    for (auto& dossier : locked.dossiers) dossiers_.push_back({std::move(dossier), false});
    for (auto& watch : locked.watches) watches_.try_emplace(watch.key, WatchWork{watch, false, false});
}

Batch::Work& Batch::adopt(Incident incident) {
    by_id_[incident.id] = works_.size();
    const auto [place, is_first] = by_key_.try_emplace(incident.key, works_.size());
    if (!is_first) {
        const auto& known = works_[place->second].incident;
        const bool is_known_better = known.is_open() && known.key == incident.key;
        if (incident.is_open() || (!is_known_better && known.id < incident.id)) place->second = works_.size();
    }
    const auto sheltered = engine::sheltered_by(incident);
    const auto standing = engine::standing_of(incident);
    return works_.emplace_back(Work{std::move(incident), sheltered, standing, false});
}

Batch::Work* Batch::find_latest(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    auto* work = &works_[found->second];
    while (!work->incident.is_open() && work->incident.merged_into.is_set()) {
        auto* next = find(work->incident.merged_into);
        if (next == nullptr) break;
        work = next;
    }
    return work;
}

Batch::Work* Batch::home_of(const Alert& alert, std::string_view key) {
    const auto* positions = alert.is_followed_up ? members_of(alert) : nullptr;
    if (positions == nullptr) return nullptr;
    for (const auto position : *positions) {
        const auto& member = members_[position].member;
        auto* work = member.is_firing ? find(member.incident) : nullptr;
        if (work == nullptr || !work->incident.is_open()) continue;
        if (work->incident.key == key || work->incident.origin_key == key) return work;
    }
    return nullptr;
}

Batch::Work* Batch::find(IncidentId id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &works_[found->second];
}

const Incident* Batch::incident(IncidentId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &works_[found->second].incident;
}

void Batch::overtake(Overtaken overtaken) {
    for (auto& page : writes_.pages) {  // Those that this very batch decided a moment ago.
        if (overtakes(overtaken, page)) page.state = PageState::Overtaken;
    }
    if (std::find(writes_.overtaken.begin(), writes_.overtaken.end(), overtaken) == writes_.overtaken.end()) {
        writes_.overtaken.push_back(std::move(overtaken));
    }
}

void Batch::take(Work& work, engine::Transition transition, engine::Lateness lateness) {
    const auto id = transition.incident.id;
    const bool may_relay = voice_ == Voice::Ours && !context_.two_way.sources.empty();
    const auto relays = may_relay ? engine::relays_of(work.standing, transition) : std::vector<engine::Relay>{};
    if (!transition.pages.empty()) others_.hold_back(transition, lateness);
    if (transition.overtakes_pages) overtake({id});
    for (auto& person : transition.overtaken_people) overtake({id, std::move(person)});
    work.incident = std::move(transition.incident);
    work.is_changed = true;
    if (engine::shelters_less(work.sheltered, work.incident)) writes_.released.push_back({id, context_.now});
    work.sheltered = engine::sheltered_by(work.incident);
    work.standing = engine::standing_of(work.incident);
    std::move(transition.pages.begin(), transition.pages.end(), std::back_inserter(writes_.pages));
    std::move(transition.timeline.begin(), transition.timeline.end(), std::back_inserter(writes_.timeline));
    if (!relays.empty()) relay(relays, work.incident);
}

engine::Surroundings Batch::around(std::string_view service) {
    return others_.around(service, [this](IncidentId id) { return this->incident(id); });
}

void Batch::advance(Work& work, const engine::Event& event, engine::Lateness lateness) {
    const auto surroundings = engine::may_page(work.incident, event) ? around(work.incident.service) : engine::Surroundings{};
    take(work, engine::advance(std::move(work.incident), event, context_.roster, context_.now, surroundings), lateness);
}

Result<Answer> Batch::dispatch(Message& message) {
    if (auto* alert = std::get_if<AlertMessage>(&message.what)) return apply_alert(*alert);
    if (const auto* action = std::get_if<ActionMessage>(&message.what)) return apply_action(*action);
    if (const auto* merge = std::get_if<MergeMessage>(&message.what)) return apply_merge(*merge);
    if (const auto* split = std::get_if<SplitMessage>(&message.what)) return apply_split(*split);
    if (const auto* stale = std::get_if<StaleMessage>(&message.what)) return apply_stale(*stale);
    if (const auto* beat = std::get_if<BeatMessage>(&message.what)) return apply_beat(beat->watch);
    if (const auto* watches = std::get_if<WatchesMessage>(&message.what)) return apply_watches(*watches);
    if (const auto* drill = std::get_if<DrillMessage>(&message.what)) return apply_drill(*drill);
    if (auto* arrange = std::get_if<ArrangeMessage>(&message.what)) return apply_arrangement(*arrange);
    if (auto* dossier = std::get_if<DossierMessage>(&message.what)) return apply_dossier(*dossier);
    return apply_attempt(std::get<AttemptMessage>(message.what));
}

void Batch::wake(IncidentId id) {
    // Written back even if nothing was due after all: that gives the lease back.
    auto* work = find(id);
    if (work == nullptr) return;
    const auto due_at = work->incident.wake_at().value_or(context_.now);
    advance(*work, engine::Woke{}, engine::lateness(due_at, context_.roster, context_.now));
}

Result<Answer> Batch::apply_alert(AlertMessage& message) {
    IncidentId incident;
    drop_ended_silence(message.verdict);
    for (const auto& key : message.verdict.beats) {
        if (auto beaten = apply_beat(key); !beaten) return beaten;
    }
    message.verdict.resolve_after = engine::quiet_after(message.alert, message.verdict, context_.now);
    auto answer = message.alert.action == AlertAction::Fire ? apply_fire(message, incident)
                                                            : Result<Answer>{apply_follow_up(message, incident)};
    if (!answer) return answer;
    auto& alert = message.alert;
    StoredAlert stored;
    stored.incident = incident;
    stored.received_at = context_.now;
    stored.source = std::move(alert.source);
    stored.action = alert.action_name.empty() ? std::string(to_string(alert.action)) : std::move(alert.action_name);
    stored.key = std::move(alert.key);
    stored.trace = std::move(message.trace);
    stored.rule = std::move(message.verdict.rule);
    stored.payload = std::move(message.payload);
    writes_.alerts.push_back(std::move(stored));
    return answer;
}

Result<Answer> Batch::apply_fire(const AlertMessage& message, IncidentId& incident) {
    const auto& verdict = message.verdict;
    auto* work = home_of(message.alert, verdict.incident_key);
    auto place = engine::Place::Joins;
    if (work == nullptr) {
        work = find_latest(verdict.incident_key);
        place = engine::place_of(work == nullptr ? nullptr : &work->incident, verdict, context_.now);
    }
    switch (place) {
        case engine::Place::Nowhere: return Answer{};
        case engine::Place::Opens: return open(message, incident);
        case engine::Place::OpensBeside: {
            // What was merged stands under its own key: there is nothing to give up.
            const bool has_key = work->incident.key == verdict.incident_key;
            if (has_key) take(*work, engine::stand_aside(std::move(work->incident), context_.now));
            return open(message, incident);
        }
        case engine::Place::Joins: join_into(*work, message); break;
        case engine::Place::Reopens: reopen(*work, message); break;
    }
    incident = work->incident.id;
    return answer_about(*work);
}

Result<Answer> Batch::open(const AlertMessage& message, IncidentId& incident) {
    const auto id = context_.next_incident_id();
    if (!id) return id.error();
    auto answer = adopt_opened(
        engine::open(*id, message.alert, message.verdict, context_.roster, context_.now, around(message.verdict.service)));
    (void)join(message.alert, *id);  // It was counted when the incident opened.
    incident = *id;
    return answer;
}

void Batch::join_into(Work& work, const AlertMessage& message) {
    const auto before = join(message.alert, work.incident.id);
    advance(work, engine::fired_into(work.incident, message.alert, message.verdict, before));
}

/// What fired in it when it was over by quiet fires no longer.
void Batch::reopen(Work& work, const AlertMessage& message) {
    for (const auto position : members_in(work.incident.id)) {
        auto& member = members_[position];
        member.is_changed = member.is_changed || member.member.is_firing;
        member.member.is_firing = false;
    }
    const auto surroundings = around(message.verdict.service);
    take(work,
         engine::reopen(std::move(work.incident), message.alert, message.verdict, context_.roster, context_.now, surroundings));
    (void)join(message.alert, work.incident.id);
}

std::vector<std::size_t>* Batch::members_of(const Alert& alert) {
    const auto found = members_by_alert_.find(alert_name(alert.source, alert.key));
    return found == members_by_alert_.end() ? nullptr : &found->second;
}

engine::Membership Batch::join(const Alert& alert, IncidentId id) {
    if (!alert.is_followed_up) return engine::Membership::Firing;
    if (const auto* positions = members_of(alert)) {
        for (const auto position : *positions) {
            auto& work = members_[position];
            if (work.member.incident != id) continue;
            if (engine::began_later(alert, work.member)) {
                work.member.began_at = alert.began_at;
                work.is_changed = true;
            }
            if (work.member.is_firing) return engine::Membership::Firing;
            work.member.is_firing = true;
            work.is_changed = true;
            return engine::Membership::NotFiring;
        }
    }
    put_member({id, alert.source, alert.key, true, alert.began_at});
    return engine::Membership::NotFiring;
}

void Batch::put_member(Member member) {
    members_by_alert_[alert_name(member.source, member.alert_key)].push_back(members_.size());
    members_.push_back({std::move(member), true});
}

Answer Batch::apply_follow_up(const AlertMessage& message, IncidentId& incident) {
    Answer answer;
    const auto* positions = members_of(message.alert);
    if (positions == nullptr) return answer;
    for (const auto position : *positions) {
        auto& member = members_[position];
        auto* work = find(member.member.incident);
        if (work == nullptr || !work->incident.is_open()) continue;
        const auto before = member.member.is_firing ? engine::Membership::Firing : engine::Membership::NotFiring;
        if (engine::is_old_end(message.alert, member.member)) continue;
        if (message.alert.action == AlertAction::Resolve && member.member.is_firing) {
            member.member.is_firing = false;
            member.is_changed = true;
        }
        if (!engine::is_echo(message.alert, work->incident, context_.two_way)) {
            advance(*work, engine::said(message.alert, before));
        }
        if (answer.incident) continue;
        answer = answer_about(*work);
        incident = work->incident.id;
    }
    return answer;
}

Result<Answer> Batch::apply_action(const ActionMessage& message) {
    auto* work = find(message.incident);
    if (work == nullptr) return Error{Errc::NotFound, fmt::format("there is no incident {}", message.incident.value)};
    advance(*work, message.event);
    return answer_about(*work);
}

Answer Batch::apply_attempt(const AttemptMessage& message) {
    if (message.notification.page.is_digest()) return apply_digest_attempt(message);
    const auto outcome = message.outcome ? Result<void>{} : Result<void>{message.outcome.error()};
    auto page = engine::after_attempt(message.notification.page, outcome, context_.now, context_.rng);
    writes_.attempted.push_back(page);
    auto* work = find(page.incident);
    if (work == nullptr) return {};
    switch (page.state) {
        case PageState::Delivered: advance(*work, engine::Delivered{std::move(page)}); break;
        case PageState::Failed: advance(*work, engine::Undelivered{std::move(page)}); break;
        case PageState::Pending: advance(*work, engine::Delayed{std::move(page)}); break;
        case PageState::Overtaken:
        case PageState::Digested: break;
    }
    return answer_about(*work);
}

Answer Batch::answer_about(const Work& work) {
    Answer answer;
    answer.incident = Answer::About{work.incident.id, work.incident.state, false};
    return answer;
}

Writes Batch::finish(const Numbering& numbering) {
    for (const auto& work : works_) {
        if (work.is_changed) writes_.incidents.push_back(work.incident);
    }
    for (const auto& work : members_) {
        if (work.is_changed) writes_.members.push_back(work.member);
    }
    for (const auto& [key, work] : watches_) {
        if (work.is_forgotten) {
            writes_.forgotten_watches.push_back(key);
        } else if (work.is_changed) {
            writes_.watches.push_back(work.watch);
        }
    }
    for (auto& work : dossiers_) {
        if (work.is_changed) writes_.dossiers.push_back(std::move(work.dossier));
    }
    auto alert = numbering.first_alert;
    for (auto& stored : writes_.alerts) stored.id = AlertId{alert++};
    auto next = numbering.first_page;
    for (auto& page : writes_.pages) {
        page.id = PageId{next++};
        if (page.state != PageState::Pending || page.due_at > context_.now || page.is_digest()) continue;
        page.lease_owner = context_.node;
        page.lease_until = numbering.lease_until;
    }
    return std::move(writes_);
}

std::vector<Notification> Batch::leaving(const Writes& writes) const {
    std::vector<Notification> notifications;
    for (const auto& page : writes.pages) {
        if (page.lease_owner.empty()) continue;
        if (!page.incident.is_set()) notifications.push_back({page, {}});
        if (const auto* about = incident(page.incident)) notifications.push_back({page, *about});
    }
    return notifications;
}

}  // namespace tocsin::runtime
