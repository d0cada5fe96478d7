// UUIDs that rise with time.
#include "core/base/uuid.hpp"

#include <gtest/gtest.h>

namespace tocsin::uuid_test {
namespace {

constexpr TimePoint kNow = from_unix_ms(1'795'000'000'000);

TEST(Uuid, HasTheFormOfVersionSeven) {
    Rng rng(7);
    const auto id = new_uuid(kNow, rng);
    ASSERT_EQ(id.size(), 36U);
    for (const auto dash : {8, 13, 18, 23}) EXPECT_EQ(id[static_cast<std::size_t>(dash)], '-');
    EXPECT_EQ(id[14], '7');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(Uuid, RisesWithTime) {
    Rng rng(7);
    const auto earlier = new_uuid(kNow, rng);
    const auto later = new_uuid(kNow + Duration{1}, rng);
    EXPECT_LT(earlier, later);
    EXPECT_LE(least_uuid(kNow), earlier);
    EXPECT_LT(earlier, least_uuid(kNow + Duration{1}));
}

TEST(Uuid, IsUnlikeTheOneBefore) {
    Rng rng(7);
    EXPECT_NE(new_uuid(kNow, rng), new_uuid(kNow, rng));
}

}  // namespace
}  // namespace tocsin::uuid_test
