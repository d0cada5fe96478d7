// What happens to an alert over at Opsgenie happens to its incident here.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::opsgenie_test {
namespace {

constexpr const char* kLater = "2099-01-01T00:00:00Z";

/// An Opsgenie webhook about one alert, which is the same in all of them.
std::string webhook(const std::string& action, const std::string& more = "") {
    return fmt::format(
        R"({{"action": "{}", "alert": {{"alertId": "c1", "alias": "disk-db1", "message": "disk full", "tinyId": "7", )"
        R"("username": "ana@example.org", "priority": "P2"{}}}, "source": {{"name": "", "type": "api"}}, )"
        R"("integrationName": "tocsin"}})",
        action, more);
}

std::string said(Daemon& daemon, const std::string& action, const std::string& more = "") {
    const auto answer = daemon.post("opsgenie", webhook(action, more));
    EXPECT_EQ(answer.status, 202U) << action << ": " << answer.body;
    EXPECT_EQ(answer["incident"], "1") << action << ": " << answer.body;
    return daemon.incident(1)["state"];
}

TEST(OpsgenieWebhook, ActionsActOnTheIncidentOfTheirAlert) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    EXPECT_EQ(said(daemon, "Create"), "triggered");
    ASSERT_TRUE(receiver.next());
    EXPECT_EQ(said(daemon, "Acknowledge"), "acknowledged");
    EXPECT_EQ(daemon.incident(1)["acknowledged_by"], "ana@example.org");
    EXPECT_EQ(said(daemon, "Snooze", fmt::format(R"(, "snoozeEndDate": "{}")", kLater)), "acknowledged");
    EXPECT_EQ(daemon.incident(1)["snoozed_until"], kLater);
    EXPECT_EQ(said(daemon, "Close"), "resolved");
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::milliseconds{500}));
}

TEST(OpsgenieWebhook, AWordAboutAnUnknownAlertIsAcceptedAndOpensNothing) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.post("opsgenie", webhook("Acknowledge"));
    EXPECT_EQ(answer.status, 202U) << answer.body;
    EXPECT_EQ(answer["incident"], "null");
}

TEST(OpsgenieWebhook, ACustomActionIsKeptInTheTimeline) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    EXPECT_EQ(said(daemon, "Create"), "triggered");
    ASSERT_TRUE(receiver.next());
    EXPECT_EQ(said(daemon, "restart the web servers"), "triggered");
    EXPECT_NE(daemon.incident(1).body.find("restart the web servers"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::test::opsgenie_test
