// Random teams, alerts, answers and faults: the promises hold after every step, and once the faults end nobody was forgotten.
//
// A failing seed is printed; TOCSIN_SEED=<seed> runs that one alone (tests/simulation/replay.sh).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Faults kEverything{
    .store_refuses = 40, .crash = 300, .provider_fails = 5, .provider_rejects = 12, .provider_hangs = 20, .clock_steps = 200};

std::string random_policy(Rng& rng, const Roster& roster) {
    auto policy = roster.escalations.begin();
    std::advance(policy, static_cast<std::ptrdiff_t>(rng.below(roster.escalations.size())));
    return policy->first;
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
    return {fmt::format("silence-{}", rng.below(3)), world.clock().now() + ends_in};
}

/// Now and then what cannot be: an incident into itself, an alert that is not there.
void regroup(World& world, const std::vector<Incident>& open) {
    auto& rng = world.rng();
    const auto one = open[rng.below(open.size())].id;
    if (rng.one_in(2)) return world.merge(one, open[rng.below(open.size())].id);
    world.split(one, {fmt::format("alert-{}", rng.below(30)), fmt::format("alert-{}", rng.below(30))});
}

void something_happens(World& world, const Roster& roster) {
    auto& rng = world.rng();
    const auto key = fmt::format("key-{}", rng.below(12));
    const auto open = world.open_incidents();
    switch (rng.below(6)) {
        case 0:
        case 1: {
            auto said = verdict(key, random_policy(rng, roster));
            if (rng.one_in(5)) said.urgency = Urgency::Notice;
            if (rng.one_in(10)) said.urgency = Urgency::Record;
            if (rng.one_in(3)) said.resolve_after = minutes{static_cast<std::int64_t>(1 + rng.below(60))};
            if (rng.one_in(2)) said.reply_to = "https://sender.example.org/";
            if (rng.one_in(4)) said.silenced = random_silence(world);
            said.lifecycle = random_lifecycle(rng);
            said.severity = kSeverities[rng.below(3)];
            auto sent = alert("source", fmt::format("alert-{}", rng.below(30)));
            sent.is_followed_up = !rng.one_in(3);
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

struct Run {
    std::vector<std::string> broken;
    std::uint64_t hash = 0;
    std::size_t attempts = 0;
    std::size_t incidents = 0;
};

Run run(std::uint64_t seed, const Faults& faults, int events) {
    Rng team_rng{seed};
    const auto roster = random_team(team_rng);
    World world{roster, seed, faults};
    for (int i = 0; i < events; ++i) something_happens(world, *roster);
    world.end_faults();
    world.advance(hours{6});
    world.check_liveness();
    return {world.broken(), world.hash(), world.attempts().size(), world.database().incidents.size()};
}

/// Sanitizers take ten times as long: they get a quarter of the seeds, which is enough to touch every line.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kSeedShare = 4;
#else
constexpr std::uint64_t kSeedShare = 1;
#endif

std::vector<std::uint64_t> seeds(std::uint64_t full_count) {
    const auto count = std::max<std::uint64_t>(1, full_count / kSeedShare);
    if (const char* one = std::getenv("TOCSIN_SEED")) return {std::strtoull(one, nullptr, 10)};
    std::vector<std::uint64_t> all;
    for (std::uint64_t seed = 1; seed <= count; ++seed) all.push_back(seed);
    return all;
}

void expect_promises(const Run& run, std::uint64_t seed) {
    for (const auto& what : run.broken) ADD_FAILURE() << "seed " << seed << ": " << what;
}

TEST(Simulation, PromisesHoldWithoutFaults) {
    for (const auto seed : seeds(40)) expect_promises(run(seed, {}, 400), seed);
}

TEST(Simulation, PromisesHoldUnderEveryFaultAtOnce) {
    std::size_t attempts = 0;
    std::size_t incidents = 0;
    for (const auto seed : seeds(100)) {
        const auto result = run(seed, kEverything, 400);
        expect_promises(result, seed);
        attempts += result.attempts;
        incidents += result.incidents;
    }
    if (std::getenv("TOCSIN_SEED") != nullptr) return;
    EXPECT_GT(incidents, 1'000U / kSeedShare) << "the simulation hardly simulates anything";
    EXPECT_GT(attempts, 5'000U / kSeedShare);
}

TEST(Simulation, PromisesHoldUnderEachFaultAlone) {
    const Faults each[] = {{.store_refuses = 10},   {.crash = 50},         {.provider_fails = 2},
                           {.provider_rejects = 3}, {.provider_hangs = 3}, {.clock_steps = 20}};
    for (const auto& faults : each) {
        for (const auto seed : seeds(10)) expect_promises(run(seed, faults, 300), seed);
    }
}

TEST(Simulation, SameSeedGivesTheSameEffects) {
    for (const auto seed : seeds(10)) {
        const auto first = run(seed, kEverything, 300);
        const auto second = run(seed, kEverything, 300);
        EXPECT_EQ(first.hash, second.hash) << "seed " << seed;
        EXPECT_NE(first.hash, run(seed + 1'000, kEverything, 300).hash);
    }
}

}  // namespace
}  // namespace tocsin::simulation
