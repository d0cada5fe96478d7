// Prometheus can read /metrics, and its linter finds nothing.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::metrics_test {
namespace {

TEST(Metrics, PromtoolFindsNothing) {
    if (!has_program("promtool")) GTEST_SKIP() << "promtool is not installed";
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(receiver.next());
    const auto answer = daemon.ask({.target = "/metrics"});
    ASSERT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.header("Content-Type").substr(0, 10), "text/plain");
    const auto judged = run({.argv = {"promtool", "check", "metrics"}, .input = answer.body});
    EXPECT_EQ(judged.exit.code, 0) << judged.out << judged.error;
    EXPECT_EQ(judged.error, "");
}

TEST(Metrics, WhatHappenedIsCounted) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    for (int i = 0; i < 3; ++i) ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(receiver.next());
    EXPECT_EQ(daemon.metric(R"(tocsin_alerts_accepted_total{source="splunk"})"), 3.0);
}

TEST(Metrics, HealthAndReadinessNeedNoToken) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.ask({.target = "/-/healthy"}).status, 200U);
    EXPECT_EQ(daemon.ask({.target = "/-/ready"}).status, 200U);
}

}  // namespace
}  // namespace tocsin::test::metrics_test
