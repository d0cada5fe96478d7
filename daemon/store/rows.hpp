// How incidents, pages, alerts, members and timeline entries are written into rows and read from them. The lists of columns and
// the functions go together: what put() binds in order, the columns name in order, and read() takes in order.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/ports/store.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

inline constexpr std::string_view kIncidentColumns =
    "id, key, state, source, rule, service, escalation, summary, url, severity, urgency, opened_at, last_alert_at, alerts, "
    "firing, "
    "acknowledged_at, acknowledged_by, snoozed_until, resolved_at, resolved_by, cycle, round, step, outstanding, is_exhausted, "
    "step_due_at, acknowledgement_ends_at, resolve_after, resolve_due_at, silence, silenced_until, "
    "acknowledgers, assigned_to, is_severity_by_hand, merged_into, told_at, is_digested, is_drill, flaps, flapping_until, "
    "resolve_held_until, missing, triage, triage_detail, communicated_at, hand_over_due_at, said_severity, "
    "is_resolved_by_hand, hold_down, origin_key, flaps_since, calm, reply_to, replies, also_silenced_by";
inline constexpr std::string_view kAlertColumns = "id, incident, received_at, source, action, key, trace, rule, payload";
inline constexpr std::string_view kMemberColumns = "incident, source, alert_key, is_firing, began_at";
inline constexpr std::string_view kTimelineColumns = "incident, at, reason, actor, detail";
inline constexpr std::string_view kPageColumns =
    "id, incident, urgency, cycle, round, step, person, via, channel, address, reason, why, state, decided_at, due_at, "
    "give_up_at, "
    "attempts, last_error, lease_owner, lease_until, digest, topic, text";

inline constexpr std::string_view kWatchColumns = "key, due_at, last_at, missing_since";
inline constexpr std::string_view kOverrideColumns =
    "id, schedule, person, begins_at, ends_at, made_by, made_at, reason, ended_by, ended_at, role";
inline constexpr std::string_view kSilenceColumns =
    "id, match, during, begins_at, ends_at, made_by, made_at, reason, ended_by, ended_at";
inline constexpr std::string_view kToldColumns = "what, of";

/// "?, ?, ?" for so many columns.
[[nodiscard]] std::string placeholders(std::string_view columns);

void put(Statement& row, const Incident& incident);
void put(Statement& row, const StoredAlert& alert);
void put(Statement& row, const Member& member);
void put(Statement& row, const TimelineEntry& entry);
void put(Statement& row, const Page& page);
void put(Statement& row, const Watch& watch);
void put(Statement& row, const MadeOverride& made);
void put(Statement& row, const MadeSilence& made);
void put(Statement& row, const Told& told);

/// Internal if the row holds a word that this tocsin does not know.
[[nodiscard]] Result<Incident> read_incident(Statement& row);
[[nodiscard]] StoredAlert read_alert(Statement& row);
[[nodiscard]] Member read_member(Statement& row);
[[nodiscard]] Result<TimelineEntry> read_timeline_entry(Statement& row);
[[nodiscard]] Result<Page> read_page(Statement& row);
[[nodiscard]] Watch read_watch(Statement& row);
[[nodiscard]] MadeOverride read_override(Statement& row);
[[nodiscard]] MadeSilence read_silence(Statement& row);
[[nodiscard]] Told read_told(Statement& row);

}  // namespace tocsin::store
