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

Transition open_missing(IncidentId id, const Heartbeat& heartbeat, const Watch& watch, const Roster& roster, TimePoint now) {
    const auto last = watch.last_at ? fmt::format("last heard at {}", format_utc(*watch.last_at)) : std::string("never heard");
    Alert alert;
    alert.source = kOwnSource;
    alert.kind = kOwnSource;
    alert.key = watch.key;
    alert.is_followed_up = false;  // It has no member: the beat itself ends it.
    Verdict verdict;
    verdict.rule = watch.key;
    verdict.service = heartbeat.service;
    verdict.severity = heartbeat.severity;
    verdict.urgency = heartbeat.urgency;
    verdict.summary = fmt::format("{} is not heard of: {}", heartbeat.title, last);
    verdict.incident_key = watch.key;
    verdict.escalation = heartbeat.escalation;
    auto opened = open(id, alert, verdict, roster, now);
    record(opened, now, Reason::HeartbeatMissing, {}, fmt::format("expected {}; {}", expectation(heartbeat), last));
    return opened;
}

}  // namespace tocsin::engine
