// Heartbeats and drills, with every name looked up.
#include <fmt/format.h>

#include "core/model/watch.hpp"
#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

std::string escalation_of(const Heartbeat& heartbeat, const Roster& roster) {
    const auto* service = roster.service(heartbeat.service);
    return service != nullptr && !service->escalation.empty() ? service->escalation : roster.default_escalation;
}

Heartbeat compile_heartbeat(const Compilation& compilation, const language::WrittenHeartbeat& written, const Roster& roster) {
    Heartbeat heartbeat;
    heartbeat.id = written.id.text;
    heartbeat.title = written.title;
    heartbeat.every = written.every;
    heartbeat.grace = written.grace;
    heartbeat.severity = written.severity;
    heartbeat.urgency = written.urgency.value_or(default_urgency(written.severity));
    if (written.source) {
        check_source(compilation, *written.source);
        heartbeat.source = written.source->text;
    }
    check_matched(compilation, written.matched);
    if (written.service && compilation.names.services.require(*written.service)) heartbeat.service = written.service->text;
    heartbeat.escalation = escalation_of(heartbeat, roster);
    if (heartbeat.urgency == Urgency::Page && heartbeat.escalation.empty() && !written.service) {
        written.id.at.error("this heartbeat names no service, and there is no default_escalation: whom would it page?")
            .hints.emplace_back("give it a service, the urgency notice, or give the rulebook a default_escalation");
    }
    return heartbeat;
}

DrillTarget target_of(const Compilation& compilation, const language::Name& page) {
    const auto& names = compilation.names;
    if (names.people.has(page.text)) return {DrillTarget::Kind::Person, page.text};
    if (names.schedules.has(page.text)) return {DrillTarget::Kind::Schedule, page.text};
    if (names.escalations.has(page.text) || page.text.empty()) return {DrillTarget::Kind::Escalation, page.text};
    std::vector<yaml::NamedPlace> near;
    for (const auto* table : {&names.people, &names.schedules, &names.escalations}) table->add_places(near);
    auto& reported = page.at.error(fmt::format("no person, schedule or escalation is called \"{}\"", page.text));
    yaml::hint_nearest(reported, page.text, near);
    return {};
}

}  // namespace

void compile_watches(const Compilation& compilation, Roster& roster) {
    for (const auto& written : compilation.written.heartbeats) {
        roster.heartbeats.emplace(written.id.text, compile_heartbeat(compilation, written, roster));
    }
    for (const auto& written : compilation.written.drills) {
        PlannedDrill drill;
        drill.id = written.id.text;
        drill.target = target_of(compilation, written.page);
        drill.at = written.at;
        drill.zone = written.zone;
        drill.every_weeks = written.every_weeks;
        drill.within = written.within;
        roster.drills.emplace(drill.id, std::move(drill));
    }
}

std::vector<match::HeartbeatSpec> compile_heartbeats(const Compilation& compilation) {
    std::vector<match::HeartbeatSpec> compiled;
    for (const auto& written : compilation.written.heartbeats) {
        if (!written.match) continue;
        match::HeartbeatSpec spec{heartbeat_key(written.id.text), *written.match};
        if (written.source) {
            match::Expression of_source;
            of_source.kind = match::Expression::Kind::Condition;
            of_source.condition.path = "source";
            of_source.condition.operands = {written.source->text};
            match::Expression both;
            both.children = {std::move(of_source), std::move(spec.match)};
            spec.match = std::move(both);
        }
        compiled.push_back(std::move(spec));
    }
    return compiled;
}

}  // namespace tocsin::check
