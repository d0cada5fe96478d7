// People, teams and escalations of the rulebook as Opsgenie shows them: read only.
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>

#include "core/model/roster.hpp"
#include "daemon/opsgenie/exchange.hpp"
#include "daemon/opsgenie/path.hpp"

namespace tocsin::opsgenie {

/// By its id, e-mail address or name; null if nobody is.
[[nodiscard]] const Person* person_of(const Roster& roster, std::string_view name);
/// What Opsgenie calls a person: the e-mail address, or the id of one who has none.
[[nodiscard]] std::string username_of(const Roster& roster, std::string_view person);
/// Those that services belong to.
[[nodiscard]] std::set<std::string> teams_of(const Roster& roster);

/// Those whose services page the schedule in a step of their escalation.
[[nodiscard]] std::set<std::string> teams_paging(const Roster& roster, std::string_view schedule);

/// /v2/users, /v2/teams, /v2/escalations, /v2/account. Anything but reading is refused for good.
void answer_roster(const ExchangePtr& exchange, const Place& place, std::string_view method, std::string_view query);

}  // namespace tocsin::opsgenie
