// Schedules from outside: drawn in the terminal, asked of the API, subscribed to as a calendar, from a daemon and from a
// directory.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

namespace tocsin::test::schedules_test {
namespace {

const std::string kLearner = source_path("rules/examples/learner");

Outcome tocsin(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), built_path("tocsin"));
    return run({std::move(arguments)});
}

TEST(ScheduleShow, DrawsTheShiftsOfARulebookOnDisk) {
    const auto shown =
        tocsin({"schedule", "show", "learner-primary", "--rulebook", kLearner, "--weeks", "1", "--from", "2026-01-06"});
    EXPECT_EQ(shown.exit.code, 0) << shown.error;
    EXPECT_NE(shown.out.find("Tue 2026-01-06  AAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBAAAAAAAA  12:00 B  20:00 A\n"),
              std::string::npos)
        << shown.out;
    EXPECT_NE(shown.out.find("A  lahore-a  Lahore engineer A\n"), std::string::npos) << shown.out;
}

TEST(ScheduleShow, DrawsThemByTheClocksOfTheReader) {
    const auto shown = tocsin({"schedule", "show", "learner-primary", "--rulebook", kLearner, "--weeks", "1", "--from",
                               "2026-01-06", "--zone", "Asia/Karachi"});
    EXPECT_NE(shown.out.find("  06:00 B  22:00 C\n"), std::string::npos) << shown.out;
}

TEST(ScheduleShow, SaysWhichScheduleWasMeant) {
    const auto shown = tocsin({"schedule", "show", "learner-primry", "--rulebook", kLearner});
    EXPECT_EQ(shown.exit.code, 1);
    EXPECT_NE(shown.error.find("did you mean \"learner-primary\"?"), std::string::npos) << shown.error;
}

TEST(ScheduleFairness, SharesOutAYear) {
    const auto shown = tocsin({"schedule", "fairness", "learner-primary", "--rulebook", kLearner, "--from", "2026-01-05",
                               "--until", "2027-01-04", "-o", "json"});
    ASSERT_EQ(shown.exit.code, 0) << shown.error;
    const auto body = boost::json::parse(shown.out);
    EXPECT_EQ(body.at("people").as_array().size(), 5U);
}

TEST(ScheduleFairness, ShowsHowOftenEachWasPagedBesideTheHours) {
    Receiver receiver;
    receiver.ignore_the_rest();
    Daemon daemon(Rulebook::tiny(), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("page_delivered") != std::string::npos; }));
    const auto answer = daemon.get("/api/v1/schedules/primary/fairness?from=2026-01-01T00:00:00Z&until=2027-12-31T00:00:00Z");
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto body = answer.json();
    const auto& ana = body.at("people").at(0);
    EXPECT_EQ(member(ana, "person"), "ana");
    EXPECT_EQ(ana.at("day_pages").as_int64() + ana.at("night_pages").as_int64(), 1) << answer.body;
    EXPECT_GT(ana.at("night_hours").as_double(), 0) << answer.body;
    daemon.folder().write("token", kApiToken);
    const auto shown = tocsin({"schedule", "fairness", "primary", "--server", fmt::format("http://127.0.0.1:{}", daemon.port()),
                               "--token-file", daemon.folder().path("token")});
    ASSERT_EQ(shown.exit.code, 0) << shown.error;
    EXPECT_NE(shown.out.find("BY NIGHT"), std::string::npos) << shown.out;
}

TEST(OnCallCommand, AnswersFromARulebookOnDisk) {
    const auto shown =
        tocsin({"oncall", "--rulebook", kLearner, "--schedule", "learner-primary", "--at", "2026-01-05 13:00 America/New_York"});
    EXPECT_EQ(shown.exit.code, 0) << shown.error;
    EXPECT_NE(shown.out.find("lahore-b"), std::string::npos) << shown.out;
}

TEST(ScheduleApi, ListsSchedulesAndTheirShifts) {
    Daemon daemon(Rulebook::tiny());
    const auto all = daemon.get("/api/v1/schedules");
    ASSERT_EQ(all.status, 200U) << all.body;
    EXPECT_EQ(all.json().at("schedules").as_array().size(), 2U);
    const auto shifts = daemon.get("/api/v1/schedules/primary/shifts?from=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z");
    ASSERT_EQ(shifts.status, 200U) << shifts.body;
    EXPECT_EQ(member(shifts.json().at("shifts").at(0), "person"), "ana");
    EXPECT_EQ(member(shifts.json().at("shifts").at(0), "until"), "2026-02-01T00:00:00Z");
    EXPECT_EQ(daemon.get("/api/v1/schedules/primry/fairness").status, 404U);
    EXPECT_EQ(daemon.get("/api/v1/schedules/primry/shifts").status, 404U);
    EXPECT_EQ(daemon.get("/api/v1/schedules/primary/shifts?from=2026-01-01T00:00:00Z&until=2036-01-01T00:00:00Z").status, 400U);
    EXPECT_EQ(daemon.get("/api/v1/schedules/primary/shifts?role=boss").status, 400U);
}

TEST(ScheduleApi, GivesCalendarsToWhoHasAToken) {
    Daemon daemon(Rulebook::tiny());
    const auto calendar = daemon.get("/api/v1/schedules/primary.ics");
    ASSERT_EQ(calendar.status, 200U) << calendar.body;
    EXPECT_TRUE(calendar.body.starts_with("BEGIN:VCALENDAR\r\n")) << calendar.body;
    EXPECT_NE(calendar.body.find("UID:primary/primary/ana/"), std::string::npos) << calendar.body;
    EXPECT_NE(daemon.get("/api/v1/people/ana.ics").body.find("SUMMARY:"), std::string::npos);
    EXPECT_EQ(daemon.get("/api/v1/people/nobody.ics").status, 404U);
    EXPECT_EQ(daemon.ask({.target = "/api/v1/schedules/primary.ics"}).status, 401U);
}

TEST(ScheduleApi, TakesATokenForCalendarsInTheirAddressAndNowhereElse) {
    Daemon daemon(Rulebook::tiny());
    const auto asked = [&](const std::string& target) { return daemon.ask({.target = target}).status; };
    EXPECT_EQ(asked("/api/v1/schedules/primary.ics?token=" + std::string(kCalendarToken)), 200U);
    EXPECT_EQ(asked("/api/v1/people/ana.ics?token=" + std::string(kCalendarToken)), 200U);
    EXPECT_EQ(asked("/api/v1/schedules?token=" + std::string(kCalendarToken)), 401U);
    EXPECT_EQ(asked("/api/v1/incidents?token=" + std::string(kCalendarToken)), 401U);
    EXPECT_EQ(asked("/api/v1/schedules/primary.ics?token=" + std::string(kApiToken)), 401U)
        << "a token that may do everything has no place in an address";
    EXPECT_EQ(daemon.ask({.target = "/api/v1/incidents", .headers = {{"Authorization", "Bearer " + std::string(kCalendarToken)}}})
                  .status,
              401U);
}

}  // namespace
}  // namespace tocsin::test::schedules_test
