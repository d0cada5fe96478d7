#include "tests/simulation/team.hpp"

#include <fmt/format.h>

#include <utility>

namespace tocsin::simulation {
namespace {

using std::chrono::minutes;

void add_person(Roster& roster, const std::string& id, std::uint64_t contacts) {
    Person person;
    person.id = id;
    person.name = id;
    for (std::uint64_t i = 0; i < contacts; ++i) {
        const auto name = fmt::format("contact-{}", i);
        person.contacts.push_back({name, "sim", id});
        person.paged.push_back({minutes{static_cast<std::int64_t>(i)}, name});
    }
    roster.people[id] = std::move(person);
}

Target person(std::string id) { return {Target::Kind::Person, std::move(id)}; }

Layer random_layer(Rng& rng, const Roster& roster) {
    Layer layer;
    layer.name = "layer";
    for (const auto& [id, somebody] : roster.people) {
        if (id != "last" && rng.below(3) != 0) layer.people.push_back(id);
    }
    if (rng.one_in(4)) layer.people.emplace_back();  // A shift that nobody has.
    if (layer.people.empty()) layer.people.emplace_back();
    Rotation rotation;
    rotation.unit = static_cast<Rotation::Unit>(rng.below(4));
    rotation.every = static_cast<std::int32_t>(1 + rng.below(3));
    rotation.from = CivilTime{std::chrono::local_days{std::chrono::year{2026} / 2 / 1}} + std::chrono::hours{rng.below(24)};
    layer.rotation = rotation;
    if (rng.one_in(2)) layer.during = parse_weekly_window(rng.one_in(2) ? "mon-fri 09:00-17:00" : "22:00-06:00");
    return layer;
}

void add_schedule(Rng& rng, Roster& roster, const std::string& id) {
    constexpr std::string_view kZones[] = {"America/New_York", "Europe/London", "Asia/Karachi", "Australia/Lord_Howe"};
    Schedule schedule;
    schedule.id = id;
    schedule.time_zone = *Zone::find(kZones[rng.below(4)]);
    for (auto layers = 1 + rng.below(3); layers > 0; --layers) schedule.layers.push_back(random_layer(rng, roster));
    roster.schedules[id] = std::move(schedule);
}

std::vector<Target> random_targets(Rng& rng, const Roster& roster) {
    std::vector<Target> targets;
    for (const auto& [id, schedule] : roster.schedules) {
        if (rng.one_in(2)) targets.push_back({Target::Kind::Schedule, id});
    }
    for (const auto& [id, somebody] : roster.people) {
        if (rng.one_in(5)) targets.push_back(person(id));
    }
    return targets;
}

/// Each needs some of those before it.
void add_services(Rng& rng, Roster& roster) {
    const auto services = rng.below(6);
    for (std::uint64_t i = 1; i <= services; ++i) {
        Service service;
        service.id = fmt::format("service-{}", i);
        for (std::uint64_t other = 1; other < i; ++other) {
            if (rng.one_in(2)) service.depends_on.push_back(fmt::format("service-{}", other));
        }
        roster.services[service.id] = std::move(service);
    }
}

/// Of half the teams, and then of most of their people and services.
void add_limits(Rng& rng, Roster& roster) {
    if (rng.one_in(2)) return;
    const auto limit = [&]() -> std::optional<PagingLimit> {
        if (rng.one_in(3)) return {};
        return PagingLimit{static_cast<std::int64_t>(1 + rng.below(5)), minutes{static_cast<std::int64_t>(1 + rng.below(60))}};
    };
    for (auto& [id, person] : roster.people) person.storm = limit();
    for (auto& [id, service] : roster.services) service.storm = limit();
    roster.storm.per_service = limit();
    roster.storm.digest_after = minutes{static_cast<std::int64_t>(rng.below(4))};
    roster.storm.stale_after = minutes{static_cast<std::int64_t>(rng.below(2) * 30)};
}

}  // namespace

std::shared_ptr<Roster> small_team() {
    auto roster = std::make_shared<Roster>();
    for (const auto* id : {"ana", "bob", "chief"}) add_person(*roster, id, 1);
    Escalation policy;
    policy.id = "two-steps";
    policy.steps = {{minutes{0}, {person("ana")}}, {minutes{5}, {person("bob")}}};
    policy.repeat = 1;
    policy.repeat_after = minutes{5};
    policy.acknowledged_for = minutes{30};
    policy.fallback = person("chief");
    roster->escalations[policy.id] = policy;
    return roster;
}

std::shared_ptr<Roster> random_team(Rng& rng) {
    auto roster = std::make_shared<Roster>();
    add_person(*roster, "last", 1);
    for (auto people = 2 + rng.below(5); people > 0; --people) {
        add_person(*roster, fmt::format("person-{}", people), rng.one_in(6) ? 0 : 1 + rng.below(3));
    }
    for (auto schedules = 1 + rng.below(3); schedules > 0; --schedules)
        add_schedule(rng, *roster, fmt::format("schedule-{}", schedules));
    for (auto policies = 1 + rng.below(3); policies > 0; --policies) {
        Escalation policy;
        policy.id = fmt::format("policy-{}", policies);
        for (auto steps = 1 + rng.below(4); steps > 0; --steps) {
            policy.steps.push_back({minutes{static_cast<std::int64_t>(rng.below(15))}, random_targets(rng, *roster)});
        }
        policy.repeat = static_cast<std::int32_t>(rng.below(3));
        policy.repeat_after = minutes{static_cast<std::int64_t>(1 + rng.below(10))};
        policy.acknowledged_for = minutes{static_cast<std::int64_t>(rng.below(2) * 30)};
        policy.fallback = person("last");
        roster->escalations[policy.id] = std::move(policy);
    }
    add_services(rng, *roster);
    add_limits(rng, *roster);
    return roster;
}

Alert alert(std::string source, std::string key, AlertAction action) {
    Alert alert;
    alert.source = std::move(source);
    alert.kind = "opsgenie";
    alert.action = action;
    alert.key = std::move(key);
    alert.title = alert.key;
    alert.is_followed_up = true;
    return alert;
}

Verdict verdict(const std::string& key, const std::string& escalation) {
    Verdict verdict;
    verdict.rule = "a rule";
    verdict.rule_index = 0;
    verdict.service = "service";
    verdict.severity = Severity::High;
    verdict.urgency = Urgency::Page;
    verdict.summary = key;
    verdict.incident_key = key;
    verdict.escalation = escalation;
    return verdict;
}

}  // namespace tocsin::simulation
