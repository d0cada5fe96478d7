// Warnings about who can be reached: people and their contacts, services and their escalations.
#include <fmt/format.h>

#include <set>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;
using Ids = std::set<std::string, std::less<>>;

void add_target(const Target& target, const Roster& roster, Ids& people) {
    if (target.kind == Target::Kind::Person) {
        people.insert(target.id);
    } else if (const auto* schedule = roster.schedule(target.id)) {
        people.merge(everybody_in(*schedule));
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

void lint_person(const language::WrittenPerson& written, const Roster& roster, const Ids& paged) {
    const auto* person = roster.person(written.id.text);
    if (person == nullptr || !paged.contains(person->id)) return;
    if (person->contacts.empty()) {
        warn(written.id.at, Warning::PersonWithoutContact,
             fmt::format("\"{}\" may be paged, but has no contact: no page can reach them", person->id));
    } else if (person->paged.empty()) {
        warn(written.id.at, Warning::PersonWithoutPaged,
             fmt::format("\"{}\" may be paged, but has no \"paged\": every contact is used at once", person->id));
    }
}

}  // namespace

void lint_people(const Compilation& compilation, const Roster& roster) {
    const auto& written = compilation.written;
    const auto paged = paged_people(roster);
    for (const auto& person : written.people) lint_person(person, roster, paged);
    for (const auto& service : written.services) {
        if (service.escalation || written.default_escalation) continue;
        warn(service.id.at, Warning::ServiceWithoutEscalation,
             fmt::format("\"{}\" has no escalation, and there is no default_escalation: it can page nobody", service.id.text));
    }
}

}  // namespace tocsin::check
