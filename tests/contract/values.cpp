// How the values of store tests are filled.
#include "tests/contract/values.hpp"

#include <utility>

namespace tocsin::contract {

TimePoint at(std::int64_t ms) { return from_unix_ms(1'795'334'400'000 + ms); }

Incident incident(std::int64_t id, std::string key) {
    Incident incident;
    incident.id = {id};
    incident.key = std::move(key);
    incident.source = "splunk-main";
    incident.service = "courseware";
    incident.opened_at = at(0);
    incident.last_alert_at = at(0);
    incident.alerts = 1;
    return incident;
}

Incident resolved(Incident incident) {
    incident.state = IncidentState::Resolved;
    incident.resolved_at = at(1'000);
    incident.resolved_by = "lahore-a";
    return incident;
}

Incident waking(Incident incident, TimePoint wake_at) {
    incident.step_due_at = wake_at;
    return incident;
}

Incident full_incident(std::int64_t id) {
    Incident full;
    full.id = {id};
    full.key = "splunk/disk \"full\" on h\xC3\xB6st; DROP TABLE incident --";
    full.state = IncidentState::Acknowledged;
    full.source = "splunk-main";
    full.rule = "courseware-disk";
    full.service = "courseware";
    full.escalation = "learner";
    full.summary = std::string("Disk\0almost full", 16);
    full.url = "https://splunk.example/alert?id=1";
    full.severity = Severity::High;
    full.urgency = Urgency::Notice;
    full.opened_at = at(1);
    full.last_alert_at = at(2);
    full.alerts = 5'000'000'000;
    full.firing = 17;
    full.acknowledged_at = at(3);
    full.acknowledged_by = "lahore-a";
    full.snoozed_until = at(4);
    full.resolved_at = at(5);
    full.resolved_by = "cambridge-b";
    full.cycle = 1;
    full.round = 2;
    full.step = 3;
    full.outstanding = 4;
    full.is_exhausted = true;
    full.step_due_at = at(6);
    full.acknowledgement_ends_at = at(7);
    full.silence = "weekly \"patching\"";
    full.silenced_until = at(9);
    full.also_silenced_by = {"silence-7", "moving, again"};
    full.resolve_after = std::chrono::hours{2};
    full.resolve_due_at = at(8);
    full.acknowledgers = {"lahore-a", "cambridge-b"};
    full.assigned_to = "cambridge-a";
    full.is_severity_by_hand = true;
    full.merged_into = {77};
    full.told_at = {78};
    full.is_digested = true;
    full.is_drill = true;
    full.flaps = 3;
    full.flapping_until = at(10);
    full.resolve_held_until = at(11);
    full.missing = "payload.results_link";
    full.triage = TriageState::Transferred;
    full.triage_detail = "payments";
    full.communicated_at = at(12);
    full.hand_over_due_at = at(13);
    full.said_severity = Severity::Critical;
    full.is_resolved_by_hand = true;
    full.hold_down = std::chrono::minutes{5};
    full.origin_key = "splunk/disk";
    full.flaps_since = at(14);
    full.calm = std::chrono::minutes{30};
    full.reply_to = "https://sender.example/callback";
    full.replies = 5;
    return full;
}

Page page(std::int64_t id, std::int64_t incident, TimePoint due_at) {
    Page page;
    page.id = {id};
    page.incident = {incident};
    page.person = "lahore-a";
    page.via = "push";
    page.decided_at = at(0);
    page.due_at = due_at;
    page.give_up_at = due_at + std::chrono::minutes{10};
    return page;
}

Page leased(Page page, std::string owner, TimePoint until) {
    page.lease_owner = std::move(owner);
    page.lease_until = until;
    return page;
}

Page attempted(Page page, PageState state, std::string owner) {
    page.state = state;
    page.due_at = at(777);
    page.attempts = 3;
    page.last_error = "slack said 503";
    page.lease_owner = std::move(owner);
    page.lease_until = {};
    return page;
}

Page full_page(std::int64_t id, std::int64_t incident) {
    Page full;
    full.id = {id};
    full.incident = {incident};
    full.topic = "shift-learner-primary-1772323200";
    full.text = "You are on call\nuntil 20:00";
    full.urgency = Urgency::Notice;
    full.cycle = 1;
    full.round = 2;
    full.step = kFallbackStep;
    full.person = "lahore-a";
    full.via = "work-phone";
    full.channel = "ntfy";
    full.address = "https://ntfy.example/lahore-a";
    full.reason = Reason::Fallback;
    full.why = "the steps are used up";
    full.state = PageState::Failed;
    full.decided_at = at(1);
    full.due_at = at(2);
    full.give_up_at = at(3);
    full.attempts = 4;
    full.last_error = "connect 10.0.0.5:443: timed out";
    full.lease_owner = "node-a";
    full.lease_until = at(4);
    full.digest = "lahore-a.42-0-1-2";
    return full;
}

StoredAlert alert(std::int64_t id, std::int64_t incident) {
    return {.id = {id},
            .incident = {incident},
            .received_at = at(id),
            .source = "splunk-main",
            .action = "fire",
            .key = "disk",
            .trace = "0123456789abcdef0123456789abcdef",
            .rule = "courseware-disk",
            .payload = "{\"result\": {\"host\": \"web-1\"}}"};
}

TimelineEntry entry(std::int64_t incident, std::string detail) {
    return {{incident}, at(5), Reason::StepTimedOut, "lahore-a", std::move(detail)};
}

}  // namespace tocsin::contract
