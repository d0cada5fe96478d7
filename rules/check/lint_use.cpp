// Warnings about what is declared and never used.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;

/// The names of one kind that something uses.
using Ids = std::set<std::string, std::less<>>;

struct Used {
    Ids people;  ///< And schedules: a target names either.
    Ids schedules;
    Ids escalations;
    Ids services;
};

Used used_in(const language::Written& written, const Roster& roster) {
    Used used;
    used.schedules.insert(roster.default_triage);
    used.escalations.insert(roster.default_escalation);
    for (const auto& [id, schedule] : roster.schedules) {
        used.people.merge(everybody_in(schedule));
    }
    for (const auto& [id, escalation] : roster.escalations) {
        for (const auto& step : escalation.steps) {
            for (const auto& target : step.page) used.people.insert(target.id);
        }
        used.people.insert(escalation.fallback.id);
    }
    for (const auto& [id, service] : roster.services) {
        used.schedules.insert(service.triage);
        used.escalations.insert(service.escalation);
        used.services.insert(service.depends_on.begin(), service.depends_on.end());
    }
    used.schedules.insert(used.people.begin(), used.people.end());
    for (const auto& [id, heartbeat] : roster.heartbeats) used.services.insert(heartbeat.service);
    for (const auto& rule : written.rules) {
        if (rule.service) used.services.insert(rule.service->text);
    }
    return used;
}

/// A contact that neither a page nor a notice goes by. Without `paged` pages go by every contact, without `noticed` notices go by
/// e-mail, else by the first.
void lint_contacts(const language::WrittenPerson& person) {
    if (person.paged.empty()) return;
    const auto names = [](const std::vector<language::WrittenContactRule>& rules, const std::string& contact) {
        return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.via.text == contact; });
    };
    const bool has_email = !person.email.empty() || std::any_of(person.contacts.begin(), person.contacts.end(),
                                                                [](const auto& c) { return c.contact.name == "email"; });
    for (const auto& written : person.contacts) {
        const auto& name = written.contact.name;
        const bool is_first = &written == &person.contacts.front();
        const bool is_noticed = person.noticed.empty() ? (has_email ? name == "email" : is_first) : names(person.noticed, name);
        if (is_noticed || names(person.paged, name)) continue;
        warn(written.at, Warning::UnusedContact,
             fmt::format("neither \"paged\" nor \"noticed\" of \"{}\" uses the contact \"{}\"", person.id.text, name));
    }
}

}  // namespace

void lint_use(const Compilation& compilation, const Roster& roster) {
    const auto& written = compilation.written;
    const auto used = used_in(written, roster);
    for (const auto& person : written.people) {
        lint_contacts(person);
        if (used.people.contains(person.id.text)) continue;
        warn(person.id.at, Warning::UnusedPerson, fmt::format("no schedule and no escalation names \"{}\"", person.id.text));
    }
    for (const auto& schedule : written.schedules) {
        if (used.schedules.contains(schedule.id.text)) continue;
        warn(schedule.id.at, Warning::UnusedSchedule,
             fmt::format("no escalation and no triage uses the schedule \"{}\"", schedule.id.text));
    }
    for (const auto& escalation : written.escalations) {
        if (used.escalations.contains(escalation.id.text)) continue;
        warn(escalation.id.at, Warning::UnusedEscalation,
             fmt::format("no service uses the escalation \"{}\"", escalation.id.text));
    }
    for (const auto& service : written.services) {
        if (used.services.contains(service.id.text)) continue;
        warn(service.id.at, Warning::UnusedService,
             fmt::format("no rule gives the service \"{}\", and none depends on it", service.id.text));
    }
}

}  // namespace tocsin::check
