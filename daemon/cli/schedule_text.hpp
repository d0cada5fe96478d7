// A schedule drawn in the terminal: a day a line, a letter for each person.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "core/base/zone.hpp"
#include "core/model/role.hpp"

namespace tocsin::cli {

struct Drawing {
    Zone zone;         ///< By whose clocks.
    CivilTime monday;  ///< The first day.
    int weeks = 0;
    Role role = Role::Primary;
};

/// `shifts` is what GET /api/v1/schedules/<name>/shifts answers. Each letter is half an hour, a dot is nobody; behind the day
/// stands who begins when, to the minute.
[[nodiscard]] std::string calendar_text(const boost::json::object& shifts, const Drawing& drawing);

/// `fairness` is what GET /api/v1/schedules/<name>/fairness answers.
[[nodiscard]] std::string fairness_text(const boost::json::object& fairness);

}  // namespace tocsin::cli
