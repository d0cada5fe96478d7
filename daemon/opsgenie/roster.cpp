#include "daemon/opsgenie/roster.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr std::string_view kReadOnly =
    "People, teams, schedules and escalations stand in the rulebook of tocsin, in git: change them there.";

json::object user_json(const Roster& roster, const Person& person) {
    return {{"id", person.id},
            {"username", username_of(roster, person.id)},
            {"fullName", person.name},
            {"role", json::object{{"id", "User"}, {"name", "User"}}},
            {"timeZone", person.time_zone.name()},
            {"locale", "en_US"},
            {"blocked", false},
            {"verified", true}};
}

/// A team has whoever is on a step of an escalation of its services.
std::set<std::string> members_of(const Roster& roster, const std::string& team) {
    std::set<std::string> members;
    const auto add = [&](const Target& target) {
        if (target.kind == Target::Kind::Person) members.insert(target.id);
        if (const auto* schedule = target.kind == Target::Kind::Schedule ? roster.schedule(target.id) : nullptr) {
            for (const auto& person : everybody_in(*schedule)) members.insert(person);
        }
    };
    for (const auto& [id, service] : roster.services) {
        const auto* escalation = service.team == team ? roster.escalation(service.escalation) : nullptr;
        if (escalation == nullptr) continue;
        for (const auto& step : escalation->steps) {
            for (const auto& target : step.page) add(target);
        }
    }
    return members;
}

json::object team_json(const Roster& roster, const std::string& team) {
    json::array members;
    for (const auto& person : members_of(roster, team)) {
        members.push_back(
            json::object{{"user", json::object{{"id", person}, {"username", username_of(roster, person)}}}, {"role", "user"}});
    }
    return {{"id", team}, {"name", team}, {"description", ""}, {"members", std::move(members)}};
}

json::object target_json(const Roster& roster, const Target& target) {
    if (target.kind == Target::Kind::Schedule) return {{"type", "schedule"}, {"id", target.id}, {"name", target.id}};
    return {{"type", "user"}, {"id", target.id}, {"username", username_of(roster, target.id)}};
}

json::object escalation_json(const Roster& roster, const Escalation& escalation) {
    constexpr std::int64_t kMsOfMinute = 60'000;
    json::array rules;
    Duration since{};
    for (const auto& step : escalation.steps) {
        since += step.after;
        for (const auto& target : step.page) {
            rules.push_back(
                json::object{{"condition", "if-not-acked"},
                             {"notifyType", "default"},
                             {"delay", json::object{{"timeAmount", since.count() / kMsOfMinute}, {"timeUnit", "minutes"}}},
                             {"recipient", target_json(roster, target)}});
        }
    }
    return {{"id", escalation.id}, {"name", escalation.id}, {"description", ""}, {"rules", std::move(rules)}};
}

void not_found(const ExchangePtr& exchange, std::string_view what, const std::string& name) {
    exchange->refuse(404, fmt::format("{} [{}] is not found.", what, printable(name)));
}

void answer_users(const ExchangePtr& exchange, const Roster& roster, const std::string& name) {
    if (!name.empty()) {
        const auto* person = person_of(roster, name);
        return person == nullptr ? not_found(exchange, "User", name) : exchange->data(user_json(roster, *person));
    }
    json::array all;
    for (const auto& [id, person] : roster.people) all.push_back(user_json(roster, person));
    const auto count = all.size();
    exchange->answer(200, {{"totalCount", count}, {"data", std::move(all)}});
}

void answer_teams(const ExchangePtr& exchange, const Roster& roster, const std::string& name) {
    const auto teams = teams_of(roster);
    if (!name.empty()) {
        return teams.contains(name) ? exchange->data(team_json(roster, name)) : not_found(exchange, "Team", name);
    }
    json::array all;
    for (const auto& team : teams) all.push_back(team_json(roster, team));
    exchange->data(std::move(all));
}

void answer_escalations(const ExchangePtr& exchange, const Roster& roster, const std::string& name) {
    if (!name.empty()) {
        const auto* escalation = roster.escalation(name);
        return escalation == nullptr ? not_found(exchange, "Escalation", name)
                                     : exchange->data(escalation_json(roster, *escalation));
    }
    json::array all;
    for (const auto& [id, escalation] : roster.escalations) all.push_back(escalation_json(roster, escalation));
    exchange->data(std::move(all));
}

}  // namespace

const Person* person_of(const Roster& roster, std::string_view name) {
    if (const auto* person = roster.person(name)) return person;
    for (const auto& [id, person] : roster.people) {
        const bool is_email = !person.email.empty() && equal_ignoring_case(person.email, name);
        if (is_email || person.name == name) return &person;
    }
    return nullptr;
}

std::string username_of(const Roster& roster, std::string_view person) {
    const auto* known = roster.person(person);
    return known == nullptr || known->email.empty() ? std::string(person) : known->email;
}

std::set<std::string> teams_of(const Roster& roster) {
    std::set<std::string> teams;
    for (const auto& [id, service] : roster.services) {
        if (!service.team.empty()) teams.insert(service.team);
    }
    return teams;
}

std::set<std::string> teams_paging(const Roster& roster, std::string_view schedule) {
    const auto is_it = [schedule](const Target& target) {
        return target.kind == Target::Kind::Schedule && target.id == schedule;
    };
    std::set<std::string> teams;
    for (const auto& [id, service] : roster.services) {
        const auto* escalation = service.team.empty() ? nullptr : roster.escalation(service.escalation);
        if (escalation == nullptr) continue;
        const bool pages_it = std::any_of(escalation->steps.begin(), escalation->steps.end(), [&](const auto& step) {
            return std::any_of(step.page.begin(), step.page.end(), is_it);
        });
        if (pages_it) teams.insert(service.team);
    }
    return teams;
}

void answer_roster(const ExchangePtr& exchange, const Place& place, std::string_view method, std::string_view /*query*/) {
    if (method != "GET") return exchange->refuse_for_good(kReadOnly);
    const auto rulebook = exchange->services.rulebook();
    const auto name = identifier_of(place.segments);
    switch (place.resource) {
        case Resource::Users: return answer_users(exchange, rulebook->roster(), name);
        case Resource::Teams: return answer_teams(exchange, rulebook->roster(), name);
        case Resource::Escalations: return answer_escalations(exchange, rulebook->roster(), name);
        case Resource::Account:
            return exchange->data({{"name", exchange->services.settings.node},
                                   {"userCount", rulebook->roster().people.size()},
                                   {"plan", {{"name", "tocsin"}, {"isYearly", false}}}});
        default: return exchange->refuse_for_good("tocsin does not answer this part of the Opsgenie API.");
    }
}

}  // namespace tocsin::opsgenie
