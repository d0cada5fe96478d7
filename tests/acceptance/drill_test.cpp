// A fire drill over the real path, and what reports make of the past.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"

namespace tocsin::test::drill_test {
namespace {

HttpAnswer drill(Daemon& daemon, const std::string& target) {
    return daemon.ask({"POST",
                       "/api/v1/drills",
                       R"({"target":")" + target + R"(","by":"meg"})",
                       {{"Authorization", std::string("Bearer ") + kApiToken}}});
}

TEST(Drill, PagesForRealSaysSoAndPassesWhenItIsAcknowledged) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    EXPECT_EQ(drill(daemon, "secondery").status, 400U);
    const auto begun = drill(daemon, "secondary");
    ASSERT_EQ(begun.status, 202U) << begun.body;
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_EQ(page->person(), "ben");
    EXPECT_NE(page->body.find("DRILL for secondary"), std::string::npos) << page->body;
    EXPECT_NE(page->body.find(R"("is_drill":true)"), std::string::npos) << page->body;
    EXPECT_EQ(drill(daemon, "secondary")["new"], "false");
    EXPECT_NE(daemon.get("/api/v1/drills").body.find(R"("result":"under way")"), std::string::npos);
    ASSERT_EQ(daemon.act(1, "acknowledge", "ben").status, 200U);
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    EXPECT_NE(daemon.get("/api/v1/drills").body.find(R"("result":"passed","acknowledged_by":"ben")"), std::string::npos);
}

TEST(Report, TellsWhatWasPagedAndWhatCameBackAndLeavesDrillsOut) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(drill(daemon, "ben").status, 202U);
    for (const auto* by : {"ana", "ben"}) {
        ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
        const auto id = std::string(by) == "ana" ? 2 : 3;
        ASSERT_EQ(daemon.act(id, "acknowledge", by).status, 200U);
        ASSERT_EQ(daemon.act(id, "resolve", by).status, 200U);
    }
    const auto summary = daemon.get("/api/v1/reports/summary");
    EXPECT_NE(summary.body.find(R"("all":{"incidents":2,)"), std::string::npos) << summary.body;
    EXPECT_NE(summary.body.find(R"("acknowledged":2,"unanswered":0)"), std::string::npos) << summary.body;
    const auto recurring = daemon.get("/api/v1/reports/recurring");
    EXPECT_NE(recurring.body.find(R"("times":2)"), std::string::npos) << recurring.body;
    EXPECT_NE(recurring.body.find(R"("last_note":"by a test")"), std::string::npos) << recurring.body;
    EXPECT_EQ(daemon.get("/api/v1/reports/summary?from=soon").status, 400U);
    receiver.ignore_the_rest();
}

}  // namespace
}  // namespace tocsin::test::drill_test
