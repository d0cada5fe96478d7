#include "core/engine/report.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "core/oncall/fairness.hpp"

namespace tocsin::engine {
namespace {

using oncall::is_at_night;

struct PageCounts {
    std::int64_t pages = 0;
    std::int64_t night_pages = 0;
};

Zone zone_of(const std::string& person, const Roster& roster) {
    const auto* known = roster.person(person);
    return known != nullptr ? known->time_zone : Zone{};
}

bool is_to_person(const PastPage& page) { return page.step > kReplyStep; }

/// Of what left the house to wake somebody.
bool counts(const PastPage& page) {
    return page.state == PageState::Delivered && page.urgency == Urgency::Page && is_to_person(page);
}

/// A page's incident may have been opened before the stretch: it counts for the person all the same.
std::unordered_map<IncidentId, PageCounts> pages_by_incident(const Past& past, const Roster& roster) {
    std::unordered_map<IncidentId, PageCounts> all;
    for (const auto& page : past.pages) {
        if (!counts(page)) continue;
        auto& of = all[page.incident];
        ++of.pages;
        if (is_at_night(page.due_at, zone_of(page.person, roster))) ++of.night_pages;
    }
    return all;
}

void add(Figures& figures, const PastIncident& incident, const PageCounts& pages) {
    ++figures.incidents;
    figures.pages += pages.pages;
    figures.night_pages += pages.night_pages;
    if (incident.first_acknowledged_at) {
        ++figures.acknowledged;
        if (incident.urgency == Urgency::Page) figures.to_acknowledge.add(*incident.first_acknowledged_at - incident.opened_at);
    } else if (pages.pages > 0 && incident.resolved_at) {
        ++figures.unanswered;
    }
    if (incident.resolved_at) figures.to_resolve.add(*incident.resolved_at - incident.opened_at);
}

void add(Problem& problem, const PastIncident& incident, const PageCounts& pages, const Roster& roster) {
    const auto* service = roster.service(incident.service);
    problem.key = incident.key;
    problem.service = incident.service;
    problem.rule = incident.rule;
    problem.summary = incident.summary;
    problem.runbook = service != nullptr ? service->runbook : std::string();
    ++problem.times;
    problem.pages += pages.pages;
    problem.night_pages += pages.night_pages;
    problem.last_opened_at = std::max(problem.last_opened_at, incident.opened_at);
    if (incident.resolved_at) problem.open.add(*incident.resolved_at - incident.opened_at);
    if (incident.resolution) ++problem.resolutions[*incident.resolution];
    if (incident.resolution == Reason::Resolved && !incident.resolution_note.empty()) {
        problem.last_note = incident.resolution_note;
    }
}

PageCounts counts_of(const std::unordered_map<IncidentId, PageCounts>& pages, IncidentId id) {
    const auto found = pages.find(id);
    return found == pages.end() ? PageCounts{} : found->second;
}

bool is_dearer(const Problem& a, const Problem& b) {
    return std::tie(a.night_pages, a.pages, a.times, b.key) > std::tie(b.night_pages, b.pages, b.times, a.key);
}

}  // namespace

std::optional<Duration> Mean::value() const {
    if (count == 0) return {};
    return sum / count;
}

Report report(const Past& past, const Roster& roster, const Stretch& stretch) {
    Report made;
    made.stretch = stretch;
    made.is_cut = past.is_cut;
    const auto pages = pages_by_incident(past, roster);
    std::unordered_map<IncidentId, bool> is_drill;
    for (const auto& incident : past.incidents) {
        is_drill[incident.id] = incident.is_drill;
        if (incident.is_drill) continue;
        const auto of_it = counts_of(pages, incident.id);
        for (auto* figures :
             {&made.all, &made.services[incident.service], &made.severities[incident.severity], &made.rules[incident.rule]}) {
            add(*figures, incident, of_it);
        }
    }
    for (const auto& page : past.pages) {
        const auto found = is_drill.find(page.incident);
        const bool is_of_drill = found != is_drill.end() && found->second;
        if (is_of_drill || !is_to_person(page) || page.state != PageState::Delivered) continue;
        auto& person = made.people[page.person];
        if (page.urgency == Urgency::Notice) {
            ++person.notices;
        } else if (is_at_night(page.due_at, zone_of(page.person, roster))) {
            ++person.night_pages;
        } else {
            ++person.day_pages;
        }
    }
    return made;
}

Recurring recurring(const Past& past, const Roster& roster, const Stretch& stretch) {
    Recurring made{stretch, past.is_cut, {}};
    const auto pages = pages_by_incident(past, roster);
    std::map<std::string, Problem> by_key;
    for (const auto& incident : past.incidents) {
        if (!incident.is_drill) add(by_key[incident.key], incident, counts_of(pages, incident.id), roster);
    }
    for (auto& [key, problem] : by_key) {
        if (problem.times > 1) made.problems.push_back(std::move(problem));
    }
    std::sort(made.problems.begin(), made.problems.end(), is_dearer);
    return made;
}

}  // namespace tocsin::engine
