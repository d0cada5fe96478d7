#include "tests/simulation/among_others.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tocsin::simulation {

std::shared_ptr<Roster> team_with_services() {
    auto roster = small_team();
    const auto add = [&](const std::string& id, std::vector<std::string> depends_on) {
        Service service;
        service.id = id;
        service.escalation = "two-steps";
        service.depends_on = std::move(depends_on);
        roster->services[id] = std::move(service);
    };
    add("mysql", {});
    add("lms", {"mysql"});
    add("shop", {"lms"});
    add("search", {});
    return roster;
}

IncidentId AmongOthers::fire(const std::string& service, Severity severity, std::string key) {
    if (key.empty()) key = service;
    auto said = verdict(key, "two-steps");
    said.service = service;
    said.severity = severity;
    world_.fire(alert("source", key), said);
    return world_.database().open_by_key.at(key);
}

bool AmongOthers::happened(IncidentId id, Reason reason) const {
    const auto& timeline = world_.database().timeline.at(id);
    return std::any_of(timeline.begin(), timeline.end(), [&](const TimelineEntry& entry) { return entry.reason == reason; });
}

AmongOthers::Texts AmongOthers::paged() {
    Texts texts;
    for (; seen_ < world_.attempts().size(); ++seen_) {
        const auto& attempt = world_.attempts()[seen_];
        texts.push_back(attempt.incident.is_set() ? fmt::format("{} {}", attempt.person, incident(attempt.incident).key)
                                                  : fmt::format("{} {} in a digest", attempt.person, attempt.held));
    }
    return texts;
}

void AmongOthers::TearDown() {
    for (const auto& what : world_.broken()) ADD_FAILURE() << what;
    EXPECT_EQ(paged(), Texts{}) << "somebody was paged whom the story does not expect";
}

}  // namespace tocsin::simulation
