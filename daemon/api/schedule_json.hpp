// Schedules as JSON: the same from a running daemon and from a rulebook on disk.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

#include "core/engine/report.hpp"
#include "core/model/roster.hpp"

namespace tocsin::api {

/// Every schedule (or the one wanted) at `at`: who has which role, and until when.
[[nodiscard]] boost::json::object on_call_json(const Roster& roster, TimePoint at, std::string_view wanted);
/// What schedules there are.
[[nodiscard]] boost::json::object schedules_json(const Roster& roster);
/// The shifts of [of.from, of.until): of one role, else of the primary, of the secondary if anybody counts on one, and of
/// shadows.
[[nodiscard]] boost::json::object shifts_json(const Schedule& schedule, const Roster& roster, Interval of,
                                              std::optional<Role> role);
/// How the work was shared out, in hours, by person.
[[nodiscard]] boost::json::object fairness_json(const Schedule& schedule, const Roster& roster, Interval of, Role role);
/// The same with how often each was paged meanwhile, by day and by night, whatever for: `day_pages` and `night_pages`.
void add_pages(boost::json::object& fairness, const engine::Report& report);

}  // namespace tocsin::api
