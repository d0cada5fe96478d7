// Rows from values and values from rows; no logic.
#include "daemon/store/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::store {
namespace {

/// Reads words of closed sets and remembers the first that is none of its set.
class Words {
public:
    template <class Enum>
    Enum take(Statement& row, std::optional<Enum> (*parse)(std::string_view)) {
        return read(row.take_view(), parse);
    }

    /// Of a column that was added later: empty in older rows.
    template <class Enum>
    Enum take_or(Statement& row, std::optional<Enum> (*parse)(std::string_view), Enum otherwise) {
        const auto word = row.take_view();
        return word.empty() ? otherwise : read(word, parse);
    }

    template <class Value>
    Result<Value> checked(Value value, std::string_view what, std::int64_t id) const {
        if (!unknown_) return value;
        return Error{Errc::Internal, fmt::format("{} {} in the database has the unknown word \"{}\"", what, id, *unknown_)};
    }

private:
    template <class Enum>
    Enum read(std::string_view word, std::optional<Enum> (*parse)(std::string_view)) {
        const auto value = parse(word);
        if (!value && !unknown_) unknown_ = std::string(word);
        return value.value_or(Enum{});
    }

    std::optional<std::string> unknown_;
};

/// Names of people or silences, one a line: they hold no line break.
std::string lines_of(const std::vector<std::string>& names) { return fmt::to_string(fmt::join(names, "\n")); }

std::vector<std::string> names_of(std::string_view lines) {
    std::vector<std::string> names;
    if (lines.empty()) return names;
    for (const auto name : split(lines, '\n')) names.emplace_back(name);
    return names;
}

void put_origin(Statement& row, const Origin& origin) {
    row.put(origin.made_by).put(origin.made_at).put(origin.reason).put(origin.ended_by).put(origin.ended_at);
}

Origin take_origin(Statement& row) {
    Origin origin;
    origin.made_by = row.take_text();
    origin.made_at = row.take_time();
    origin.reason = row.take_text();
    origin.ended_by = row.take_text();
    origin.ended_at = row.take_optional_time();
    return origin;
}

}  // namespace

std::string placeholders(std::string_view columns) {
    std::string text = "?";
    for (auto left = std::count(columns.begin(), columns.end(), ','); left > 0; --left) text += ", ?";
    return text;
}

void put(Statement& row, const Incident& incident) {
    row.put(incident.id.value).put(incident.key).put(to_string(incident.state));
    row.put(incident.source).put(incident.rule).put(incident.service).put(incident.escalation);
    row.put(incident.summary).put(incident.url).put(to_string(incident.severity)).put(to_string(incident.urgency));
    row.put(incident.opened_at).put(incident.last_alert_at).put(incident.alerts).put(incident.firing);
    row.put(incident.acknowledged_at).put(incident.acknowledged_by).put(incident.snoozed_until);
    row.put(incident.resolved_at).put(incident.resolved_by);
    row.put(incident.cycle).put(incident.round).put(incident.step).put(incident.outstanding);
    row.put(std::int64_t{incident.is_exhausted}).put(incident.step_due_at);
    row.put(incident.acknowledgement_ends_at).put(incident.resolve_after.count()).put(incident.resolve_due_at);
    row.put(incident.silence).put(incident.silenced_until);
    row.put_copy(lines_of(incident.acknowledgers)).put(incident.assigned_to).put(std::int64_t{incident.is_severity_by_hand});
    row.put(incident.merged_into.value).put(incident.told_at.value);
    row.put(std::int64_t{incident.is_digested}).put(std::int64_t{incident.is_drill});
    row.put(incident.flaps).put(incident.flapping_until).put(incident.resolve_held_until);
    row.put(incident.missing).put(to_string(incident.triage)).put(incident.triage_detail).put(incident.communicated_at);
    row.put(incident.hand_over_due_at);
    row.put(to_string(incident.said_severity)).put(std::int64_t{incident.is_resolved_by_hand});
    row.put(incident.hold_down.count()).put(incident.origin_key).put(incident.flaps_since).put(incident.calm.count());
    row.put(incident.reply_to).put(incident.replies);
    row.put_copy(lines_of(incident.also_silenced_by));
}

namespace {

/// What later versions of the schema added.
void read_life(Statement& row, Words& words, Incident& incident) {
    incident.silence = row.take_text();
    incident.silenced_until = row.take_optional_time();
    incident.acknowledgers = names_of(row.take_view());
    incident.assigned_to = row.take_text();
    incident.is_severity_by_hand = row.take_int() != 0;
    incident.merged_into = {row.take_int()};
    incident.told_at = {row.take_int()};
    incident.is_digested = row.take_int() != 0;
    incident.is_drill = row.take_int() != 0;
    incident.flaps = row.take_int32();
    incident.flapping_until = row.take_optional_time();
    incident.resolve_held_until = row.take_optional_time();
    incident.missing = row.take_text();
    incident.triage = words.take(row, parse_triage_state);
    incident.triage_detail = row.take_text();
    incident.communicated_at = row.take_optional_time();
    incident.hand_over_due_at = row.take_optional_time();
    incident.said_severity = words.take_or(row, parse_severity, incident.severity);
    incident.is_resolved_by_hand = row.take_int() != 0;
    incident.hold_down = Duration{row.take_int()};
    incident.origin_key = row.take_text();
    incident.flaps_since = row.take_optional_time();
    incident.calm = Duration{row.take_int()};
    incident.reply_to = row.take_text();
    incident.replies = row.take_int32();
    incident.also_silenced_by = names_of(row.take_view());
}

}  // namespace

Result<Incident> read_incident(Statement& row) {
    Words words;
    Incident incident;
    incident.id = {row.take_int()};
    incident.key = row.take_text();
    incident.state = words.take(row, parse_incident_state);
    incident.source = row.take_text();
    incident.rule = row.take_text();
    incident.service = row.take_text();
    incident.escalation = row.take_text();
    incident.summary = row.take_text();
    incident.url = row.take_text();
    incident.severity = words.take(row, parse_severity);
    incident.urgency = words.take(row, parse_urgency);
    incident.opened_at = row.take_time();
    incident.last_alert_at = row.take_time();
    incident.alerts = row.take_int();
    incident.firing = row.take_int();
    incident.acknowledged_at = row.take_optional_time();
    incident.acknowledged_by = row.take_text();
    incident.snoozed_until = row.take_optional_time();
    incident.resolved_at = row.take_optional_time();
    incident.resolved_by = row.take_text();
    incident.cycle = row.take_int32();
    incident.round = row.take_int32();
    incident.step = row.take_int32();
    incident.outstanding = row.take_int32();
    incident.is_exhausted = row.take_int() != 0;
    incident.step_due_at = row.take_optional_time();
    incident.acknowledgement_ends_at = row.take_optional_time();
    incident.resolve_after = Duration{row.take_int()};
    incident.resolve_due_at = row.take_optional_time();
    read_life(row, words, incident);
    const auto id = incident.id.value;
    return words.checked(std::move(incident), "incident", id);
}

void put(Statement& row, const StoredAlert& alert) {
    row.put(alert.id.value);
    if (alert.incident.is_set()) {
        row.put(alert.incident.value);
    } else {
        row.put_null();
    }
    row.put(alert.received_at).put(alert.source).put(alert.action).put(alert.key).put(alert.trace).put(alert.rule);
    row.put(alert.payload);
}

StoredAlert read_alert(Statement& row) {
    StoredAlert alert;
    alert.id = {row.take_int()};
    alert.incident = {row.take_int()};
    alert.received_at = row.take_time();
    alert.source = row.take_text();
    alert.action = row.take_text();
    alert.key = row.take_text();
    alert.trace = row.take_text();
    alert.rule = row.take_text();
    alert.payload = row.take_text();
    return alert;
}

void put(Statement& row, const Member& member) {
    row.put(member.incident.value).put(member.source).put(member.alert_key).put(std::int64_t{member.is_firing});
    row.put(member.began_at);
}

Member read_member(Statement& row) {
    Member member;
    member.incident = {row.take_int()};
    member.source = row.take_text();
    member.alert_key = row.take_text();
    member.is_firing = row.take_int() != 0;
    member.began_at = row.take_optional_time();
    return member;
}

void put(Statement& row, const TimelineEntry& entry) {
    row.put(entry.incident.value).put(entry.at).put(to_string(entry.reason)).put(entry.actor).put(entry.detail);
}

Result<TimelineEntry> read_timeline_entry(Statement& row) {
    Words words;
    TimelineEntry entry;
    entry.incident = {row.take_int()};
    entry.at = row.take_time();
    entry.reason = words.take(row, parse_reason);
    entry.actor = row.take_text();
    entry.detail = row.take_text();
    const auto id = entry.incident.value;
    return words.checked(std::move(entry), "the timeline of incident", id);
}

void put(Statement& row, const Page& page) {
    row.put(page.id.value).put(page.incident.value).put(to_string(page.urgency));
    row.put(page.cycle).put(page.round).put(page.step);
    row.put(page.person).put(page.via).put(page.channel).put(page.address).put(to_string(page.reason)).put(page.why);
    row.put(to_string(page.state)).put(page.decided_at).put(page.due_at).put(page.give_up_at);
    row.put(page.attempts).put(page.last_error).put(page.lease_owner).put(page.lease_until);
    row.put(page.digest);
    row.put(page.topic).put(page.text);
}

Result<Page> read_page(Statement& row) {
    Words words;
    Page page;
    page.id = {row.take_int()};
    page.incident = {row.take_int()};
    page.urgency = words.take(row, parse_urgency);
    page.cycle = row.take_int32();
    page.round = row.take_int32();
    page.step = row.take_int32();
    page.person = row.take_text();
    page.via = row.take_text();
    page.channel = row.take_text();
    page.address = row.take_text();
    page.reason = words.take(row, parse_reason);
    page.why = row.take_text();
    page.state = words.take(row, parse_page_state);
    page.decided_at = row.take_time();
    page.due_at = row.take_time();
    page.give_up_at = row.take_time();
    page.attempts = row.take_int32();
    page.last_error = row.take_text();
    page.lease_owner = row.take_text();
    page.lease_until = row.take_time();
    page.digest = row.take_text();
    page.topic = row.take_text();
    page.text = row.take_text();
    const auto id = page.id.value;
    return words.checked(std::move(page), "page", id);
}

void put(Statement& row, const Watch& watch) { row.put(watch.key).put(watch.due_at).put(watch.last_at).put(watch.missing_since); }

Watch read_watch(Statement& row) {
    Watch watch;
    watch.key = row.take_text();
    watch.due_at = row.take_time();
    watch.last_at = row.take_optional_time();
    watch.missing_since = row.take_optional_time();
    return watch;
}

void put(Statement& row, const MadeOverride& made) {
    row.put(made.id.value).put(made.schedule).put(made.person).put(made.from).put(made.until);
    put_origin(row, made.origin);
    row.put(to_string(made.role));
}

MadeOverride read_override(Statement& row) {
    MadeOverride made;
    made.id = {row.take_int()};
    made.schedule = row.take_text();
    made.person = row.take_text();
    made.from = row.take_time();
    made.until = row.take_time();
    made.origin = take_origin(row);
    made.role = parse_role(row.take_text()).value_or(Role::Primary);
    return made;
}

void put(Statement& row, const MadeSilence& made) {
    row.put(made.id.value).put(made.match).put(made.during).put(made.from).put(made.until);
    put_origin(row, made.origin);
}

MadeSilence read_silence(Statement& row) {
    MadeSilence made;
    made.id = {row.take_int()};
    made.match = row.take_text();
    made.during = row.take_text();
    made.from = row.take_time();
    made.until = row.take_time();
    made.origin = take_origin(row);
    return made;
}

void put(Statement& row, const Told& told) { row.put(told.what).put(told.of); }

Told read_told(Statement& row) {
    Told told;
    told.what = row.take_text();
    told.of = row.take_time();
    return told;
}

}  // namespace tocsin::store
