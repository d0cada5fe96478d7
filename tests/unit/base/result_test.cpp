// Errors that tell their story, and the advice they carry.
#include "core/base/result.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace tocsin::result_test {
namespace {

using std::chrono::seconds;

TEST(Error, IsReadFromTheOutsideIn) {
    const auto error = Error{Errc::TimedOut, "timed out"}.in("connect 10.0.0.5:443").in("paging step 2 of incident 7");
    EXPECT_EQ(error.message(), "paging step 2 of incident 7: connect 10.0.0.5:443: timed out");
}

TEST(Error, KeepsItsCodeAndItsAdviceWhenALayerAddsToIt) {
    const auto error = Error{Errc::Unavailable, "busy", Retry::after(seconds{30})}.in("sending");
    EXPECT_EQ(error.code(), Errc::Unavailable);
    EXPECT_EQ(error.retry().when, Retry::When::After);
    EXPECT_EQ(error.retry().delay, seconds{30});
}

TEST(Error, IsNotRetriedUnlessTheEdgeSaysSo) {
    const Error error{Errc::Rejected, "no"};
    EXPECT_FALSE(error.retry().allowed());
    EXPECT_TRUE(Retry::now().allowed());
    EXPECT_TRUE(Retry::after(seconds{1}).allowed());
}

TEST(Error, EveryCodeHasANameOfItsOwn) {
    constexpr Errc kAll[] = {Errc::Invalid,     Errc::NotFound, Errc::Refused,  Errc::Conflict,  Errc::TooLarge,
                             Errc::Unavailable, Errc::TimedOut, Errc::Rejected, Errc::Cancelled, Errc::Internal};
    std::vector<std::string_view> names;
    for (const auto code : kAll) names.push_back(to_string(code));
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Result, HoldsAValueOrAnError) {
    const Result<int> good = 7;
    const Result<int> bad = Error{Errc::NotFound, "no such thing"};
    EXPECT_EQ(good.value(), 7);
    EXPECT_EQ(bad.error().message(), "no such thing");
    EXPECT_FALSE(bad.has_value());
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const auto owned = std::move(result).value();
    EXPECT_EQ(*owned, 3);
}

TEST(ResultDeathTest, TakingTheValueOfAnErrorIsABugAndAborts) {
    const Result<int> bad = Error{Errc::NotFound, "no such thing"};
    EXPECT_DEATH((void)bad.value(), "no such thing");
}

}  // namespace
}  // namespace tocsin::result_test
