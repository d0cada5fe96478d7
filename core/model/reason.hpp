// Why a decision fell as it did: one enum for timeline, log, metric label, API and explain.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin {

enum class Reason : std::uint8_t {
    // What the sources said
    Opened,          ///< The first alert with this incident key.
    SeverityRaised,  ///< A later alert was worse.
    UrgencyRaised,   ///< A later alert was louder: what was a notice now pages.
    AlertEnded,      ///< The source said that one of several alerts is over.
    SourceSaid,      ///< The source said something that changes nothing here: tags, owner, custom actions.
    NotActionable,   ///< Fields that the rule needs are missing: to triage instead of a page.
    NoRuleMatched,   ///< No rule matched: to triage.
    Silenced,        ///< A silence covers it: nobody is told until the silence ends.
    SilenceEnded,    ///< The silence is over, or an alert came that it does not cover: what is still open is paged for.
    // Among other incidents
    ToldAtParent,  ///< A service that this one depends on has a worse incident: told there, not paged for.
    ParentOver,    ///< That incident is over, and this one is not: paged for.
    Merged,        ///< Its alerts and its story go on in another incident.
    TookOver,      ///< Another incident was merged into this one.
    SplitOff,      ///< Some alerts were taken out into an incident of their own.
    Flapping,      ///< It ended and fired again too often: one page for all of it.
    FlappingOver,  ///< It has been calm for long enough.
    ResolveHeld,   ///< The source said that it is over; believed if it stays so.
    FiredAgain,    ///< It fired again while the end was held back, or soon after it.
    Digested,      ///< Too many pages at once, or too old after an outage: in a digest instead.
    // Paging
    BecameWorse,        ///< Acknowledged, and then a worse alert came: paged again.
    FirstStep,          ///< The incident began.
    StepTimedOut,       ///< Nobody acknowledged in time.
    NextRound,          ///< Every step was paged; they begin again.
    StepEmpty,          ///< The step has nobody on call who can be reached: skipped at once.
    StepFailed,         ///< Every page of the step failed: on to the next at once.
    Fallback,           ///< The steps are used up.
    NobodyReachable,    ///< Not even the fallback can be paged. The loudest thing there is in the log.
    EscalationMissing,  ///< The policy is not in the rulebook (any more).
    EscalatedByHand,    ///< Somebody asked for the next step.
    Reassigned,         ///< Somebody gave it to somebody else.
    PersonSkipped,      ///< On call, and cannot be reached: no contact, none that works, on vacation.
    HandedOver,         ///< The shift changed while it was open.
    Drill,              ///< A fire drill.
    HeartbeatMissing,   ///< What was expected regularly did not come.
    HeartbeatBack,      ///< ... and came again.
    ShiftBegins,        ///< Somebody is on call from now on.
    ShiftEnds,          ///< Somebody is on call no longer.
    SilenceEndsSoon,    ///< A silence that was made at run time is nearly over.
    Noticed,            ///< Told to the triage rota.
    GaveUp,             ///< Every step, round and the fallback were paged and nobody answered; the incident stays open.
    // Pages
    PageDelivered,
    PageDelayed,    ///< An attempt failed; it will be tried again.
    PageFailed,     ///< Given up: the provider refused it for good.
    PageExpired,    ///< Given up: still undelivered at its deadline.
    PageOvertaken,  ///< Not sent: the incident was acknowledged, snoozed or resolved first.
    // Answers
    Acknowledged,
    AcknowledgedInPart,  ///< The policy asks for more people.
    Unacknowledged,
    AcknowledgementEnded,  ///< Acknowledged, still open and silent for too long: paging again.
    Snoozed,
    SnoozeEnded,
    Noted,
    SeverityChanged,   ///< By a person.
    TriageChanged,     ///< Its place in the queue of triage.
    Communicated,      ///< The sender or the stakeholders were told.
    Resolved,          ///< By a person.
    ResolvedBySource,  ///< The source said that it is over.
    ResolvedByQuiet,   ///< `resolve_after` passed without an alert.
    // Where the alerts came from
    Relayed,      ///< What was done here is done there too.
    RelayFailed,  ///< It could not be.
};

/// "step_timed_out".
[[nodiscard]] std::string_view to_string(Reason reason);
[[nodiscard]] std::optional<Reason> parse_reason(std::string_view text);

}  // namespace tocsin
