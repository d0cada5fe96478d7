#include "daemon/api/schedules.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/engine/report.hpp"
#include "core/oncall/calendar_feed.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/api/schedule_json.hpp"

namespace tocsin::api {
namespace {

constexpr std::string_view kSchedules = "/api/v1/schedules";
constexpr std::string_view kPersonCalendars = "/api/v1/people/";
constexpr std::string_view kCalendar = ".ics";
constexpr std::string_view kFairness = "/fairness";
/// What a calendar shows around now, and the longest stretch that may be asked for.
constexpr auto kCalendarBack = std::chrono::weeks{4};
constexpr auto kCalendarAhead = std::chrono::weeks{26};
constexpr auto kStretchMax = std::chrono::days{2 * 366};
constexpr auto kStretch = std::chrono::weeks{4};

struct Stretch {
    Interval of;
    std::optional<Role> role;
};

Result<TimePoint> instant_of(std::string_view query, std::string_view name, TimePoint otherwise) {
    const auto text = query_value(query, name);
    if (text.empty()) return otherwise;
    const auto parsed = parse_rfc3339(text);
    if (parsed) return *parsed;
    return Error{Errc::Invalid, fmt::format("`{}` is not a time such as 2026-03-08T08:30:00Z", name)};
}

Result<Stretch> asked_in(std::string_view query, TimePoint now) {
    const auto from = instant_of(query, "from", now);
    if (!from) return from.error();
    const auto until = instant_of(query, "until", *from + kStretch);
    if (!until) return until.error();
    if (*until <= *from) return Error{Errc::Invalid, "`until` is not after `from`"};
    if (*until - *from > kStretchMax) return Error{Errc::Invalid, "`from` and `until` are more than two years apart"};
    const auto written = query_value(query, "role");
    const auto role = parse_role(written);
    if (!written.empty() && !role) return Error{Errc::Invalid, "`role` is none of primary, secondary, shadow"};
    return Stretch{{*from, *until}, role};
}

http::Response calendar_answer(std::string_view title, std::span<const oncall::FeedEvent> events, const Roster& roster,
                               TimePoint now) {
    http::Response response;
    response.body = oncall::calendar_feed(title, events, roster, now);
    response.content_type = "text/calendar; charset=utf-8";
    return response;
}

http::Response no_schedule(std::string_view name) {
    return refusal(404, fmt::format("no schedule is called \"{}\"", printable(name)));
}

http::Response person_calendar(const Roster& roster, std::string_view id, TimePoint now) {
    const auto* person = roster.person(id);
    if (person == nullptr) return refusal(404, fmt::format("no person is called \"{}\"", printable(id)));
    const auto events = oncall::events_of_person(roster, id, {now - kCalendarBack, now + kCalendarAhead});
    return calendar_answer(fmt::format("On call: {}", person->name), events, roster, now);
}

http::Response schedule_calendar(const Roster& roster, std::string_view name, Role role, TimePoint now) {
    const auto* schedule = roster.schedule(name);
    if (schedule == nullptr) return no_schedule(name);
    const auto events = oncall::events_of_schedule(*schedule, {now - kCalendarBack, now + kCalendarAhead}, role);
    return calendar_answer(schedule->title, events, roster, now);
}

/// `rest` is what follows /api/v1/schedules: nothing, /<name>.ics or /<name>/shifts; /<name>/fairness of one that does not exist.
http::Response schedule_answer(const Roster& roster, std::string_view rest, const Stretch& asked, TimePoint now) {
    if (rest.empty() || rest == "/") return json_answer(200, schedules_json(roster));
    rest.remove_prefix(1);
    if (rest.ends_with(kCalendar) && rest.find('/') == std::string_view::npos) {
        rest.remove_suffix(kCalendar.size());
        return schedule_calendar(roster, percent_decoded(rest), asked.role.value_or(Role::Primary), now);
    }
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto name = percent_decoded(rest.substr(0, slash));
    const auto what = rest.substr(slash);
    if (what != "/shifts" && what != kFairness)
        return refusal(404, fmt::format("a schedule has \"{}.ics\", \"shifts\" and \"fairness\"", printable(name)));
    const auto* schedule = roster.schedule(name);
    if (schedule == nullptr) return no_schedule(name);
    return json_answer(200, shifts_json(*schedule, roster, asked.of, asked.role));
}

/// The hours are the rulebook's, the pages the store's.
void show_fairness(Services& services, const Schedule& schedule, const Stretch& asked, http::Respond respond) {
    answer_with(
        services,
        [&reader = services.reader, rulebook = services.rulebook(), id = schedule.id, asked]() -> Result<boost::json::object> {
            const auto& roster = rulebook->roster();
            auto body = fairness_json(*roster.schedule(id), roster, asked.of, asked.role.value_or(Role::Primary));
            const auto past = reader.past({asked.of.from, asked.of.until, limits::kReportRowsMax});
            if (!past) return past.error();
            add_pages(body, engine::report(*past, roster, {asked.of.from, asked.of.until}));
            return body;
        },
        std::move(respond));
}

bool is_calendar(std::string_view path) { return path.ends_with(kCalendar); }

}  // namespace

bool is_of_schedules(std::string_view path) {
    if (path.starts_with(kPersonCalendars)) return is_calendar(path);
    return path == kSchedules || (path.starts_with(kSchedules) && path[kSchedules.size()] == '/');
}

bool may_see_schedules(const Services& services, const http::Request& request) {
    const auto* token =
        is_calendar(request.path) ? calendar_token_of(services.settings, request) : token_of(services.settings, request);
    return token != nullptr;
}

void show_schedules(Services& services, const http::Request& request, http::Respond respond) {
    const auto now = services.clock.now();
    const auto rulebook = services.rulebook();
    const auto& roster = rulebook->roster();
    const std::string_view path = request.path;
    if (path.starts_with(kPersonCalendars)) {
        const auto id = path.substr(kPersonCalendars.size(), path.size() - kPersonCalendars.size() - kCalendar.size());
        return respond(person_calendar(roster, percent_decoded(id), now));
    }
    const auto asked = asked_in(request.query, now);
    if (!asked) return respond(refusal(400, asked.error().message()));
    const auto rest = path.substr(kSchedules.size());
    if (rest.size() > kFairness.size() && rest.ends_with(kFairness)) {
        const auto* schedule = roster.schedule(percent_decoded(rest.substr(1, rest.size() - 1 - kFairness.size())));
        if (schedule != nullptr) return show_fairness(services, *schedule, *asked, std::move(respond));
    }
    respond(schedule_answer(roster, rest, *asked, now));
}

}  // namespace tocsin::api
