#include "core/engine/escalation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/engine/paging.hpp"
#include "core/engine/shadows.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {
namespace {

const Escalation* policy_of(const Incident& incident, const Roster& roster) {
    if (const auto* policy = roster.escalation(incident.escalation)) return policy;
    return roster.escalation(roster.default_escalation);
}

Page page_like(const Incident& incident, std::int32_t step, Reason why) {
    Page like;
    like.incident = incident.id;
    like.urgency = step == kNoticeStep ? Urgency::Notice : Urgency::Page;
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

/// Makes the pages a part of the transition; false if there is none.
bool add_step_pages(Transition& t, std::vector<Page> pages, TimePoint now) {
    if (pages.empty()) return false;
    record_pages(t, pages, now, "paged");
    t.incident.outstanding = static_cast<std::int32_t>(pages.size());
    std::move(pages.begin(), pages.end(), std::back_inserter(t.pages));
    return true;
}

void nobody_is_reachable(Transition& t, TimePoint now, std::string detail) {
    record(t, now, Reason::NobodyReachable, {},
           fmt::format("{}; trying again in {}", detail, format_duration(limits::kNobodyReachableRetry)));
    t.incident.is_exhausted = true;
    t.incident.outstanding = 0;
    t.incident.step_due_at = now + limits::kNobodyReachableRetry;
}

void page_fallback(Transition& t, const Escalation& policy, const Roster& roster, TimePoint now) {
    const auto to = recipients({&policy.fallback, 1}, roster, now);
    t.incident.is_exhausted = true;
    if (!add_step_pages(t, pages_for(to, page_like(t.incident, kFallbackStep, Reason::Fallback), now), now)) {
        nobody_is_reachable(t, now,
                            fmt::format("the fallback of {} ({}) has nobody who can be paged", policy.id, policy.fallback.id));
        return;
    }
    t.incident.step_due_at = now + policy.repeat_after;
}

/// After the pages of the step that they look on at.
void tell_shadows(Transition& t, std::span<const Target> targets, const Roster& roster, const Page& like, TimePoint now) {
    auto notices = notices_for_shadows(targets, t.pages, roster, like, now);
    record_pages(t, notices, now, "told");
    std::move(notices.begin(), notices.end(), std::back_inserter(t.pages));
}

std::string names_of(std::span<const Target> targets) {
    std::string names;
    for (const auto& target : targets) names += (names.empty() ? "" : ", ") + to_string(target);
    return names;
}

/// A notice goes to whoever does triage now; if nobody does, when somebody begins.
void tell_triage(Transition& t, const Roster& roster, TimePoint now) {
    constexpr auto kHorizon = std::chrono::days{28};
    auto& incident = t.incident;
    incident.step_due_at.reset();
    const auto* service = roster.service(incident.service);
    const auto& name = service != nullptr && !service->triage.empty() ? service->triage : roster.default_triage;
    const auto* schedule = roster.schedule(name);
    if (schedule == nullptr) {
        record(t, now, Reason::Noticed, {}, "nobody is told: neither the service nor the rulebook names a triage schedule");
        return;
    }
    const Target target{Target::Kind::Schedule, schedule->id};
    auto pages = notices_for(recipients({&target, 1}, roster, now), page_like(incident, kNoticeStep, Reason::Noticed), now);
    if (!pages.empty()) {
        record_pages(t, pages, now, "told");
        std::move(pages.begin(), pages.end(), std::back_inserter(t.pages));
        return;
    }
    incident.step_due_at = oncall::next_change(*schedule, now, now + kHorizon);
    record(t, now, Reason::Noticed, {},
           incident.step_due_at
               ? fmt::format("nobody has triage in {} now; looking again at {}", schedule->id, format_utc(*incident.step_due_at))
               : fmt::format("nobody is told: {} has nobody for the next 28 days", schedule->id));
}

}  // namespace

void record(Transition& t, TimePoint at, Reason reason, std::string actor, std::string detail) {
    t.timeline.push_back({t.incident.id, at, reason, std::move(actor), std::move(detail)});
}

void begin_escalation(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    if (t.incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    const auto* policy = policy_of(t.incident, roster);
    const auto wait = policy == nullptr || policy->steps.empty() ? Duration{0} : policy->steps.front().after;
    if (wait.count() > 0) {
        t.incident.step_due_at = now + wait;
        return;
    }
    page_next_step(t, roster, now, why);
}

void begin_again(Transition& t, const Roster& roster, TimePoint now, Reason why) {
    auto& incident = t.incident;
    incident.state = IncidentState::Triggered;
    incident.acknowledged_at.reset();
    incident.acknowledged_by.clear();
    incident.acknowledgement_ends_at.reset();
    incident.snoozed_until.reset();
    incident.step_due_at.reset();
    ++incident.cycle;
    incident.round = 0;
    incident.step = 0;
    incident.outstanding = 0;
    incident.is_exhausted = false;
    t.overtakes_pages = true;
    if (incident.is_silenced()) {
        incident.step_due_at = incident.silenced_until;
        return;
    }
    if (incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    page_next_step(t, roster, now, why);
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
        const auto like = page_like(incident, incident.step, why);
        const bool reached = add_step_pages(t, pages_for(recipients(step.page, roster, now), like, now), now);
        ++incident.step;
        if (reached) {
            tell_shadows(t, step.page, roster, like, now);
            const bool has_next = incident.step < steps;
            incident.step_due_at =
                now + (has_next ? policy->steps[static_cast<std::size_t>(incident.step)].after : policy->repeat_after);
            return;
        }
        record(t, now, Reason::StepEmpty, {},
               fmt::format("step {} of {} has nobody who can be paged ({}): skipped", incident.step, policy->id,
                           names_of(step.page)));
        why = Reason::StepEmpty;
        ++empty_in_a_row;
    }
    page_fallback(t, *policy, roster, now);
}

void step_timed_out(Transition& t, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    incident.step_due_at.reset();
    if (incident.urgency == Urgency::Notice) return tell_triage(t, roster, now);
    if (incident.is_exhausted) {
        if (incident.outstanding == 0) return begin_again(t, roster, now, Reason::NextRound);
        return record(t, now, Reason::GaveUp, {},
                      "everybody whom the policy names was paged and nobody answered; the incident stays open");
    }
    const auto* policy = policy_of(incident, roster);
    const bool is_first = incident.round == 0 && incident.step == 0;
    const bool is_round_over = policy != nullptr && incident.step >= static_cast<std::int32_t>(policy->steps.size());
    page_next_step(t, roster, now, is_first ? Reason::FirstStep : is_round_over ? Reason::NextRound : Reason::StepTimedOut);
}

void page_was_lost(Transition& t, const Page& page, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    const bool is_of_last_step =
        page.step == kFallbackStep ? incident.is_exhausted : !incident.is_exhausted && page.step == incident.step - 1;
    const bool is_current = page.urgency == Urgency::Page && page.cycle == incident.cycle && page.round == incident.round;
    if (!is_current || !is_of_last_step || incident.outstanding == 0) return;
    --incident.outstanding;
    if (incident.outstanding > 0 || incident.state != IncidentState::Triggered) return;
    if (incident.is_exhausted) return nobody_is_reachable(t, now, "no page could be delivered, not even to the fallback");
    page_next_step(t, roster, now, Reason::StepFailed);
}

Duration acknowledged_for(const Incident& incident, const Roster& roster) {
    const auto* policy = policy_of(incident, roster);
    return policy == nullptr ? Duration{0} : policy->acknowledged_for;
}

}  // namespace tocsin::engine
