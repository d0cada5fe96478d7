// What becomes of a page after an attempt.
#include "core/engine/delivery.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace tocsin::engine::delivery_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);

Page page() {
    Page page;
    page.due_at = kNow;
    page.give_up_at = kNow + limits::kPageDeadline;
    return page;
}

Result<void> unavailable(Retry retry) { return Error{Errc::Unavailable, "the provider said 503", retry}; }

TEST(Delivery, AnsweredIsDelivered) {
    Rng rng{1};
    const auto after = after_attempt(page(), {}, kNow, rng);
    EXPECT_EQ(after.state, PageState::Delivered);
    EXPECT_EQ(after.attempts, 1);
}

TEST(Delivery, RefusedForGoodIsFailedAtOnce) {
    Rng rng{1};
    const auto after = after_attempt(page(), Error{Errc::Rejected, "no such number"}, kNow, rng);
    EXPECT_EQ(after.state, PageState::Failed);
    EXPECT_EQ(after.last_error, "no such number");
}

TEST(Delivery, BacksOffTwiceAsLongEachTimeUpToTheCap) {
    Rng rng{1};
    auto current = page();
    current.give_up_at = kNow + std::chrono::hours{10};
    auto whole = limits::kBackoffFirst;
    for (int attempt = 1; attempt <= 12; ++attempt) {
        current = after_attempt(current, unavailable(Retry::now()), kNow, rng);
        const auto wait = current.due_at - kNow;
        EXPECT_GE(wait, whole / 2) << "attempt " << attempt;
        EXPECT_LE(wait, whole) << "attempt " << attempt;
        whole = std::min(whole * 2, limits::kBackoffMax);
    }
}

TEST(Delivery, RetryAfterIsObeyedWhereItIsLonger) {
    Rng rng{1};
    EXPECT_EQ(after_attempt(page(), unavailable(Retry::after(seconds{90})), kNow, rng).due_at, kNow + seconds{90});
    EXPECT_GE(after_attempt(page(), unavailable(Retry::after(Duration{1})), kNow, rng).due_at, kNow + limits::kBackoffFirst / 2);
}

TEST(Delivery, UndeliveredAtItsDeadlineIsGivenUp) {
    Rng rng{1};
    const auto after = after_attempt(page(), unavailable(Retry::after(minutes{11})), kNow, rng);
    EXPECT_EQ(after.state, PageState::Failed);
    EXPECT_GE(after.due_at, after.give_up_at) << "this is what tells expired from refused";
}

TEST(Delivery, PagesDoNotReturnInStep) {
    Rng rng{1};
    const auto first = after_attempt(page(), unavailable(Retry::now()), kNow, rng).due_at;
    bool differs = false;
    for (int i = 0; i < 10; ++i) differs = differs || after_attempt(page(), unavailable(Retry::now()), kNow, rng).due_at != first;
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace tocsin::engine::delivery_test
