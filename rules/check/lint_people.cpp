// Warnings about people, schedules, escalations and services.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/check/lint.hpp"

namespace tocsin::check {
namespace {

using Ids = std::set<std::string, std::less<>>;

void add_people_of(const Schedule& schedule, Ids& people) {
    for (const auto& layer : schedule.layers) people.insert(layer.people.begin(), layer.people.end());
    for (const auto& override : schedule.overrides) people.insert(override.person);
}

void add_target(const Target& target, const Roster& roster, Ids& people) {
    if (target.kind == Target::Kind::Person) {
        people.insert(target.id);
    } else if (const auto* schedule = roster.schedule(target.id)) {
        add_people_of(*schedule, people);
    }
}

/// Whom some escalation may page.
Ids paged_people(const Roster& roster) {
    Ids people;
    for (const auto& [id, escalation] : roster.escalations) {
        for (const auto& step : escalation.steps) {
            for (const auto& target : step.page) add_target(target, roster, people);
        }
        add_target(escalation.fallback, roster, people);
    }
    return people;
}

Ids used_schedules(const Roster& roster) {
    Ids used{roster.default_triage};
    for (const auto& [id, service] : roster.services) used.insert(service.triage);
    for (const auto& [id, escalation] : roster.escalations) {
        for (const auto& step : escalation.steps) {
            for (const auto& target : step.page) used.insert(target.id);
        }
        used.insert(escalation.fallback.id);
    }
    return used;
}

Ids used_escalations(const Roster& roster) {
    Ids used{roster.default_escalation};
    for (const auto& [id, service] : roster.services) used.insert(service.escalation);
    return used;
}

/// Cheap, and on the safe side: the proof over the coming weeks is the coverage check's.
bool is_always_on(const Layer& layer) {
    return !layer.during && std::find(layer.people.begin(), layer.people.end(), "") == layer.people.end();
}

void lint_person(const language::WrittenPerson& written, const Roster& roster, const Ids& paged) {
    const auto* person = roster.person(written.id.text);
    if (person == nullptr || !paged.contains(person->id)) return;
    if (person->contacts.empty()) {
        written.id.at.warning(fmt::format("\"{}\" may be paged, but has no contact: no page can reach them", person->id));
    } else if (person->paged.empty()) {
        written.id.at.warning(
            fmt::format("\"{}\" may be paged, but has no \"paged\": every contact is used at once", person->id));
    }
}

void lint_escalation(const language::WrittenEscalation& written, const Roster& roster, const Ids& used) {
    const auto* escalation = roster.escalation(written.id.text);
    if (escalation == nullptr) return;
    if (!used.contains(escalation->id))
        written.id.at.warning(fmt::format("no service uses the escalation \"{}\"", escalation->id));
    if (escalation->fallback.kind != Target::Kind::Schedule) return;
    const auto* schedule = roster.schedule(escalation->fallback.id);
    if (schedule == nullptr || std::any_of(schedule->layers.begin(), schedule->layers.end(), is_always_on)) return;
    written.fallback->at
        .warning(fmt::format("the fallback must always be somebody, and \"{}\" has no layer that always holds", schedule->id))
        .hints.emplace_back("name a person, or give the schedule a first layer without \"during\"");
}

}  // namespace

void lint_people(const Compilation& compilation, const Roster& roster) {
    const auto& written = compilation.written;
    const auto paged = paged_people(roster);
    for (const auto& person : written.people) lint_person(person, roster, paged);

    const auto schedules = used_schedules(roster);
    for (const auto& schedule : written.schedules) {
        if (schedules.contains(schedule.id.text)) continue;
        schedule.id.at.warning(fmt::format("no escalation and no triage uses the schedule \"{}\"", schedule.id.text));
    }
    const auto escalations = used_escalations(roster);
    for (const auto& escalation : written.escalations) lint_escalation(escalation, roster, escalations);
    for (const auto& service : written.services) {
        if (service.escalation || written.default_escalation) continue;
        service.id.at.warning(
            fmt::format("\"{}\" has no escalation, and there is no default_escalation: it can page nobody", service.id.text));
    }
}

}  // namespace tocsin::check
