#include "core/engine/escalation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/engine/paging.hpp"
#include "core/engine/reach.hpp"
#include "core/engine/shadows.hpp"
#include "core/engine/triage.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {
namespace {

Page page_like(const Incident& incident, std::int32_t step, Reason why) {
    Page like;
    like.incident = incident.id;
    like.urgency = incident.urgency;
    like.cycle = incident.cycle;
    like.round = incident.round;
    like.step = step;
    like.reason = why;
    return like;
}

/// "paged lahore-a by push, by text after 1m: on call in learner-primary (day)", one entry per person.
void record_pages(Transition& t, std::span<const Page> pages, TimePoint now, std::string_view verb) {
    for (auto page = pages.begin(); page != pages.end();) {
        auto detail = fmt::format("{} {}", verb, page->person);
        const auto& first = *page;
        for (; page != pages.end() && page->person == first.person; ++page) {
            detail += fmt::format("{} by {}", page == pages.begin() || &*page == &first ? "" : ",", page->via);
            if (page->due_at > now) detail += fmt::format(" after {}", format_duration(page->due_at - now));
        }
        record(t, now, first.reason, {}, fmt::format("{}: {}", detail, first.why));
    }
}

/// Whoever asked for one contact at a time hears of the newest page only.
void overtake_older_pages(Transition& t, std::span<const Recipient> to) {
    for (const auto& [person, why] : to) {
        if (person->one_at_a_time) t.overtaken_people.push_back(person->id);
    }
}

/// Makes the pages to these people a part of the transition; false if there is none.
bool add_step_pages(Transition& t, std::span<const Recipient> to, const Page& like, TimePoint now) {
    auto pages = pages_for(to, {like, t.incident.severity, now});
    if (pages.empty()) return false;
    overtake_older_pages(t, to);
    record_pages(t, pages, now, "paged");
    t.incident.told_at = {};
    t.incident.outstanding = static_cast<std::int32_t>(pages.size());
    std::move(pages.begin(), pages.end(), std::back_inserter(t.pages));
    return true;
}

std::string joined(std::span<const std::string> texts) { return fmt::to_string(fmt::join(texts, ", ")); }

void record_skipped(Transition& t, std::span<const std::string> skipped, TimePoint now) {
    for (const auto& why : skipped) record(t, now, Reason::PersonSkipped, {}, fmt::format("{}: skipped", why));
}

/// Until step number `next` is paged, or where there is none the next round or the fallback.
Duration wait_until_step(std::int32_t next, const Incident& incident, const Escalation& policy, TimePoint now) {
    const auto index = static_cast<std::size_t>(next);
    if (index >= policy.steps.size()) return policy.repeat_after;
    return wait_before(policy.steps[index], incident.severity, now);
}

/// Some acknowledged and more are asked for, but everybody else was paged or cannot be: it is in hands, and they know.
void nobody_is_left(Transition& t, TimePoint now) {
    record(t, now, Reason::GaveUp, {},
           fmt::format("nobody else can be paged; it stays with {}", joined(t.incident.acknowledgers)));
    t.incident.is_exhausted = true;
    t.incident.outstanding = 0;
    t.incident.step_due_at.reset();
}

void nobody_is_reachable(Transition& t, TimePoint now, std::string detail) {
    record(t, now, Reason::NobodyReachable, {},
           fmt::format("{}; trying again in {}", detail, format_duration(limits::kNobodyReachableRetry)));
    t.incident.is_exhausted = true;
    t.incident.outstanding = 0;
    t.incident.step_due_at = now + limits::kNobodyReachableRetry;
}

void page_fallback(Transition& t, const Escalation& policy, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    const auto found = reach(policy.fallback, incident, roster, now);
    incident.is_exhausted = true;
    if (add_step_pages(t, found.to, page_like(incident, kFallbackStep, Reason::Fallback), now)) {
        incident.step_due_at = now + policy.repeat_after;
    } else if (!incident.acknowledgers.empty()) {
        nobody_is_left(t, now);
    } else {
        nobody_is_reachable(
            t, now, fmt::format("the fallback of {} ({}) has nobody who can be paged", policy.id, to_string(policy.fallback)));
    }
}

/// After the pages of the step that they look on at.
void tell_shadows(Transition& t, std::span<const Target> targets, const Roster& roster, const Page& like, TimePoint now) {
    auto notices = notices_for_shadows(targets, t.pages, roster, like, now);
    record_pages(t, notices, now, "told");
    std::move(notices.begin(), notices.end(), std::back_inserter(t.pages));
}

/// What is written down of a step that pages nobody.
void record_empty(Transition& t, const Escalation& policy, const Reach& found, TimePoint now) {
    const auto why = found.skipped.empty() ? std::string("whom it names has acknowledged already") : joined(found.skipped);
    record(t, now, Reason::StepEmpty, {},
           fmt::format("step {} of {} has nobody who can be paged ({}): skipped", t.incident.step, policy.id, why));
}

/// The same for notices, which nobody waits for.
bool add_notices(Transition& t, std::span<const Recipient> to, const Page& like, TimePoint now) {
    auto pages = notices_for(to, like, now);
    if (pages.empty()) return false;
    record_pages(t, pages, now, "told");
    std::move(pages.begin(), pages.end(), std::back_inserter(t.pages));
    return true;
}

/// A notice goes to whoever does triage now; if nobody does, when somebody begins.
void tell_triage(Transition& t, const Roster& roster, TimePoint now) {
    constexpr auto kHorizon = std::chrono::days{28};
    auto& incident = t.incident;
    incident.step_due_at.reset();
    const auto* schedule = triage_schedule(incident, roster);
    if (schedule == nullptr) {
        record(t, now, Reason::Noticed, {}, "nobody is told: neither the service nor the rulebook names a triage schedule");
        return;
    }
    const Target target{Target::Kind::Schedule, schedule->id};
    const auto to = recipients({&target, 1}, roster, now);
    if (add_notices(t, to, page_like(incident, kNoticeStep, Reason::Noticed), now)) return;
    incident.step_due_at = oncall::next_change(*schedule, now, now + kHorizon);
    record(t, now, Reason::Noticed, {},
           incident.step_due_at
               ? fmt::format("nobody has triage in {} now; looking again at {}", schedule->id, format_utc(*incident.step_due_at))
               : fmt::format("nobody is told: {} has nobody for the next 28 days", schedule->id));
}

void begin_cycle(Incident& incident) {
    incident.state = IncidentState::Triggered;
    incident.acknowledged_at.reset();
    incident.acknowledged_by.clear();
    ++incident.cycle;
    incident.round = 0;
    incident.step = 0;
    incident.outstanding = 0;
    incident.is_exhausted = false;
    incident.is_digested = false;
}

/// Tells the one to whom it was given; false if they cannot be.
bool page_assigned(Transition& t, const Target& target, const Roster& roster, TimePoint now, Reason why) {
    auto& incident = t.incident;
    const auto found = reach(target, incident, roster, now);
    record_skipped(t, found.skipped, now);
    const auto like = page_like(incident, kAssignedStep, why);
    if (incident.urgency == Urgency::Notice) return add_notices(t, found.to, like, now);
    if (!add_step_pages(t, found.to, like, now)) return false;
    const auto* policy = policy_of(incident, roster);
    // Waited for as long as whoever has the first step would be.
    const auto wait = policy == nullptr ? limits::kNobodyReachableRetry : wait_until_step(1, incident, *policy, now);
    incident.step_due_at = now + wait;
    return true;
}

/// What somebody asks for by hand is never left to another incident.
bool is_told_elsewhere(Transition& t, TimePoint now, Reason why) {
    return why != Reason::Reassigned && why != Reason::EscalatedByHand && tell_at_parent(t, now);
}

void begin_steps(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    if (t.incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    if (is_told_elsewhere(t, now, why)) return;
    page_next_step(t, roster, now, why);
}

/// Nobody could be paged some time ago: from the first step again, but not to those who have acknowledged.
void try_again(Transition& t, const Roster& roster, TimePoint now) {
    rest(t);
    begin_cycle(t.incident);
    begin_steps(t, roster, now, Reason::NextRound);
}

/// A person or a schedule; nothing if the rulebook has neither (any more).
std::optional<Target> named(const Roster& roster, const std::string& id) {
    if (roster.person(id) != nullptr) return Target{Target::Kind::Person, id};
    if (roster.schedule(id) != nullptr) return Target{Target::Kind::Schedule, id};
    return {};
}

void start(Transition& t, const std::optional<Target>& first, const Roster& roster, TimePoint now, Reason why) {
    auto& incident = t.incident;
    rest(t);
    incident.acknowledgers.clear();
    begin_cycle(incident);
    if (incident.is_silenced()) {
        incident.step_due_at = incident.silenced_until;
        return;
    }
    if (is_told_elsewhere(t, now, why)) return;
    const bool is_told = first && page_assigned(t, *first, roster, now, why);
    if (!is_told) begin_steps(t, roster, now, why);
}

}  // namespace

const Escalation* policy_of(const Incident& incident, const Roster& roster) {
    if (const auto* policy = roster.escalation(incident.escalation)) return policy;
    return roster.escalation(roster.default_escalation);
}

void rest(Transition& t) {
    t.incident.told_at = {};
    t.incident.step_due_at.reset();
    t.incident.acknowledgement_ends_at.reset();
    t.incident.hand_over_due_at.reset();
    t.incident.snoozed_until.reset();
    t.overtakes_pages = true;
}

void record(Transition& t, TimePoint at, Reason reason, std::string actor, std::string detail) {
    t.timeline.push_back({t.incident.id, at, reason, std::move(actor), std::move(detail)});
}

void begin_escalation(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    if (t.incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    if (tell_at_parent(t, now)) return;
    const auto* policy = policy_of(t.incident, roster);
    const bool has_steps = policy != nullptr && !policy->steps.empty();
    const auto wait = has_steps ? wait_before(policy->steps.front(), t.incident.severity, now) : Duration{0};
    if (wait.count() > 0) {
        t.incident.step_due_at = now + wait;
        return;
    }
    page_next_step(t, roster, now, why);
}

void begin_again(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    start(t, named(roster, t.incident.assigned_to), roster, now, why);
}

void begin_with(Transition& t, const Target& first, const Roster& roster, TimePoint now, Reason why) {
    start(t, first, roster, now, why);
}

void go_on(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    auto& incident = t.incident;
    const auto before = incident;
    rest(t);
    incident.acknowledgers.clear();
    begin_cycle(incident);
    if (!before.is_exhausted) {
        incident.round = before.round;
        incident.step = before.step;
    }
    begin_steps(t, roster, now, why);
}

void page_next_step(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    auto& incident = t.incident;
    const auto* policy = policy_of(incident, roster);
    if (policy == nullptr) {
        record(t, now, Reason::EscalationMissing, {},
               fmt::format("the rulebook has no escalation \"{}\" and no default", incident.escalation));
        return nobody_is_reachable(t, now, "nobody is named");
    }
    const auto steps = static_cast<std::int32_t>(policy->steps.size());
    for (std::int32_t empty_in_a_row = 0; empty_in_a_row < steps;) {
        if (incident.step >= steps) {
            if (incident.round >= policy->repeat) break;
            ++incident.round;
            incident.step = 0;
        }
        const auto& step = policy->steps[static_cast<std::size_t>(incident.step)];
        const auto found = reach(*policy, step, incident, roster, now);
        const bool reached = add_step_pages(t, found.to, page_like(incident, incident.step, why), now);
        ++incident.step;
        if (reached) {
            record_skipped(t, found.skipped, now);
            tell_shadows(t, step.page, roster, page_like(incident, incident.step - 1, why), now);
            incident.step_due_at = now + wait_until_step(incident.step, incident, *policy, now);
            return;
        }
        record_empty(t, *policy, found, now);
        why = Reason::StepEmpty;
        ++empty_in_a_row;
    }
    page_fallback(t, *policy, roster, now);
}

void step_timed_out(Transition& t, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    incident.step_due_at.reset();
    if (incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    if (incident.told_at.is_set()) return look_at_parent(t, roster, now, Reason::ParentOver);
    if (tell_at_parent(t, now)) return;
    if (incident.is_exhausted) {
        if (incident.outstanding == 0) return try_again(t, roster, now);
        return record(t, now, Reason::GaveUp, {},
                      "everybody whom the policy names was paged and nobody answered; the incident stays open");
    }
    const auto* policy = policy_of(incident, roster);
    const bool is_first = incident.cycle == 0 && incident.round == 0 && incident.step == 0;
    const bool is_round_over = policy != nullptr && incident.step >= static_cast<std::int32_t>(policy->steps.size());
    page_next_step(t, roster, now, is_first ? Reason::FirstStep : is_round_over ? Reason::NextRound : Reason::StepTimedOut);
}

void page_was_lost(Transition& t, const Page& page, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    const auto last_step = incident.is_exhausted ? kFallbackStep : incident.step == 0 ? kAssignedStep : incident.step - 1;
    const bool is_of_last_step = page.step == last_step;
    const bool is_current = page.urgency == Urgency::Page && page.cycle == incident.cycle && page.round == incident.round;
    if (!is_current || !is_of_last_step || incident.outstanding == 0) return;
    --incident.outstanding;
    if (incident.outstanding > 0 || incident.state != IncidentState::Triggered) return;
    if (incident.is_exhausted) return nobody_is_reachable(t, now, "no page could be delivered, not even to the fallback");
    page_next_step(t, roster, now, Reason::StepFailed);
}

void hasten(Transition& t, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    if (incident.told_at.is_set()) return look_at_parent(t, roster, now, Reason::BecameWorse);
    const auto* policy = policy_of(incident, roster);
    const bool is_waiting = incident.state == IncidentState::Triggered && incident.urgency == Urgency::Page &&
                            incident.step_due_at && !incident.is_silenced() && !incident.is_exhausted;
    if (!is_waiting || policy == nullptr) return;
    incident.step_due_at = std::min(*incident.step_due_at, now + wait_until_step(incident.step, incident, *policy, now));
}

}  // namespace tocsin::engine
