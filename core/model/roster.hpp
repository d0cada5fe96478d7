// The people side of a rulebook: who there is, who is on call when, whom to page in what order, and what for.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/model/drill.hpp"
#include "core/model/escalation.hpp"
#include "core/model/heartbeat.hpp"
#include "core/model/person.hpp"
#include "core/model/schedule.hpp"
#include "core/model/service.hpp"
#include "core/model/storm.hpp"

namespace tocsin {

struct Roster {
    std::map<std::string, Person, std::less<>> people;
    std::map<std::string, Schedule, std::less<>> schedules;
    std::map<std::string, Escalation, std::less<>> escalations;
    std::map<std::string, Service, std::less<>> services;
    Storm storm;
    std::map<std::string, Heartbeat, std::less<>> heartbeats;
    std::map<std::string, PlannedDrill, std::less<>> drills;
    std::string default_escalation;  ///< For what may page and has no service, or one without a policy; may be empty.
    std::string default_triage;      ///< The same for notices: a schedule; may be empty.

    [[nodiscard]] const Person* person(std::string_view id) const;
    [[nodiscard]] const Schedule* schedule(std::string_view id) const;
    [[nodiscard]] const Escalation* escalation(std::string_view id) const;
    [[nodiscard]] const Service* service(std::string_view id) const;
    [[nodiscard]] const Heartbeat* heartbeat(std::string_view id) const;
    [[nodiscard]] const PlannedDrill* drill(std::string_view id) const;
};

}  // namespace tocsin
