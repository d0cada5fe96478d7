#include "daemon/api/schedule_json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/oncall/calendar_feed.hpp"
#include "core/oncall/fairness.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr auto kHorizon = std::chrono::days{60};

json::object head_of(const Schedule& schedule) {
    return {{"schedule", schedule.id}, {"title", schedule.title}, {"time_zone", schedule.time_zone.name()}};
}

std::string name_of(const Roster& roster, std::string_view id) {
    const auto* person = roster.person(id);
    return person == nullptr ? std::string(id) : person->name;
}

json::object to_json(const oncall::Duty& duty, const Roster& roster) {
    return {{"person", duty.person}, {"name", name_of(roster, duty.person)}, {"by", duty.by}};
}

json::value next_change(const Schedule& schedule, TimePoint at, Role role) {
    const auto next = oncall::next_change(schedule, at, at + kHorizon, role);
    return next ? json::value(format_utc(*next)) : json::value(nullptr);
}

json::value holder_json(const Schedule& schedule, const Roster& roster, const std::optional<oncall::Duty>& duty, TimePoint at,
                        Role role) {
    if (!duty) return nullptr;
    auto holder = to_json(*duty, roster);
    holder["until"] = next_change(schedule, at, role);
    return holder;
}

json::object crew_json(const Schedule& schedule, const Roster& roster, TimePoint at) {
    const auto crew = oncall::crew(schedule, at);
    auto body = head_of(schedule);
    body["on_call"] = holder_json(schedule, roster, crew.primary, at, Role::Primary);
    body["secondary"] = holder_json(schedule, roster, crew.secondary, at, Role::Secondary);
    auto& shadows = body["shadows"].emplace_array();
    for (const auto& duty : crew.shadows) shadows.push_back(to_json(duty, roster));
    body["until"] = next_change(schedule, at, Role::Primary);
    return body;
}

std::vector<Role> roles_of(const Schedule& schedule, const Roster& roster, std::optional<Role> role) {
    if (role) return {*role};
    if (oncall::has_secondary(roster, schedule)) return {Role::Primary, Role::Secondary, Role::Shadow};
    return {Role::Primary, Role::Shadow};
}

/// To the hundredth.
double hours(Duration time) {
    constexpr double kMsOfHundredth = 36'000.0;
    return std::round(static_cast<double>(time.count()) / kMsOfHundredth) / 100.0;
}

json::object to_json(const oncall::Load& load, const Roster& roster) {
    return {{"person", load.person},     {"name", name_of(roster, load.person)},
            {"shifts", load.shifts},     {"hours", hours(load.total)},
            {"nights", load.nights},     {"night_hours", hours(load.at_night)},
            {"weekends", load.weekends}, {"weekend_hours", hours(load.at_weekends)},
            {"holidays", load.holidays}, {"holiday_hours", hours(load.on_holidays)}};
}

}  // namespace

json::object on_call_json(const Roster& roster, TimePoint at, std::string_view wanted) {
    json::array schedules;
    for (const auto& [id, schedule] : roster.schedules) {
        if (wanted.empty() || wanted == id) schedules.push_back(crew_json(schedule, roster, at));
    }
    return {{"at", format_utc(at)}, {"schedules", std::move(schedules)}};
}

json::object schedules_json(const Roster& roster) {
    json::array schedules;
    for (const auto& [id, schedule] : roster.schedules) {
        auto body = head_of(schedule);
        const auto everybody = everybody_in(schedule);
        body["people"] = json::array(everybody.begin(), everybody.end());
        schedules.push_back(std::move(body));
    }
    return {{"schedules", std::move(schedules)}};
}

json::object shifts_json(const Schedule& schedule, const Roster& roster, Interval of, std::optional<Role> role) {
    auto body = head_of(schedule);
    body["from"] = format_utc(of.from);
    body["until"] = format_utc(of.until);
    auto& all = body["shifts"].emplace_array();
    for (const auto one : roles_of(schedule, roster, role)) {
        for (const auto& shift : oncall::shifts(schedule, of.from, of.until, one)) {
            auto row = to_json(shift.duty, roster);
            row["role"] = to_string(one);
            row["from"] = format_utc(shift.from);
            row["until"] = format_utc(shift.until);
            all.push_back(std::move(row));
        }
    }
    return body;
}

json::object fairness_json(const Schedule& schedule, const Roster& roster, Interval of, Role role) {
    auto body = head_of(schedule);
    body["from"] = format_utc(of.from);
    body["until"] = format_utc(of.until);
    body["role"] = to_string(role);
    auto& people = body["people"].emplace_array();
    for (const auto& load : oncall::fairness(schedule, roster, of, role)) people.push_back(to_json(load, roster));
    return body;
}

void add_pages(json::object& fairness, const engine::Report& report) {
    fairness["is_cut"] = report.is_cut;
    for (auto& value : fairness.at("people").as_array()) {
        auto& row = value.as_object();
        const auto found = report.people.find(std::string(row.at("person").as_string()));
        const auto pages = found == report.people.end() ? engine::PersonFigures{} : found->second;
        row["day_pages"] = pages.day_pages;
        row["night_pages"] = pages.night_pages;
    }
}

}  // namespace tocsin::api
