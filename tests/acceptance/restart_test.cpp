// A restart loses nothing: timers go on, pages that were not delivered are sent, pages that were are not sent again.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::restart_test {
namespace {

TEST(Restart, TimersGoOn) {
    Receiver receiver;
    Daemon daemon(Rulebook::escalating_after("2s"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    ASSERT_TRUE(first);
    daemon.restart();
    const auto second = receiver.next();
    ASSERT_TRUE(second) << daemon.log();
    EXPECT_EQ(second->person(), "ben");
    receiver.ignore_the_rest();
}

TEST(Restart, APageThatWasNotDeliveredIsSentWithTheSameKey) {
    Receiver receiver;
    receiver.answer([](const Received&) { return Reply{.status = 503}; });
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    ASSERT_TRUE(first);
    daemon.stop();
    while (const auto more = receiver.next(Duration{0})) EXPECT_EQ(more->key(), first->key());
    receiver.answer([](const Received&) { return Reply{}; });
    daemon.start();
    const auto again = receiver.next();
    ASSERT_TRUE(again) << daemon.log();
    EXPECT_EQ(again->key(), first->key());
}

TEST(Restart, ADeliveredPageIsNotSentAgain) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(receiver.next());
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("page_delivered") != std::string::npos; }));
    daemon.restart();
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::seconds{1}));
    EXPECT_EQ(daemon.incident(1)["state"], "triggered");
}

}  // namespace
}  // namespace tocsin::test::restart_test
