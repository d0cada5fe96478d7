// The API says who is on call.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::on_call_test {
namespace {

TEST(OnCallApi, SaysWhoIsOnCallInEverySchedule) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.get("/api/v1/oncall");
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto body = answer.json();
    const auto& schedules = body.at("schedules").as_array();
    ASSERT_EQ(schedules.size(), 2U);
    EXPECT_EQ(member(schedules[0], "schedule"), "primary");
    EXPECT_EQ(member(schedules[0], "time_zone"), "UTC");
    EXPECT_EQ(member(schedules[0].at("on_call"), "person"), "ana");
    EXPECT_EQ(member(schedules[1].at("on_call"), "person"), "ben");
}

TEST(OnCallApi, AnswersForAnyInstant) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.get("/api/v1/oncall?at=2026-03-08T03:30:00Z")["at"], "2026-03-08T03:30:00Z");
    EXPECT_EQ(daemon.get("/api/v1/oncall?at=yesterday").status, 400U);
}

}  // namespace
}  // namespace tocsin::test::on_call_test
