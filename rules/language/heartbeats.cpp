// The section `heartbeats`.
#include <fmt/format.h>

#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

void decode_match_of(const yaml::Cursor& value, WrittenHeartbeat& heartbeat) {
    if (!value) return;
    if (value.is_map() && value.entries().empty()) {
        value.error("a heartbeat that asks for nothing would be beaten by every alert")
            .hints.emplace_back("say which: { title: Watchdog }");
    }
    refuse_what_rules_set(value);
    heartbeat.match = decode_match(value, heartbeat.matched);
}

WrittenHeartbeat decode_heartbeat(const yaml::Entry& entry, Written& written) {
    const auto record =
        entry.value.record({"title", "source", "match", "every", "grace", "service", "severity", "urgency", "waive"});
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenHeartbeat heartbeat;
    heartbeat.id = {entry.name, entry.key};
    heartbeat.title = text_or(record["title"], entry.name);
    heartbeat.source = name_at(record["source"]);
    decode_match_of(record["match"], heartbeat);
    heartbeat.every = record.required("every").positive_duration().value_or(Duration{});
    heartbeat.grace = record["grace"].duration().value_or(Duration{});
    heartbeat.service = name_at(record["service"]);
    heartbeat.severity = severity(record["severity"]).value_or(Severity::High);
    heartbeat.urgency = urgency(record["urgency"]);
    if (heartbeat.urgency.value_or(default_urgency(heartbeat.severity)) == Urgency::Record) {
        const auto& at = record["urgency"] ? record["urgency"] : record["severity"];
        at.error("a heartbeat of which nobody is told is no alarm").hints.emplace_back("write urgency: notice, or page");
    }
    return heartbeat;
}

}  // namespace

void decode_heartbeats(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "heartbeat", written)) {
        written.heartbeats.push_back(decode_heartbeat(entry, written));
    }
}

}  // namespace tocsin::language
