#include "daemon/api/oncall.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "core/oncall/on_call.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr auto kHorizon = std::chrono::days{60};

json::object to_json(const Schedule& schedule, const Roster& roster, TimePoint at) {
    json::object body{
        {"schedule", schedule.id}, {"title", schedule.title}, {"time_zone", schedule.time_zone.name()}, {"on_call", nullptr}};
    const auto next = oncall::next_change(schedule, at, at + kHorizon);
    body["until"] = next ? json::value(format_utc(*next)) : json::value(nullptr);
    const auto duty = oncall::on_call(schedule, at);
    if (!duty) return body;
    const auto* person = roster.person(duty->person);
    body["on_call"] = json::object{
        {"person", duty->person}, {"name", person == nullptr ? "" : person->name}, {"by", duty->by}, {"until", body["until"]}};
    return body;
}

}  // namespace

void show_on_call(Services& services, const http::Request& request, http::Respond respond) {
    auto at = services.clock.now();
    if (const auto asked = query_value(request.query, "at"); !asked.empty()) {
        const auto parsed = parse_rfc3339(asked);
        if (!parsed) return respond(refusal(400, "`at` is not a time such as 2026-03-08T08:30:00Z"));
        at = *parsed;
    }
    const auto rulebook = services.rulebook();
    const auto& roster = rulebook->roster();
    const auto wanted = query_value(request.query, "schedule");
    json::array schedules;
    for (const auto& [id, schedule] : roster.schedules) {
        if (wanted.empty() || wanted == id) schedules.push_back(to_json(schedule, roster, at));
    }
    if (!wanted.empty() && schedules.empty())
        return respond(refusal(404, fmt::format("no schedule is called \"{}\"", printable(wanted))));
    respond(json_answer(200, {{"at", format_utc(at)}, {"schedules", std::move(schedules)}}));
}

}  // namespace tocsin::api
