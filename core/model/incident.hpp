// An incident, the pages that it caused, and its timeline: what the store keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/reason.hpp"
#include "core/model/severity.hpp"

namespace tocsin {

///   triggered --ack--> acknowledged --resolve--> resolved        A snoozed incident is acknowledged with `snoozed_until` set.
///       ^  \______________ resolve ______________/^
///       \__ unack, ack timeout, snooze over ___/
///
/// A silence is beside these states: while `silenced_until` is set nobody is told, whatever the state; when it has come, an
/// incident that is triggered by then is paged for.
enum class IncidentState : std::uint8_t { Triggered, Acknowledged, Resolved };

[[nodiscard]] std::string_view to_string(IncidentState state);
[[nodiscard]] std::optional<IncidentState> parse_incident_state(std::string_view text);

/// Where a notice stands in the queue of triage. None: it is not in the queue (it pages, or it never needed anybody).
enum class TriageState : std::uint8_t { None, New, NeedsInformation, Scheduled, Transferred, NotOurs };

[[nodiscard]] std::string_view to_string(TriageState state);
[[nodiscard]] std::optional<TriageState> parse_triage_state(std::string_view text);

/// Alerts with one incident key, while any is firing. A value: the engine takes one and returns another.
struct Incident {
    IncidentId id;
    std::string key;
    IncidentState state = IncidentState::Triggered;

    std::string source;  ///< Of the alert that opened it, as are the next few.
    std::string rule;
    std::string service;
    std::string escalation;
    std::string summary;
    std::string url;
    Severity severity = Severity::Moderate;  ///< The worst so far, or what a person set.
    Urgency urgency = Urgency::Page;         ///< The loudest so far.

    TimePoint opened_at;
    TimePoint last_alert_at;
    std::int64_t alerts = 0;  ///< All that were taken, repeats too.
    std::int64_t firing = 0;  ///< Followed-up alerts that their sources have not ended.

    std::optional<TimePoint> acknowledged_at;
    std::string acknowledged_by;
    std::optional<TimePoint> snoozed_until;
    std::optional<TimePoint> resolved_at;
    std::string resolved_by;
    bool is_resolved_by_hand = false;  ///< By a person: what fires after that is another incident.

    // Progress of the escalation. A cycle is one run through it from the first step; an ack timeout, an unacknowledge and the end
    // of a snooze begin another.
    std::int32_t cycle = 0;
    std::int32_t round = 0;
    std::int32_t step = 0;                 ///< The step that is paged next.
    std::int32_t outstanding = 0;          ///< Pages of the step paged last that are neither failed nor expired.
    bool is_exhausted = false;             ///< The fallback was paged too (or could not be).
    std::optional<TimePoint> step_due_at;  ///< While it is triggered and silenced: the end of the silence.

    std::string silence;  ///< The name of the one that covers everything that fired in it, with `silenced_until`; else empty.
    std::optional<TimePoint> silenced_until;
    std::vector<std::string> also_silenced_by;  ///< Others that take over from `silence` before that end, in turn.

    std::optional<TimePoint> acknowledgement_ends_at;
    std::optional<TimePoint> hand_over_due_at;  ///< The shift of whoever acknowledged ends, and the policy says `follow`.
    Duration resolve_after{};
    std::optional<TimePoint> resolve_due_at;
    Duration hold_down{};  ///< See Lifecycle, as are the limits of flapping below.

    // Answers
    std::vector<std::string> acknowledgers;  ///< Of this cycle, in order; more than one where the policy asks for several.
    std::string assigned_to;                 ///< The person or schedule that somebody gave it to; empty: whom the policy names.
    bool is_severity_by_hand = false;        ///< A person set the severity: alerts raise it, but the rule's own is no news.
    /// The worst that its alerts said; the severity too, unless a person set that.
    Severity said_severity = Severity::Moderate;

    // Its place among other incidents
    IncidentId merged_into;    ///< Set: resolved, and what happens to its key goes on there.
    std::string origin_key;    ///< Where `key` is not that of its alerts: theirs. Split off, or older than a newer one.
    IncidentId told_at;        ///< The incident of a service that this one's depends on: told there, not paged for.
    bool is_digested = false;  ///< Its pages are folded into somebody's digest.
    bool is_drill = false;     ///< A fire drill: real pages, marked as such.

    // Flapping
    std::int32_t flaps = 0;                       ///< How often it fired again after it was over, since it was last quiet.
    std::optional<TimePoint> flaps_since;         ///< When the first of them was.
    Duration calm{};                              ///< While it is flapping: so long without a change ends that.
    std::optional<TimePoint> flapping_until;      ///< Until then it counts as flapping: one page for all of it.
    std::optional<TimePoint> resolve_held_until;  ///< The source said that it is over; believed if nothing fires until then.

    // Triage
    std::string missing;  ///< Fields that the rule asks for and that no alert had, "payload.a, payload.b"; empty: actionable.
    TriageState triage = TriageState::None;
    std::string triage_detail;                 ///< With Transferred the team, with Scheduled when, else what was said.
    std::optional<TimePoint> communicated_at;  ///< When the sender or the stakeholders were told last.
    std::string reply_to;                      ///< Where the sender is told: a URL, or empty.
    std::int32_t replies = 0;                  ///< How many were sent there.

    /// When the engine has to look at it again: the earliest of the above, or nothing.
    [[nodiscard]] std::optional<TimePoint> wake_at() const;
    [[nodiscard]] bool is_open() const { return state != IncidentState::Resolved; }
    /// Whether it waits in the queue of triage.
    [[nodiscard]] bool is_queued() const { return is_open() && triage != TriageState::None && triage != TriageState::NotOurs; }
    [[nodiscard]] bool is_silenced() const { return silenced_until.has_value(); }
    /// Its end is being held back: whom to page next, and every other wait, waits until it fires again or is over.
    [[nodiscard]] bool is_held() const { return resolve_held_until.has_value() && !flapping_until.has_value(); }
    /// Whether the silence of that name has a part in it.
    [[nodiscard]] bool is_silenced_by(std::string_view name) const;

    friend bool operator==(const Incident&, const Incident&) = default;
};

/// An alert that its source will follow up, within an incident.
struct Member {
    IncidentId incident;
    std::string source;
    std::string alert_key;
    bool is_firing = true;
    std::optional<TimePoint> began_at{};  ///< The latest Alert::began_at, if the source says it.
    friend bool operator==(const Member&, const Member&) = default;
};

/// Digested: held back; the person's digest says it, and what becomes of the digest's page becomes of this one.
enum class PageState : std::uint8_t { Pending, Delivered, Failed, Overtaken, Digested };

[[nodiscard]] std::string_view to_string(PageState state);
[[nodiscard]] std::optional<PageState> parse_page_state(std::string_view text);

/// `Page::step` of those that belong to no step.
inline constexpr std::int32_t kFallbackStep = -1;
inline constexpr std::int32_t kNoticeStep = -2;
inline constexpr std::int32_t kAssignedStep = -3;  ///< To whom it was given, by a person or at a hand-over.
inline constexpr std::int32_t kReplyStep = -10;    ///< To the sender; its round is the number of the reply.
inline constexpr std::int32_t kRelayStep = -11;    ///< To where an alert came from: see core/engine/relay.hpp.

/// One message to one person by one contact method: about one incident, a digest that stands for several such, or about a topic
/// of its own.
struct Page {
    PageId id;
    IncidentId incident;  ///< Not set: a digest, or about its topic.
    /// What it is about that is no incident, the same for all who are told of it: "shift-begins-learner-primary-1772323200"; else
    /// empty.
    std::string topic;
    std::string text;                 ///< What it says, where no incident does: the first line is the subject.
    Urgency urgency = Urgency::Page;  ///< Page or Notice.
    std::int32_t cycle = 0;
    std::int32_t round = 0;
    std::int32_t step = 0;
    std::string person;
    std::string via;      ///< The contact's name.
    std::string channel;  ///< The daemon's channel.
    std::string address;
    Reason reason = Reason::FirstStep;
    std::string why;     ///< For people: "on call in learner-primary (layer day)".
    std::string digest;  ///< The name of the digest that this is, or that holds it; else empty.

    PageState state = PageState::Pending;
    TimePoint decided_at;
    TimePoint due_at;      ///< Not before then; moved by every failed attempt.
    TimePoint give_up_at;  ///< Undelivered then: failed.
    std::int32_t attempts = 0;
    std::string last_error;

    /// Who is sending it, until when. Empty: nobody.
    std::string lease_owner;
    TimePoint lease_until;

    /// "2", "fallback", "notice", "assigned", "reply", "relay".
    [[nodiscard]] std::string step_name() const;
    /// Stands for all pages that are held in it: those of its `digest` and `via` that are Digested.
    [[nodiscard]] bool is_digest() const { return !incident.is_set() && !digest.empty(); }
    /// The first line of `text`.
    [[nodiscard]] std::string_view subject() const { return std::string_view(text).substr(0, text.find('\n')); }
    [[nodiscard]] bool is_about_topic() const { return !incident.is_set() && digest.empty(); }
    /// The idempotency key, the same for every attempt: "42-0-1-2-lahore-a-push" (incident, cycle, round, step, person, contact);
    /// of a digest "digest-lahore-a.1795334400000-push"; about a topic "<topic>-lahore-a-push"; of a relay, which needs its id,
    /// "42-relay-1007-opsgenie-close".
    [[nodiscard]] std::string key() const;
    [[nodiscard]] bool is_relay() const { return step == kRelayStep; }
    /// What goes to senders does not.
    [[nodiscard]] bool is_to_person() const { return step > kReplyStep; }
    /// Whether it is called off when the incident is answered: what is told to the sender is not.
    [[nodiscard]] bool can_be_overtaken() const { return is_to_person(); }

    friend bool operator==(const Page&, const Page&) = default;
};

/// A page that a digest stands for, and what it is about.
struct HeldPage {
    Page page;
    Incident incident;
};

/// Something that happened to an incident.
struct TimelineEntry {
    IncidentId incident;
    TimePoint at;
    Reason reason = Reason::Opened;
    std::string actor;   ///< A person, a source, or empty for tocsin itself.
    std::string detail;  ///< For people, one line.
    friend bool operator==(const TimelineEntry&, const TimelineEntry&) = default;
};

}  // namespace tocsin
