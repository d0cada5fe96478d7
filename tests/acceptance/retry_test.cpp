// A provider that is down or busy gets the page again, under the same idempotency key, and not before the time that it asked for.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::retry_test {
namespace {

TEST(Retry, APageIsSentAgainAfter503WithTheSameKey) {
    Receiver receiver;
    receiver.answer([&receiver, tries = 0](const Received&) mutable { return Reply{.status = ++tries <= 2 ? 503U : 200U}; });
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    const auto second = receiver.next();
    const auto third = receiver.next();
    ASSERT_TRUE(first && second && third) << daemon.log();
    EXPECT_NE(first->key(), "");
    EXPECT_EQ(second->key(), first->key());
    EXPECT_EQ(third->key(), first->key());
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("page_delivered") != std::string::npos; }));
}

TEST(Retry, RetryAfterIsObeyed) {
    Receiver receiver;
    receiver.answer([tries = 0](const Received&) mutable {
        return ++tries == 1 ? Reply{.status = 503, .headers = {{"Retry-After", "3"}}} : Reply{};
    });
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    const auto second = receiver.next();
    ASSERT_TRUE(first && second) << daemon.log();
    EXPECT_EQ(second->key(), first->key());
    EXPECT_GE(second->at - first->at, std::chrono::milliseconds{2900});
}

TEST(Retry, APageThatIsRefusedForGoodIsNotSentAgainAndTheNextStepFollows) {
    Receiver receiver;
    receiver.answer([](const Received& page) { return Reply{.status = page.person() == "ana" ? 400U : 200U}; });
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto refused = receiver.next();
    const auto next_step = receiver.next();
    ASSERT_TRUE(refused && next_step) << daemon.log();
    EXPECT_EQ(refused->person(), "ana");
    EXPECT_EQ(next_step->person(), "ben");
}

}  // namespace
}  // namespace tocsin::test::retry_test
