#include "tests/simulation/happenings.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "tests/simulation/team.hpp"

namespace tocsin::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string random_policy(Rng& rng, const Roster& roster) {
    auto policy = roster.escalations.begin();
    std::advance(policy, static_cast<std::ptrdiff_t>(rng.below(roster.escalations.size())));
    return policy->first;
}

/// One in six has none, or one that the rulebook does not know.
std::string random_service(Rng& rng, const Roster& roster) {
    if (roster.services.empty() || rng.one_in(6)) return rng.one_in(2) ? "unknown" : "";
    auto service = roster.services.begin();
    std::advance(service, static_cast<std::ptrdiff_t>(rng.below(roster.services.size())));
    return service->first;
}

engine::Event random_answer(World& world) {
    auto& rng = world.rng();
    constexpr TriageState kStates[] = {TriageState::New, TriageState::NeedsInformation, TriageState::Scheduled,
                                       TriageState::Transferred, TriageState::NotOurs};
    const auto soon = world.clock().now() + minutes{static_cast<std::int64_t>(1 + rng.below(120))};
    switch (rng.below(12)) {
        case 10: return engine::Triage{"person-1", kStates[rng.below(5)], "a team", soon};
        case 11: return engine::Communicate{"person-1", "we know", engine::Communicate::How::Reply};
        case 0: return engine::Unacknowledge{"person-1"};
        case 1: return engine::Snooze{"person-1", world.clock().now() + minutes{static_cast<std::int64_t>(rng.below(120))}};
        case 2: return engine::EndSnooze{"person-1"};
        case 3: return engine::Resolve{"person-1", "mended"};
        case 4: return engine::Note{"person-1", "looking"};
        case 5: return engine::Escalate{"person-1"};
        case 6: return engine::ChangeSeverity{"person-1", kSeverities[rng.below(kSeverities.size())], {}};
        default: return engine::Acknowledge{"person-1"};
    }
}

AlertAction random_follow_up(Rng& rng) {
    constexpr AlertAction kActions[] = {AlertAction::Resolve,       AlertAction::Resolve,   AlertAction::Acknowledge,
                                        AlertAction::Unacknowledge, AlertAction::EndSnooze, AlertAction::Note,
                                        AlertAction::Update,        AlertAction::Other};
    return kActions[rng.below(8)];
}

/// Each with the same key now this way and now that: as after a reload.
Lifecycle random_lifecycle(Rng& rng) {
    const auto minutes_below = [&](std::uint64_t end) { return minutes{static_cast<std::int64_t>(rng.below(end))}; };
    Lifecycle lifecycle;
    if (rng.one_in(3)) lifecycle.within = minutes_below(90);
    if (rng.one_in(2)) lifecycle.reopen_within = minutes_below(60);
    if (rng.one_in(2)) lifecycle.hold_down = minutes_below(20);
    if (rng.one_in(2))
        lifecycle.flapping = {static_cast<std::int32_t>(1 + rng.below(4)), hours{1}, minutes{1} + minutes_below(40)};
    lifecycle.re_page_on_worse = !rng.one_in(4);
    return lifecycle;
}

/// Some end before the alert is even looked at, as after a wait in the mailbox.
Silencing random_silence(World& world) {
    auto& rng = world.rng();
    const auto ends_in = minutes{static_cast<std::int64_t>(rng.below(90))} - minutes{5};
    return {fmt::format("quiet-{}", rng.below(3)), world.clock().now() + ends_in};
}

/// Now and then what cannot be: an incident into itself, an alert that is not there.
void regroup(World& world, const std::vector<Incident>& open) {
    auto& rng = world.rng();
    const auto one = open[rng.below(open.size())].id;
    if (rng.one_in(2)) return world.merge(one, open[rng.below(open.size())].id);
    world.split(one, {fmt::format("alert-{}", rng.below(30)), fmt::format("alert-{}", rng.below(30))});
}

World::Classified random_alert(World& world, const Roster& roster, const std::string& key) {
    auto& rng = world.rng();
    auto said = verdict(key, random_policy(rng, roster));
    said.service = random_service(rng, roster);
    said.severity = kSeverities[rng.below(kSeverities.size())];
    said.lifecycle = random_lifecycle(rng);
    if (rng.one_in(5)) said.urgency = Urgency::Notice;
    if (rng.one_in(10)) said.urgency = Urgency::Record;
    if (rng.one_in(3)) said.resolve_after = minutes{static_cast<std::int64_t>(1 + rng.below(60))};
    if (rng.one_in(2)) said.reply_to = "https://sender.example.org/";
    if (rng.one_in(4)) said.silenced = random_silence(world);
    auto sent = alert("source", fmt::format("alert-{}", rng.below(30)));
    sent.is_followed_up = !rng.one_in(3);
    return {std::move(sent), std::move(said)};
}

/// Much at once, most of it of its own.
void a_storm(World& world, const Roster& roster) {
    auto& rng = world.rng();
    std::vector<World::Classified> alerts;
    for (auto left = 2 + rng.below(12); left > 0; --left) {
        alerts.push_back(random_alert(world, roster, fmt::format("storm-{}", rng.below(30))));
    }
    world.fire_together(std::move(alerts));
}

Run finish(World& world, TimePoint began) {
    world.end_faults();
    world.advance(hours{6});
    world.check_liveness();
    Run run{world.broken(), world.hash(), world.attempts().size(), world.database().incidents.size(), 0, 0, {}};
    for (const auto& attempt : world.attempts()) run.digests += attempt.incident.is_set() ? 0U : 1U;
    for (const auto& [id, timeline] : world.database().timeline) {
        const auto is_told = [](const TimelineEntry& entry) { return entry.reason == Reason::ToldAtParent; };
        run.told_elsewhere += std::any_of(timeline.begin(), timeline.end(), is_told) ? 1U : 0U;
    }
    run.simulated = world.clock().now() - began;
    return run;
}

/// Nobody leaves an incident open for a year, which would look at its parent or its fallback every few minutes.
void resolve_what_is_old(World& world) {
    for (const auto& incident : world.open_incidents()) {
        if (incident.opened_at + hours{72} < world.clock().now())
            world.act(incident.id, engine::Resolve{"person-1", "it is old"});
    }
}

}  // namespace

Faults every_fault() {
    return {
        .store_refuses = 40, .crash = 300, .provider_fails = 5, .provider_rejects = 12, .provider_hangs = 20, .clock_steps = 200};
}

void something_happens(World& world, const Roster& roster) {
    auto& rng = world.rng();
    const auto key = fmt::format("key-{}", rng.below(12));
    const auto open = world.open_incidents();
    if (rng.one_in(60)) return a_storm(world, roster);
    if (rng.one_in(150)) return world.be_down_for(minutes{static_cast<std::int64_t>(rng.below(600))});
    switch (rng.below(6)) {
        case 0:
        case 1: {
            auto [sent, said] = random_alert(world, roster, key);
            world.fire(std::move(sent), std::move(said));
            return;
        }
        case 2: return world.follow_up(alert("source", fmt::format("alert-{}", rng.below(30)), random_follow_up(rng)));
        case 3:
            if (rng.one_in(10)) return world.drill({DrillTarget::Kind::Escalation, random_policy(rng, roster)});
            if (!open.empty() && rng.one_in(5)) return regroup(world, open);
            if (!open.empty()) world.act(open[rng.below(open.size())].id, random_answer(world));
            return;
        default: return world.advance(seconds{static_cast<std::int64_t>(rng.below(1'800))});
    }
}

Run run(std::uint64_t seed, const Faults& faults, int events) {
    Rng team_rng{seed};
    const auto roster = random_team(team_rng);
    World world{roster, seed, faults};
    const auto began = world.clock().now();
    for (int i = 0; i < events; ++i) something_happens(world, *roster);
    return finish(world, began);
}

Run live(std::uint64_t seed, const Faults& faults, Duration length) {
    Rng team_rng{seed};
    const auto roster = random_team(team_rng);
    World world{roster, seed, faults};
    const auto began = world.clock().now();
    while (world.clock().now() < began + length) {
        for (auto left = 1 + world.rng().below(8); left > 0; --left) something_happens(world, *roster);
        world.advance(hours{static_cast<std::int64_t>(world.rng().below(24 * 14))});
        resolve_what_is_old(world);
    }
    return finish(world, began);
}

void expect_promises(const Run& run, std::uint64_t seed, Play play) {
    if (run.broken.empty()) return;
    const auto* name = play == Play::Life ? "Life" : "Dense";
    for (const auto& what : run.broken) ADD_FAILURE() << "seed " << seed << ": " << what;
    ADD_FAILURE() << "replay it: tests/simulation/replay.sh " << seed << "\nkeep it, once it is understood: Kept{" << seed
                  << ", Play::" << name << ", \"what it found\"} in tests/simulation/seeds_test.cpp";
}

}  // namespace tocsin::simulation
