// A replay as one JSON object.
#include <boost/json.hpp>

#include "rules/check/replay_report.hpp"

namespace tocsin::check {
namespace json = boost::json;
namespace {

json::object to_json(const ReplayCount& count) {
    return {{"before", count.before}, {"after", count.after}, {"gained", count.gained}, {"lost", count.lost}};
}

json::array to_json(const std::vector<ReplayPage>& pages) {
    json::array all;
    for (const auto& page : pages) {
        all.push_back(json::object{{"at", format_utc(page.at)},
                                   {"local", format_in(page.at, page.zone)},
                                   {"via", page.via},
                                   {"rule", page.rule},
                                   {"summary", page.summary}});
    }
    return all;
}

json::object to_json(const ReplayGroup& group) {
    json::array differences;
    for (const auto& [what, before, after] : group.differences) {
        json::object difference{{"what", what}};
        if (what != "incident") {
            difference["before"] = before;
            difference["after"] = after;
        }
        differences.push_back(std::move(difference));
    }
    return {{"alerts", group.alerts},
            {"rule", json::object{{"before", group.rule_before}, {"after", group.rule_after}}},
            {"differences", std::move(differences)},
            {"example",
             json::object{{"at", format_utc(group.example_at)}, {"source", group.example_source}, {"summary", group.example}}}};
}

json::object people_of(const ReplayReport& report) {
    json::object people;
    for (const auto& [name, person] : report.people) {
        people[name] = json::object{{"pages", to_json(person.pages)},
                                    {"night_pages", to_json(person.night_pages)},
                                    {"notices", to_json(person.notices)},
                                    {"gained", to_json(person.gained)},
                                    {"lost", to_json(person.lost)}};
    }
    return people;
}

json::object assumptions_of(const ReplayReport& report) {
    const auto& [acknowledged_after, resolved_after] = report.assumptions;
    return {{"acknowledged_after", acknowledged_after ? json::value(format_duration(*acknowledged_after)) : json::value(nullptr)},
            {"resolved_after", format_duration(resolved_after)}};
}

}  // namespace

std::string replay_to_json(const ReplayReport& report) {
    json::array groups;
    for (const auto& group : report.groups) groups.push_back(to_json(group));
    json::object services;
    for (const auto& [name, count] : report.incidents_of) services[name] = to_json(count);
    json::object left_out;
    for (const auto& [why, count] : report.not_understood) left_out[why] = count;
    return json::serialize(json::object{{"is_changed", report.is_changed()},
                                        {"base", report.base},
                                        {"changed", report.changed},
                                        {"from", report.first ? json::value(format_utc(*report.first)) : json::value(nullptr)},
                                        {"until", report.first ? json::value(format_utc(report.last)) : json::value(nullptr)},
                                        {"assumed", assumptions_of(report)},
                                        {"alerts", json::object{{"fired", report.fired},
                                                                {"follow_ups", report.follow_ups},
                                                                {"changed", report.changed_alerts},
                                                                {"ungrouped", report.ungrouped},
                                                                {"left_out", std::move(left_out)}}},
                                        {"groups", std::move(groups)},
                                        {"incidents", to_json(report.incidents)},
                                        {"incidents_by_service", std::move(services)},
                                        {"pages", to_json(report.pages())},
                                        {"night_pages", to_json(report.night_pages())},
                                        {"notices", to_json(report.notices())},
                                        {"people", people_of(report)}});
}

}  // namespace tocsin::check
