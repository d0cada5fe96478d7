#include "daemon/opsgenie/schedules.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <utility>

#include "core/base/text.hpp"
#include "core/oncall/calendar_feed.hpp"
#include "core/oncall/on_call.hpp"
#include "daemon/opsgenie/roster.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr auto kAhead = std::chrono::days{60};
constexpr auto kCalendarBack = std::chrono::weeks{4};
constexpr auto kCalendarAhead = std::chrono::weeks{26};
constexpr std::int64_t kIntervalMax = 52;
constexpr std::string_view kCalendarEnd = ".ics";
constexpr std::string_view kOnCalls = "on-calls";

/// By its id or title.
const Schedule* schedule_of(const Roster& roster, const std::string& name) {
    if (const auto* schedule = roster.schedule(name)) return schedule;
    for (const auto& [id, schedule] : roster.schedules) {
        if (schedule.title == name) return &schedule;
    }
    return nullptr;
}

json::object participant(const Roster& roster, const std::string& person) {
    return {{"type", "user"}, {"id", person}, {"username", username_of(roster, person)}};
}

std::string_view rotation_type(const Rotation& rotation) {
    switch (rotation.unit) {
        case Rotation::Unit::Hours: return "hourly";
        case Rotation::Unit::Days: return "daily";
        case Rotation::Unit::Weeks:
        case Rotation::Unit::Months:
        case Rotation::Unit::TimesOfWeek: return "weekly";
    }
    return "weekly";
}

json::object rotation_json(const Roster& roster, const Schedule& schedule, const Layer& layer) {
    json::array people;
    for (const auto& person : layer.people) {
        people.push_back(person.empty() ? json::object{{"type", "none"}} : participant(roster, person));
    }
    json::object body{{"id", layer.name}, {"name", layer.name}};
    if (layer.rotation) {
        body["startDate"] = format_utc(layer.time_zone.value_or(schedule.time_zone).to_utc(layer.rotation->from));
        body["type"] = rotation_type(*layer.rotation);
        body["length"] = layer.rotation->every;
    }
    body["participants"] = std::move(people);
    return body;
}

json::array rotations_json(const Roster& roster, const Schedule& schedule) {
    json::array all;
    for (const auto& layer : schedule.layers) all.push_back(rotation_json(roster, schedule, layer));
    return all;
}

enum class Rotations : std::uint8_t { LeftOut, Shown };

json::object schedule_json(const Roster& roster, const Schedule& schedule, Rotations rotations) {
    json::object body{{"id", schedule.id},
                      {"name", schedule.id},
                      {"description", schedule.title},
                      {"timezone", schedule.time_zone.name()},
                      {"enabled", true}};
    // Here a schedule is nobody's own: it counts as that of the only team whose services page it.
    const auto teams = teams_paging(roster, schedule.id);
    if (teams.size() == 1) body["ownerTeam"] = json::object{{"id", *teams.begin()}, {"name", *teams.begin()}};
    body["rotations"] = rotations == Rotations::Shown ? rotations_json(roster, schedule) : json::array{};
    return body;
}

json::object parent_json(const Schedule& schedule) { return {{"id", schedule.id}, {"name", schedule.id}, {"enabled", true}}; }

/// Who is on call at an instant, in the two forms.
json::object on_call_data(const Roster& roster, const Schedule& schedule, TimePoint at, std::string_view flat) {
    const auto duty = oncall::on_call(schedule, at);
    json::object data{{"_parent", parent_json(schedule)}};
    if (flat == "true") {
        auto& all = data["onCallRecipients"].emplace_array();
        if (duty) all.emplace_back(username_of(roster, duty->person));
        return data;
    }
    auto& all = data["onCallParticipants"].emplace_array();
    if (duty) {
        all.push_back(json::object{{"id", duty->person}, {"name", username_of(roster, duty->person)}, {"type", "user"}});
    }
    return data;
}

json::object next_on_call_data(const Roster& roster, const Schedule& schedule, TimePoint at, std::string_view flat) {
    const auto change = oncall::next_change(schedule, at, at + kAhead);
    const auto next = change ? oncall::on_call(schedule, *change) : std::nullopt;
    json::array people;
    if (next && flat == "true") people.emplace_back(username_of(roster, next->person));
    if (next && flat != "true") {
        people.push_back(json::object{{"id", next->person}, {"name", username_of(roster, next->person)}, {"type", "user"}});
    }
    const auto* name = flat == "true" ? "nextOnCallRecipients" : "nextOnCallParticipants";
    const auto* exact = flat == "true" ? "exactNextOnCallRecipients" : "exactNextOnCallParticipants";
    return {{"_parent", parent_json(schedule)}, {name, people}, {exact, people}};
}

/// "interval" so many "intervalUnit"s from "date" on; a week if nothing is said.
Duration stretch_of(std::string_view query) {
    const auto text = parameter(query, "interval");
    std::int64_t amount = 1;
    if (!text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos) {
        amount = std::clamp<std::int64_t>(std::stoll(text), 1, kIntervalMax);
    }
    const auto unit = parameter(query, "intervalUnit");
    if (unit == "days") return std::chrono::days{amount};
    if (unit == "months") return std::chrono::days{31 * amount};
    return std::chrono::weeks{amount};
}

json::object timeline_data(const Roster& roster, const Schedule& schedule, TimePoint from, Duration stretch) {
    json::array periods;
    for (const auto& shift : oncall::shifts(schedule, from, from + stretch)) {
        periods.push_back(json::object{{"startDate", iso_time(shift.from)},
                                       {"endDate", iso_time(shift.until)},
                                       {"type", shift.duty.by == "override" ? "override" : "default"},
                                       {"recipient", participant(roster, shift.duty.person)}});
    }
    json::object rotation{{"id", "final"}, {"name", "final"}, {"order", 1}, {"periods", std::move(periods)}};
    return {{"_parent", parent_json(schedule)},
            {"startDate", iso_time(from)},
            {"endDate", iso_time(from + stretch)},
            {"finalTimeline", json::object{{"rotations", json::array{std::move(rotation)}}}}};
}

json::array overrides_data(const Roster& roster, const Schedule& schedule) {
    json::array all;
    for (const auto& one : schedule.overrides) {
        all.push_back(json::object{{"alias", fmt::format("{}-{}", schedule.id, to_unix_ms(one.from))},
                                   {"user", participant(roster, one.person)},
                                   {"startDate", iso_time(one.from)},
                                   {"endDate", iso_time(one.until)}});
    }
    return all;
}

void answer_calendar(const ExchangePtr& exchange, std::string_view title, std::span<const oncall::FeedEvent> events,
                     const Roster& roster) {
    auto answer = exchange->response(200, {});
    answer.body = oncall::calendar_feed(title, events, roster, exchange->services.clock.now());
    answer.content_type = "text/calendar; charset=utf-8";
    exchange->respond(std::move(answer));
}

void missing_schedule(const ExchangePtr& exchange, const std::string& name) {
    exchange->refuse(404, fmt::format("Schedule [{}] is not found.", printable(name)));
}

void answer_person_calendar(const ExchangePtr& exchange, const Roster& roster, std::string name) {
    name.resize(name.size() - kCalendarEnd.size());
    const auto now = exchange->services.clock.now();
    const auto* person = person_of(roster, name);
    if (person == nullptr) return exchange->refuse(404, fmt::format("User [{}] is not found.", printable(name)));
    const auto events = oncall::events_of_person(roster, person->id, {now - kCalendarBack, now + kCalendarAhead});
    answer_calendar(exchange, fmt::format("On call: {}", person->name), events, roster);
}

void answer_schedule_calendar(const ExchangePtr& exchange, const Roster& roster, std::string name) {
    name.resize(name.size() - kCalendarEnd.size());
    const auto now = exchange->services.clock.now();
    const auto* schedule = schedule_of(roster, name);
    if (schedule == nullptr) return missing_schedule(exchange, name);
    const auto events = oncall::events_of_schedule(*schedule, {now - kCalendarBack, now + kCalendarAhead}, Role::Primary);
    answer_calendar(exchange, schedule->title, events, roster);
}

/// `what` is the last segment behind the schedule's name: one of those below, or nothing.
void answer_about(const ExchangePtr& exchange, const Roster& roster, const Schedule& schedule, std::string_view what,
                  std::string_view query) {
    auto at = exchange->services.clock.now();
    if (const auto date = parameter(query, "date"); !date.empty()) {
        const auto parsed = parse_rfc3339(date);
        if (!parsed) return exchange->refuse(FieldErrors{{"date", "should be a time such as 2030-01-01T00:00:00Z"}});
        at = *parsed;
    }
    const auto flat = parameter(query, "flat");
    if (what == kOnCalls) return exchange->data(on_call_data(roster, schedule, at, flat));
    if (what == "next-on-calls") return exchange->data(next_on_call_data(roster, schedule, at, flat));
    if (what == "timeline") return exchange->data(timeline_data(roster, schedule, at, stretch_of(query)));
    if (what == "rotations") return exchange->data(rotations_json(roster, schedule));
    if (what == "overrides") return exchange->data(overrides_data(roster, schedule));
    exchange->data(schedule_json(roster, schedule, Rotations::Shown));
}

bool is_of_schedule(std::string_view what) {
    return what == kOnCalls || what == "next-on-calls" || what == "timeline" || what == "rotations" || what == "overrides";
}

void list_schedules(const ExchangePtr& exchange, const Roster& roster, std::string_view query) {
    const auto rotations = parameter(query, "expand") == "rotation" ? Rotations::Shown : Rotations::LeftOut;
    json::array all;
    for (const auto& [id, schedule] : roster.schedules) all.push_back(schedule_json(roster, schedule, rotations));
    exchange->answer(200, {{"data", std::move(all)}, {"expandable", json::array{"rotation"}}});
}

void list_on_calls(const ExchangePtr& exchange, const Roster& roster, std::string_view query) {
    json::array all;
    const auto now = exchange->services.clock.now();
    for (const auto& [id, schedule] : roster.schedules) {
        all.push_back(on_call_data(roster, schedule, now, parameter(query, "flat")));
    }
    exchange->data(std::move(all));
}

}  // namespace

void answer_schedules(const ExchangePtr& exchange, const Place& place, std::string_view method, std::string_view query) {
    if (method != "GET") {
        return exchange->refuse_for_good(
            "Schedules stand in the rulebook of tocsin, in git: change them there, or make an override with `tocsin override`.");
    }
    const auto rulebook = exchange->services.rulebook();
    const auto& roster = rulebook->roster();
    std::span<const std::string_view> segments = place.segments;
    if (segments.empty()) return list_schedules(exchange, roster, query);
    const bool is_on_calls = segments.front() == kOnCalls;
    if (is_on_calls && segments.size() == 1) return list_on_calls(exchange, roster, query);
    const bool has_what = segments.size() >= 2 && is_of_schedule(segments.back());
    const auto name = identifier_of(is_on_calls ? segments.subspan(1)
                                    : has_what  ? segments.first(segments.size() - 1)
                                                : segments);
    if (name.ends_with(kCalendarEnd)) {
        return is_on_calls ? answer_person_calendar(exchange, roster, name) : answer_schedule_calendar(exchange, roster, name);
    }
    const auto* schedule = schedule_of(roster, name);
    if (schedule == nullptr) return missing_schedule(exchange, name);
    answer_about(exchange, roster, *schedule, has_what ? segments.back() : std::string_view{}, query);
}

}  // namespace tocsin::opsgenie
