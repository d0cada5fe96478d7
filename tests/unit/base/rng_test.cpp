// Random numbers: repeatable, evenly spread, and trace ids made of them.
#include "core/base/rng.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace tocsin::rng_test {
namespace {

TEST(Rng, GivesTheSameNumbersForTheSameSeedOnEveryMachine) {
    // xoshiro256** seeded with splitmix64 from 0, as the reference implementations print it.
    Rng rng(0);
    EXPECT_EQ(rng.next(), 0x99ec5f36cb75f2b4ULL);
    EXPECT_EQ(rng.next(), 0xbf6e1f784956452aULL);
    EXPECT_EQ(rng.next(), 0x1a5f849d4933e6e0ULL);
}

TEST(Rng, GivesOtherNumbersForAnotherSeed) { EXPECT_NE(Rng(1).next(), Rng(2).next()); }

TEST(Rng, CopiesForkTheSequence) {
    Rng first(5);
    (void)first.next();
    auto second = first;
    EXPECT_EQ(first.next(), second.next());
}

TEST(Rng, BelowStaysBelowAndReachesEveryNumberAboutAsOften) {
    Rng rng(6);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i) ++counts.at(rng.below(counts.size()));
    for (const auto count : counts) EXPECT_NEAR(count, 10'000, 500);
}

TEST(Rng, BelowOneIsZeroAndHugeBoundsWork) {
    Rng rng(7);
    EXPECT_EQ(rng.below(1), 0U);
    EXPECT_LT(rng.below((1ULL << 63U) + 1), (1ULL << 63U) + 1);
}

TEST(RngDeathTest, BelowZeroIsABug) {
    Rng rng(8);
    EXPECT_DEATH((void)rng.below(0), "below 0");
}

TEST(TraceId, IsThirtyTwoLowerCaseHexadecimalDigitsAndNew) {
    Rng rng(9);
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const auto id = new_trace_id(rng);
        ASSERT_EQ(id.size(), 32U);
        ASSERT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos) << id;
        ASSERT_TRUE(seen.insert(id).second) << id;
    }
}

}  // namespace
}  // namespace tocsin::rng_test
