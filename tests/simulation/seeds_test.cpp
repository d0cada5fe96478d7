// Seeds that found something once, each kept as a test under the name of what it found.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/simulation/happenings.hpp"

namespace tocsin::simulation::seeds_test {
namespace {

constexpr auto kYear = std::chrono::hours{24 * 365};

struct Kept {
    std::uint64_t seed = 0;
    Play play = Play::Dense;
    const char* found = "";  ///< A name: letters only.
};

void PrintTo(const Kept& kept, std::ostream* out) { *out << "seed " << kept.seed; }

class Seed : public testing::TestWithParam<Kept> {};

TEST_P(Seed, KeepsEveryPromise) {
    const auto& kept = GetParam();
    const auto result = kept.play == Play::Life ? live(kept.seed, every_fault(), kYear) : run(kept.seed, every_fault(), 400);
    expect_promises(result, kept.seed, kept.play);
}

constexpr Kept kKept[] = {
    {1, Play::Life, "TheFirst"},
};

INSTANTIATE_TEST_SUITE_P(That, Seed, testing::ValuesIn(kKept), [](const auto& kept) { return std::string(kept.param.found); });

}  // namespace
}  // namespace tocsin::simulation::seeds_test
