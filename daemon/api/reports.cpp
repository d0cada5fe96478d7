#include "daemon/api/reports.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <string>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/engine/report.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/reading.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr Duration kLately = std::chrono::days{30};

json::value seconds_or_null(const engine::Mean& mean) {
    const auto value = mean.value();
    if (!value) return nullptr;
    return std::chrono::duration_cast<std::chrono::seconds>(*value).count();
}

json::object to_json(const engine::Figures& figures) {
    return {{"incidents", figures.incidents},
            {"pages", figures.pages},
            {"night_pages", figures.night_pages},
            {"acknowledged", figures.acknowledged},
            {"unanswered", figures.unanswered},
            {"mtta_seconds", seconds_or_null(figures.to_acknowledge)},
            {"mttr_seconds", seconds_or_null(figures.to_resolve)}};
}

json::object head(const engine::Stretch& stretch, bool is_cut) {
    return {{"from", format_utc(stretch.from)}, {"until", format_utc(stretch.until)}, {"is_cut", is_cut}};
}

json::object to_json(const engine::Report& report) {
    auto body = head(report.stretch, report.is_cut);
    body["all"] = to_json(report.all);
    json::object services;
    for (const auto& [service, figures] : report.services) services[service] = to_json(figures);
    json::object severities;
    for (const auto& [severity, figures] : report.severities) severities[to_string(severity)] = to_json(figures);
    json::object rules;
    for (const auto& [rule, figures] : report.rules) rules[rule] = to_json(figures);
    json::object people;
    for (const auto& [person, figures] : report.people) {
        people[person] =
            json::object{{"day_pages", figures.day_pages}, {"night_pages", figures.night_pages}, {"notices", figures.notices}};
    }
    body["services"] = std::move(services);
    body["severities"] = std::move(severities);
    body["rules"] = std::move(rules);
    body["people"] = std::move(people);
    return body;
}

json::object to_json(const engine::Problem& problem) {
    json::object resolutions;
    for (const auto& [reason, times] : problem.resolutions) resolutions[to_string(reason)] = times;
    return {{"key", problem.key},
            {"service", problem.service},
            {"rule", problem.rule},
            {"summary", problem.summary},
            {"runbook", problem.runbook},
            {"times", problem.times},
            {"pages", problem.pages},
            {"night_pages", problem.night_pages},
            {"last_opened_at", format_utc(problem.last_opened_at)},
            {"mean_open_seconds", seconds_or_null(problem.open)},
            {"resolutions", std::move(resolutions)},
            {"last_note", problem.last_note}};
}

json::object to_json(const engine::Recurring& recurring) {
    auto body = head(recurring.stretch, recurring.is_cut);
    json::array problems;
    for (const auto& problem : recurring.problems) problems.push_back(to_json(problem));
    body["problems"] = std::move(problems);
    return body;
}

Result<engine::Stretch> stretch_of(std::string_view query, TimePoint now) {
    engine::Stretch stretch{now - kLately, now};
    for (const auto& [name, into] : {std::pair{"from", &stretch.from}, std::pair{"until", &stretch.until}}) {
        const auto written = query_value(query, name);
        if (written.empty()) continue;
        const auto at = parse_rfc3339(written);
        if (!at) return Error{Errc::Invalid, fmt::format("`{}` is not a time such as 2026-03-08T08:30:00Z", name)};
        *into = *at;
    }
    if (stretch.from >= stretch.until) return Error{Errc::Invalid, "`from` is not before `until`"};
    return stretch;
}

}  // namespace

void show_report(Services& services, const http::Request& request, http::Respond respond) {
    const bool is_recurring = request.path == "/api/v1/reports/recurring";
    if (!is_recurring && request.path != "/api/v1/reports/summary") {
        return respond(refusal(404, "there are the reports summary and recurring"));
    }
    const auto stretch = stretch_of(request.query, services.clock.now());
    if (!stretch) return respond(refusal(stretch.error()));
    auto& reader = services.reader;
    answer_with(
        services,
        [&reader, stretch = *stretch, is_recurring, rulebook = services.rulebook()]() -> Result<json::object> {
            const auto past = reader.past({stretch.from, stretch.until, limits::kReportRowsMax});
            if (!past) return past.error();
            const auto& roster = rulebook->roster();
            return is_recurring ? to_json(engine::recurring(*past, roster, stretch))
                                : to_json(engine::report(*past, roster, stretch));
        },
        std::move(respond));
}

}  // namespace tocsin::api
