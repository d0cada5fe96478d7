// /v2/schedules: schedules and who is on call, from the rulebook with the overrides of the moment.
#pragma once

#include "daemon/opsgenie/exchange.hpp"
#include "daemon/opsgenie/path.hpp"

namespace tocsin::opsgenie {

/// Reading only: what would change a schedule is refused for good.
void answer_schedules(const ExchangePtr& exchange, const Place& place, std::string_view method, std::string_view query);

}  // namespace tocsin::opsgenie
