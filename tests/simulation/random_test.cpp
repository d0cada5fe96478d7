// Random teams, alerts, answers, storms, outages and faults: the promises hold after every step, and once the faults end nobody
// was forgotten.
//
// A failing seed is printed; TOCSIN_SEED=<seed> runs that one alone (tests/simulation/replay.sh).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "tests/simulation/happenings.hpp"

namespace tocsin::simulation::random_test {
namespace {

using std::chrono::hours;

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

TEST(Simulation, PromisesHoldWithoutFaults) {
    for (const auto seed : seeds(40)) expect_promises(run(seed, {}, 400), seed, Play::Dense);
}

TEST(Simulation, PromisesHoldUnderEveryFaultAtOnce) {
    std::size_t attempts = 0;
    std::size_t incidents = 0;
    std::size_t digests = 0;
    std::size_t told_elsewhere = 0;
    for (const auto seed : seeds(100)) {
        const auto result = run(seed, every_fault(), 400);
        expect_promises(result, seed, Play::Dense);
        attempts += result.attempts;
        incidents += result.incidents;
        digests += result.digests;
        told_elsewhere += result.told_elsewhere;
    }
    if (std::getenv("TOCSIN_SEED") != nullptr) return;
    EXPECT_GT(incidents, 1'000U / kSeedShare) << "the simulation hardly simulates anything";
    EXPECT_GT(attempts, 5'000U / kSeedShare);
    EXPECT_GT(digests, 100U / kSeedShare);
    EXPECT_GT(told_elsewhere, 100U / kSeedShare);
}

TEST(Simulation, PromisesHoldUnderEachFaultAlone) {
    const Faults each[] = {{.store_refuses = 10},   {.crash = 50},         {.provider_fails = 2},
                           {.provider_rejects = 3}, {.provider_hangs = 3}, {.clock_steps = 20}};
    for (const auto& faults : each) {
        for (const auto seed : seeds(10)) expect_promises(run(seed, faults, 300), seed, Play::Dense);
    }
}

/// What a run of all tests must have seen of the future.
TEST(Simulation, AHundredYearsOfRandomTeamsKeepEveryPromise) {
    constexpr auto kYear = hours{24 * 365};
    constexpr Duration kAll = kYear * 100 / static_cast<std::int64_t>(kSeedShare);
    Duration simulated{};
    for (const auto seed : seeds(100)) {
        const auto life = live(seed, seed % 2 == 0 ? every_fault() : Faults{}, kYear + hours{24});
        expect_promises(life, seed, Play::Life);
        simulated += life.simulated;
    }
    if (std::getenv("TOCSIN_SEED") != nullptr) return;
    EXPECT_GE(simulated, kAll);
}

TEST(Simulation, SameSeedGivesTheSameEffects) {
    for (const auto seed : seeds(10)) {
        const auto first = run(seed, every_fault(), 300);
        const auto second = run(seed, every_fault(), 300);
        EXPECT_EQ(first.hash, second.hash) << "seed " << seed;
        EXPECT_NE(first.hash, run(seed + 1'000, every_fault(), 300).hash);
    }
}

}  // namespace
}  // namespace tocsin::simulation::random_test
