// What can happen to an incident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "core/model/lifecycle.hpp"
#include "core/model/severity.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::engine {

/// An alert fired into the incident.
struct Fired {
    std::string source;
    std::string summary;
    Severity severity = Severity::Moderate;
    Urgency urgency = Urgency::Page;
    Duration resolve_after{};
    std::string service;
    std::string escalation;
    bool is_new_member = false;  ///< A followed-up alert that was not firing in this incident before.
    std::optional<Silencing> silenced;
    Lifecycle lifecycle;
    std::vector<std::string> missing;  ///< Fields that the rule asks for and that this alert lacks.
    std::string reply_to;
};
/// The source said that an alert is over. `was_firing`: it was a firing member.
struct Ended {
    std::string source;
    std::string actor;
    bool was_firing = false;
};
struct Acknowledge {
    std::string actor;
};
struct Unacknowledge {
    std::string actor;
};
struct Snooze {
    std::string actor;
    TimePoint until;
};
struct EndSnooze {
    std::string actor;
};
struct Resolve {
    std::string actor;
    std::string note;
};
struct Note {
    std::string actor;
    std::string text;
};
/// Somebody knows better than the alerts how bad it is.
struct ChangeSeverity {
    std::string actor;
    Severity severity = Severity::Moderate;
    std::string note;
};
/// Somebody asks for the next step now.
struct Escalate {
    std::string actor;
};
/// Somebody gives it to somebody else, who is paged at once.
struct Reassign {
    std::string actor;
    std::string to;          ///< A person or a schedule; or empty, and then
    std::string escalation;  ///< another escalation, from its first step.
};
/// Somebody made, ended or moved a silence at run time: what covers the incident from now on, if anything does.
struct SilenceChanged {
    std::string actor;
    std::string silence;                 ///< The one that was changed.
    std::optional<Silencing> silencing;  ///< Nothing: if that one had a part in it, the incident is silenced no longer.
};
/// Who is on call when is not what it was: whoever has the incident may have it for longer, or no more.
struct ShiftsChanged {};
/// The source said something that changes nothing here, but belongs into the timeline.
struct Said {
    std::string actor;
    std::string what;
};
/// Somebody says where a notice stands in the queue of triage. Ignored for what pages.
struct Triage {
    std::string actor;
    TriageState state = TriageState::New;
    std::string detail;              ///< With Transferred the team, else a remark.
    std::optional<TimePoint> until;  ///< With Scheduled: it is told again then.
};
/// The sender or the stakeholders were told, or are to be.
struct Communicate {
    enum class How : std::uint8_t { Remark, Reply };
    std::string actor;
    std::string text;
    How how = How::Remark;  ///< Reply: sent to the incident's `reply_to`, if it has one.
};
/// The heartbeat whose absence opened the incident was heard.
struct Beat {};
/// wake_at has come (or may have: a clock can step).
struct Woke {};
/// A page was delivered, has to wait for another attempt, or will never be delivered.
struct Delivered {
    Page page;
};
struct Delayed {
    Page page;
};
struct Undelivered {
    Page page;
};

using Event =
    std::variant<Fired, Ended, Acknowledge, Unacknowledge, Snooze, EndSnooze, Resolve, Note, Escalate, Reassign, Said, Triage,
                 Communicate, Beat, Woke, Delivered, Delayed, Undelivered, ChangeSeverity, SilenceChanged, ShiftsChanged>;

}  // namespace tocsin::engine
