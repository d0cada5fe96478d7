// How many requests somebody may make.
#include "core/base/token_bucket.hpp"

#include <gtest/gtest.h>

namespace tocsin::token_bucket_test {
namespace {

MonotonicPoint at(std::int64_t ms) { return MonotonicPoint{std::chrono::hours{1}} + Duration{ms}; }

TEST(TokenBucket, HoldsOneMinutesWorth) {
    TokenBucket bucket(3);
    EXPECT_TRUE(bucket.take(at(0)));
    EXPECT_TRUE(bucket.take(at(0)));
    EXPECT_TRUE(bucket.take(at(0)));
    EXPECT_FALSE(bucket.take(at(0)));
}

TEST(TokenBucket, FillsSteadily) {
    TokenBucket bucket(60);
    for (int i = 0; i < 60; ++i) EXPECT_TRUE(bucket.take(at(0)));
    EXPECT_FALSE(bucket.take(at(999)));
    EXPECT_TRUE(bucket.take(at(1'000)));
    EXPECT_FALSE(bucket.take(at(1'001)));
}

TEST(TokenBucket, FillsThoughItIsAskedAllTheTime) {
    TokenBucket bucket(60);
    for (int i = 0; i < 60; ++i) (void)bucket.take(at(0));
    int taken = 0;
    for (std::int64_t ms = 0; ms < 10'000; ++ms) taken += bucket.take(at(ms)) ? 1 : 0;
    EXPECT_GE(taken, 9);
    EXPECT_LE(taken, 10);
}

TEST(TokenBucket, SaysHowLongToWait) {
    TokenBucket bucket(60);
    for (int i = 0; i < 60; ++i) (void)bucket.take(at(0));
    const auto wait = bucket.wait(at(0));
    EXPECT_FALSE(bucket.take(at(0) + wait - Duration{2}));
    EXPECT_TRUE(bucket.take(at(0) + wait));
}

TEST(TokenBucket, IsNotMovedByAClockThatStepsBack) {
    TokenBucket bucket(1);
    EXPECT_TRUE(bucket.take(at(60'000)));
    EXPECT_FALSE(bucket.take(at(0)));
    EXPECT_FALSE(bucket.take(at(60'001)));
}

}  // namespace
}  // namespace tocsin::token_bucket_test
