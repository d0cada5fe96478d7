// Every alert that Splunk and Opsgenie were ever seen to send is accepted.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::samples_test {
namespace {

TEST(Samples, EverySplunkAlertIsAccepted) {
    Daemon daemon(Rulebook::tiny());
    for (const auto& file : samples("splunk")) {
        const auto answer = daemon.post_sample("splunk", file);
        EXPECT_EQ(answer.status, 202U) << file << ": " << answer.body;
        EXPECT_EQ(answer["result"], "accepted") << file;
        EXPECT_EQ(answer["trace"].size(), 32U) << file;
        EXPECT_EQ(answer["trace"], answer.header("X-Tocsin-Trace")) << file;
    }
}

TEST(Samples, EveryOpsgenieWebhookIsAccepted) {
    Daemon daemon(Rulebook::tiny());
    for (const auto& file : samples("opsgenie_webhook")) {
        const auto answer = daemon.post_sample("opsgenie", file);
        EXPECT_EQ(answer.status, 202U) << file << ": " << answer.body;
    }
}

TEST(Samples, TheAnswerSaysWhatBecameOfTheAlert) {
    Daemon daemon(Rulebook::tiny());
    const auto first = daemon.post_sample("splunk", "splunk/rt_syslog_sudo.json");
    EXPECT_EQ(first["incident"], "1");
    EXPECT_EQ(first["state"], "triggered");
    EXPECT_EQ(first["new"], "true");
    EXPECT_EQ(first["rule"], "everything");
    EXPECT_EQ(first["service"], "site");
    EXPECT_EQ(first["severity"], "high");
    EXPECT_EQ(first["urgency"], "page");
    const auto again = daemon.post_sample("splunk", "splunk/rt_syslog_sudo.json");
    EXPECT_EQ(again["incident"], "1");
    EXPECT_EQ(again["new"], "false");
}

}  // namespace
}  // namespace tocsin::test::samples_test
