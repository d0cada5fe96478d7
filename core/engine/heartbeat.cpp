#include "core/engine/heartbeat.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

constexpr std::string_view kOwnSource = "tocsin";

Duration interval(const Heartbeat& heartbeat) { return heartbeat.every + heartbeat.grace; }

std::string expectation(const Heartbeat& heartbeat) {
    if (heartbeat.grace.count() == 0) return fmt::format("every {}", format_duration(heartbeat.every));
    return fmt::format("every {}, with {} of grace", format_duration(heartbeat.every), format_duration(heartbeat.grace));
}

std::string last_heard(const Watch& watch) {
    return watch.last_at ? fmt::format("last heard at {}", format_utc(*watch.last_at)) : std::string("never heard");
}

Alert alert_of(const std::string& key, const std::string& summary) {
    Alert alert;
    alert.source = kOwnSource;
    alert.kind = kOwnSource;
    alert.key = key;
    alert.title = summary;
    alert.is_followed_up = false;  // It has no member: the beat itself ends it.
    return alert;
}

}  // namespace

Watch heard(const Heartbeat& heartbeat, TimePoint now) {
    return {heartbeat_key(heartbeat.id), now + interval(heartbeat), now, {}};
}

Watch expected_anew(const Heartbeat& heartbeat, Watch before, TimePoint now) {
    before.key = heartbeat_key(heartbeat.id);
    before.due_at = now + interval(heartbeat);
    return before;
}

Watch in_line_with(const Heartbeat& heartbeat, Watch before, TimePoint now) {
    before.due_at = std::min(before.due_at, now + interval(heartbeat));
    return before;
}

Watch missed(const Heartbeat& heartbeat, Watch before, TimePoint now) {
    if (!before.missing_since) before.missing_since = before.due_at;
    before.due_at = now + interval(heartbeat);
    return before;
}

Absence absence_of(const Heartbeat& heartbeat, const Watch& watch) {
    Absence absence;
    auto& verdict = absence.verdict;
    verdict.rule = watch.key;
    verdict.service = heartbeat.service;
    verdict.severity = heartbeat.severity;
    verdict.urgency = heartbeat.urgency;
    verdict.summary = fmt::format("{} is not heard of: {}", heartbeat.title, last_heard(watch));
    verdict.incident_key = watch.key;
    verdict.escalation = heartbeat.escalation;
    absence.alert = alert_of(watch.key, verdict.summary);
    return absence;
}

Absence absence_of(const Incident& incident) {
    Absence absence{alert_of(incident.key, incident.summary), {}};
    absence.verdict.service = incident.service;
    absence.verdict.severity = incident.severity;
    return absence;
}

Transition open_missing(const Missing& missing, const Roster& roster, TimePoint now, const Surroundings& around) {
    const auto& [id, heartbeat, watch, absence] = missing;
    auto opened = open(id, absence.alert, absence.verdict, roster, now, around);
    record(opened, now, Reason::HeartbeatMissing, {}, fmt::format("expected {}; {}", expectation(heartbeat), last_heard(watch)));
    return opened;
}

}  // namespace tocsin::engine
