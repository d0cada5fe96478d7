#include "core/engine/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/assert.hpp"
#include "core/engine/acknowledgement.hpp"
#include "core/engine/assignment.hpp"
#include "core/engine/drill.hpp"
#include "core/engine/ending.hpp"
#include "core/engine/escalation.hpp"
#include "core/engine/flapping.hpp"
#include "core/engine/relay.hpp"
#include "core/engine/severity.hpp"
#include "core/engine/silence.hpp"
#include "core/engine/triage.hpp"

namespace tocsin::engine {
namespace {

template <class... Ts>
struct Overload : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overload(Ts...) -> Overload<Ts...>;

void start_quiet_timer(Incident& incident, Duration resolve_after, TimePoint now) {
    if (resolve_after.count() > 0) incident.resolve_after = resolve_after;
    if (incident.resolve_after.count() > 0) incident.resolve_due_at = now + incident.resolve_after;
}

/// One of the functions below per event; each changes the transition in place. None is called for a resolved incident.
class Advance {
public:
    Advance(Transition& t, const Roster& roster, TimePoint now) : t_(t), incident_(t.incident), roster_(roster), now_(now) {}

    void operator()(const Fired& fired) {
        std::optional<Flap> flap;
        if (was_over(incident_, now_)) flap = count_flap(t_, fired, now_);
        ++incident_.alerts;
        incident_.last_alert_at = now_;
        if (fired.is_new_member) ++incident_.firing;
        start_quiet_timer(incident_, fired.resolve_after, now_);
        if (incident_.service.empty()) incident_.service = fired.service;
        if (incident_.escalation.empty()) incident_.escalation = fired.escalation;
        if (fired.lifecycle.hold_down.count() > 0) incident_.hold_down = fired.lifecycle.hold_down;
        const auto cycle = incident_.cycle;
        take_severity(t_, fired, roster_, now_);
        take_answers(incident_, fired);
        take_silence(fired);
        if (is_louder(fired.urgency, incident_.urgency)) raise_urgency(fired);
        if (flap && incident_.cycle == cycle) page_again(t_, roster_, now_, *flap);
    }

    void operator()(const Ended& ended) {
        if (!ended.was_firing) return;
        incident_.firing = std::max<std::int64_t>(0, incident_.firing - 1);
        const auto& actor = ended.actor.empty() ? ended.source : ended.actor;
        if (incident_.firing == 0) return all_ended(t_, now_, actor);
        record(t_, now_, Reason::AlertEnded, actor, fmt::format("one alert is over, {} still firing", incident_.firing));
    }

    void operator()(const Acknowledge& ack) {
        acknowledge(t_, roster_, now_, ack.actor);
        const bool is_taken = incident_.state == IncidentState::Acknowledged;
        if (incident_.is_drill && is_taken) resolve(t_, now_, Reason::Drill, ack.actor, passed(incident_, now_));
    }

    void operator()(const Unacknowledge& unack) {
        if (incident_.state != IncidentState::Acknowledged) return;
        record(t_, now_, Reason::Unacknowledged, unack.actor, "");
        begin_again(t_, roster_, now_, Reason::Unacknowledged);
    }

    void operator()(const Snooze& snooze) {
        if (snooze.until <= now_) return;
        rest(t_);
        incident_.state = IncidentState::Acknowledged;
        incident_.acknowledged_at = now_;
        incident_.acknowledged_by = snooze.actor;
        incident_.snoozed_until = snooze.until;
        record(t_, now_, Reason::Snoozed, snooze.actor, fmt::format("until {}", format_utc(snooze.until)));
    }

    void operator()(const EndSnooze& end) {
        if (incident_.snoozed_until) end_snooze(end.actor);
    }

    void operator()(const Resolve& by) { resolve(t_, now_, Reason::Resolved, by.actor, by.note); }

    void operator()(const Note& note) {
        record(t_, now_, Reason::Noted, note.actor, note.text);
        if (incident_.acknowledgement_ends_at) renew_acknowledgement(incident_, roster_, now_);  // Somebody is at work on it.
    }

    void operator()(const Escalate& by) { escalate_by_hand(t_, by.actor, roster_, now_); }

    void operator()(const Reassign& to) { reassign(t_, to, roster_, now_); }

    void operator()(const ChangeSeverity& change) { change_severity(t_, change, roster_, now_); }

    void operator()(const Triage& by) {
        if (incident_.urgency != Urgency::Notice) return;
        set_triage(t_, by, now_);
        if (by.state == TriageState::New || by.state == TriageState::Transferred) {
            return begin_again(t_, roster_, now_, Reason::TriageChanged);
        }
        const bool is_put_off = by.state == TriageState::Scheduled && by.until;
        is_put_off ? (*this)(Snooze{by.actor, *by.until}) : (*this)(Acknowledge{by.actor});
    }

    void operator()(const Communicate& by) { communicate(t_, by, now_); }

    void operator()(Beat) { resolve(t_, now_, Reason::HeartbeatBack, {}, "it was heard again"); }

    void operator()(const SilenceChanged& change) { change_silence(t_, change, roster_, now_); }

    /// Looked at by the calendar that is in force then, not by that of now.
    void operator()(ShiftsChanged) {
        if (incident_.hand_over_due_at) incident_.hand_over_due_at = now_;
    }

    void operator()(const Said& said) { record(t_, now_, Reason::SourceSaid, said.actor, said.what); }

    void operator()(Woke) {
        const auto is_due = [this](const std::optional<TimePoint>& at) { return at && *at <= now_; };
        if (is_due(incident_.resolve_due_at)) {
            return incident_.is_drill ? resolve(t_, now_, Reason::Drill, {}, failed(incident_)) : went_quiet(t_, now_);
        }
        if (is_due(incident_.resolve_held_until)) return hold_is_over(t_, now_);
        if (incident_.is_held()) return;
        if (is_due(incident_.flapping_until)) return end_flapping(t_, now_);
        if (is_due(incident_.silenced_until)) return end_silence(t_, roster_, now_, {}, "is over");
        if (is_due(incident_.snoozed_until)) return end_snooze({});
        if (is_due(incident_.acknowledgement_ends_at)) {
            record(t_, now_, Reason::AcknowledgementEnded, {},
                   fmt::format("acknowledged by {} and silent since: paging again", incident_.acknowledged_by));
            return begin_again(t_, roster_, now_, Reason::AcknowledgementEnded);
        }
        if (is_due(incident_.hand_over_due_at)) return hand_over(t_, roster_, now_);
        if (is_due(incident_.step_due_at)) step_timed_out(t_, roster_, now_);
    }

    void operator()(const Delivered& delivered) {
        const auto& page = delivered.page;
        if (page.is_relay()) return;  // That it was to go there is written down already.
        record(
            t_, now_, Reason::PageDelivered, {},
            fmt::format("{} has it by {}{}", page.person, page.via, page.digest.empty() ? "" : ", in the digest " + page.digest));
    }

    void operator()(const Delayed& delayed) {
        const auto& page = delayed.page;
        if (page.is_relay() || page.attempts > 1 || incident_.state != IncidentState::Triggered)
            return;  // The first says enough; the page has the rest.
        record(t_, now_, Reason::PageDelayed, {},
               fmt::format("{} by {}: {}; next attempt in {}", page.person, page.via, page.last_error,
                           format_duration(page.due_at - now_)));
    }

    void operator()(const Undelivered& lost) {
        record_loss(lost.page);
        if (lost.page.is_relay() || incident_.is_held())
            return;  // Its pages were called off; if it fires again the step is paged again.
        page_was_lost(t_, lost.page, roster_, now_);
    }

    void record_loss(const Page& page) {
        if (page.is_relay()) return record(t_, now_, Reason::RelayFailed, {}, words_of_lost_relay(page));
        const auto reason = page.due_at >= page.give_up_at ? Reason::PageExpired : Reason::PageFailed;
        record(t_, now_, reason, {},
               fmt::format("{} by {}, attempt {}: {}", page.person, page.via, page.attempts, page.last_error));
    }

private:
    /// Before the urgency is raised, so that a louder alert pages or not by its own silence.
    void take_silence(const Fired& fired) {
        if (is_covered(fired.silenced, now_)) {
            if (incident_.is_silenced()) {
                extend_silence(t_, *fired.silenced, now_);
            } else if (is_louder(fired.urgency, incident_.urgency)) {
                begin_silence(t_, *fired.silenced, now_);
            }
            return;  // What paged before the silence began goes on: somebody is awake already.
        }
        if (!incident_.is_silenced() || is_louder(incident_.urgency, fired.urgency)) return;
        const auto why = fmt::format("does not cover this alert: {}", fired.summary);
        if (is_louder(fired.urgency, incident_.urgency)) return lift_silence(t_, now_, fired.source, why);
        end_silence(t_, roster_, now_, fired.source, why);
    }

    void raise_urgency(const Fired& fired) {
        incident_.urgency = fired.urgency;
        incident_.triage = fired.urgency == Urgency::Notice ? TriageState::New : TriageState::None;
        record(t_, now_, Reason::UrgencyRaised, fired.source, fmt::format("now {}: {}", to_string(fired.urgency), fired.summary));
        begin_again(t_, roster_, now_, Reason::UrgencyRaised);
    }

    void end_snooze(const std::string& actor) {
        record(t_, now_, Reason::SnoozeEnded, actor, "");
        end_schedule(t_, now_);
        begin_again(t_, roster_, now_, Reason::SnoozeEnded);
    }

    Transition& t_;
    Incident& incident_;
    const Roster& roster_;
    TimePoint now_;
};

}  // namespace

Transition open(IncidentId id, const Alert& alert, const Verdict& verdict, const Roster& roster, TimePoint now,
                const Surroundings& around) {
    TOCSIN_ASSERT(verdict.urgency != Urgency::Record, "what is only recorded opens no incident");
    Transition t;
    t.around = &around;
    auto& incident = t.incident;
    incident.id = id;
    incident.key = verdict.incident_key;
    incident.source = alert.source;
    incident.rule = verdict.rule;
    incident.service = verdict.service;
    incident.escalation = verdict.escalation;
    incident.summary = verdict.summary;
    incident.url = alert.url;
    incident.severity = verdict.severity;
    incident.said_severity = verdict.severity;
    incident.urgency = verdict.urgency;
    if (verdict.urgency == Urgency::Notice) incident.triage = TriageState::New;
    incident.missing = fmt::to_string(fmt::join(verdict.missing, ", "));
    incident.reply_to = verdict.reply_to;
    incident.opened_at = now;
    incident.last_alert_at = now;
    incident.alerts = 1;
    incident.firing = alert.is_followed_up ? 1 : 0;
    incident.hold_down = verdict.lifecycle.hold_down;
    start_quiet_timer(incident, verdict.resolve_after, now);
    record(t, now, Reason::Opened, alert.source, incident.summary);
    if (verdict.rule.empty()) record(t, now, Reason::NoRuleMatched, {}, "no rule matches this alert: it goes to triage");
    if (!verdict.missing.empty()) {
        record(t, now, Reason::NotActionable, {}, fmt::format("to triage: the alert lacks {}", incident.missing));
    }
    if (is_covered(verdict.silenced, now)) {
        begin_silence(t, *verdict.silenced, now);
    } else {
        begin_escalation(t, roster, now, Reason::FirstStep);
    }
    t.around = nullptr;
    return t;
}

Transition advance(Incident before, const Event& event, const Roster& roster, TimePoint now, const Surroundings& around) {
    Transition t;
    t.incident = std::move(before);
    t.around = &around;
    Advance step{t, roster, now};
    if (t.incident.is_open()) {
        std::visit(step, event);
        t.around = nullptr;
        return t;
    }
    // Of a resolved incident only what is a fact or a remark is written down.
    std::visit(Overload{[&](const Note& note) { step(note); }, [&](const Delivered& delivered) { step(delivered); },
                        [&](const Undelivered& lost) { step.record_loss(lost.page); }, [&](const Said& said) { step(said); },
                        [&](const Communicate& by) { step(by); }, [](const auto&) {}},
               event);
    t.around = nullptr;
    return t;
}

}  // namespace tocsin::engine
