// What happens in simulations: alerts, answers, silences, storms, outages and time, from a seed.
//
// A failing seed is printed with the way to repeat it, and to keep it: a line in seeds_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/roster.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

[[nodiscard]] Faults every_fault();

/// One thing, or a storm of them.
void something_happens(World& world, const Roster& roster);

/// A seed played to its end: its team, what happened to it, and six hours without faults in which nobody may be forgotten.
struct Run {
    std::vector<std::string> broken;
    std::uint64_t hash = 0;
    std::size_t attempts = 0;
    std::size_t incidents = 0;
    std::size_t digests = 0;         ///< That left.
    std::size_t told_elsewhere = 0;  ///< Incidents that were told at another at some time.
    Duration simulated{};
};
/// So many things that happen, one after another.
[[nodiscard]] Run run(std::uint64_t seed, const Faults& faults, int events);
/// A team's life: long quiet, and now and then a bad hour.
[[nodiscard]] Run live(std::uint64_t seed, const Faults& faults, Duration length);

/// How a seed is played.
enum class Play : std::uint8_t { Dense, Life };
/// Fails with every promise that was broken, how to replay the seed and how to keep it.
void expect_promises(const Run& run, std::uint64_t seed, Play play);

}  // namespace tocsin::simulation
