// Shifts as an iCalendar that phones and calendars subscribe to (RFC 5545).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/roster.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::oncall {

/// One event of a feed: a shift of a schedule in a role.
struct FeedEvent {
    const Schedule* schedule = nullptr;
    Role role = Role::Primary;
    Shift shift;
};

/// Of [from, until): shifts of the role, each named after the person and the schedule.
[[nodiscard]] std::vector<FeedEvent> events_of_schedule(const Schedule& schedule, Interval of, Role role);
/// A person's shifts in every schedule and every role that counts there: secondary ones only of schedules in which a layer is for
/// the secondary or an escalation names the role. In order of time.
[[nodiscard]] std::vector<FeedEvent> events_of_person(const Roster& roster, std::string_view person, Interval of);

/// Whether anybody is told or paged as the schedule's secondary.
[[nodiscard]] bool has_secondary(const Roster& roster, const Schedule& schedule);

/// The calendar, with CRLF, folded lines and escaped texts. An event keeps its UID as long as the shift keeps its schedule, role,
/// person and begin; `now` is when the feed was made.
[[nodiscard]] std::string calendar_feed(std::string_view title, std::span<const FeedEvent> events, const Roster& roster,
                                        TimePoint now);

}  // namespace tocsin::oncall
