// Who is on call: layers, windows, overrides.
#include "core/oncall/on_call.hpp"

#include <gtest/gtest.h>

#include "tests/support/calendar.hpp"

namespace tocsin::oncall::on_call_test {
namespace {

using calendar_kit::at;
using calendar_kit::every;
using calendar_kit::schedule;
using calendar_kit::utc;
using calendar_kit::window;
using Unit = Rotation::Unit;

constexpr auto kNewYork = "America/New_York";

std::string who(const Schedule& schedule, TimePoint t) {
    const auto duty = on_call(schedule, t);
    return duty ? duty->person + " by " + duty->by : "nobody";
}

TEST(OnCall, AScheduleWithoutLayersHasNobody) { EXPECT_EQ(who(schedule("Etc/UTC", {}), utc("2026-01-01T00:00:00Z")), "nobody"); }

TEST(OnCall, ALayerWithoutRotationOrWindowHoldsItsFirstPersonForEver) {
    const auto always = schedule("Etc/UTC", {{"always", {"a", "b"}, {}, {}}});
    EXPECT_EQ(who(always, utc("1970-01-01T00:00:00Z")), "a by always");
    EXPECT_EQ(who(always, utc("2100-01-01T00:00:00Z")), "a by always");
}

TEST(OnCall, ALaterLayerWinsWhereBothHold) {
    const auto both = schedule("Etc/UTC", {{"always", {"a"}, {}, {}}, {"noon", {"b"}, {}, window("12:00-13:00")}});
    EXPECT_EQ(who(both, utc("2026-01-01T11:59:59.999Z")), "a by always");
    EXPECT_EQ(who(both, utc("2026-01-01T12:00:00Z")), "b by noon");
    EXPECT_EQ(who(both, utc("2026-01-01T13:00:00Z")), "a by always");
}

TEST(OnCall, ALayerBeforeItsFirstHandOverLeavesItToTheOneBelow) {
    const auto both =
        schedule("Etc/UTC", {{"old", {"a"}, {}, {}}, {"new", {"b"}, every(1, Unit::Weeks, "2026-06-01 00:00"), {}}});
    EXPECT_EQ(who(both, utc("2026-05-31T23:59:59Z")), "a by old");
    EXPECT_EQ(who(both, utc("2026-06-01T00:00:00Z")), "b by new");
}

TEST(OnCall, AShiftThatNobodyHasFallsToTheLayerBelow) {
    const auto both =
        schedule("Etc/UTC", {{"below", {"a"}, {}, {}}, {"above", {"", "b"}, every(1, Unit::Days, "2026-06-01 00:00"), {}}});
    EXPECT_EQ(who(both, utc("2026-06-01T12:00:00Z")), "a by below");
    EXPECT_EQ(who(both, utc("2026-06-02T12:00:00Z")), "b by above");
}

TEST(OnCall, AShiftThatNobodyHasAndNoLayerBelowIsNobody) {
    const auto gaps =
        schedule("Etc/UTC", {{"gaps", {"a", ""}, every(1, Unit::Days, "2026-06-01 00:00"), {}}, {"none", {}, {}, {}}});
    EXPECT_EQ(who(gaps, utc("2026-06-02T12:00:00Z")), "nobody");
    EXPECT_EQ(who(gaps, utc("2026-06-03T12:00:00Z")), "a by gaps");
}

TEST(OnCall, AWindowOverMidnightBelongsToTheDayItBeginsOn) {
    const auto nights = schedule(kNewYork, {{"night", {"a"}, {}, window("fri 22:00-06:00")}});
    EXPECT_EQ(who(nights, at("2026-06-05 21:59", kNewYork)), "nobody");
    EXPECT_EQ(who(nights, at("2026-06-06 05:59", kNewYork)), "a by night");
    EXPECT_EQ(who(nights, at("2026-06-06 06:00", kNewYork)), "nobody");
    EXPECT_EQ(who(nights, at("2026-06-06 22:00", kNewYork)), "nobody");
}

TEST(OnCall, AWindowOverTheEndOfTheWeekReachesIntoMonday) {
    const auto across = schedule("Asia/Karachi", {{"across", {"a"}, {}, window("sat 12:00-mon 09:00")}});
    EXPECT_EQ(who(across, at("2026-06-06 11:59", "Asia/Karachi")), "nobody");
    EXPECT_EQ(who(across, at("2026-06-07 23:59", "Asia/Karachi")), "a by across");
    EXPECT_EQ(who(across, at("2026-06-08 00:00", "Asia/Karachi")), "a by across");
    EXPECT_EQ(who(across, at("2026-06-08 09:00", "Asia/Karachi")), "nobody");
}

TEST(OnCall, AWindowIsKeptByTheWallClockSummerAndWinter) {
    const auto office = schedule("Europe/London", {{"office", {"a"}, {}, window("mon-fri 09:00-17:00")}});
    EXPECT_EQ(who(office, utc("2026-01-05T09:00:00Z")), "a by office");
    EXPECT_EQ(who(office, utc("2026-07-06T07:59:59Z")), "nobody");
    EXPECT_EQ(who(office, utc("2026-07-06T08:00:00Z")), "a by office");
}

TEST(OnCall, AWindowThatClocksShowTwiceHoldsTwice) {
    const auto early = schedule(kNewYork, {{"early", {"a"}, {}, window("01:00-01:30")}});
    EXPECT_EQ(who(early, utc("2026-11-01T05:15:00Z")), "a by early");
    EXPECT_EQ(who(early, utc("2026-11-01T05:45:00Z")), "nobody");
    EXPECT_EQ(who(early, utc("2026-11-01T06:15:00Z")), "a by early");
}

TEST(OnCall, AWindowInsideTheMissingHourDoesNotHoldThatDay) {
    const auto early = schedule(kNewYork, {{"early", {"a"}, {}, window("02:15-02:45")}});
    EXPECT_TRUE(shifts(early, utc("2026-03-08T05:00:00Z"), utc("2026-03-09T04:00:00Z")).empty());
}

TEST(OnCall, AnOverrideWinsOverEveryLayer) {
    auto covered = calendar_kit::learner_primary();
    covered.overrides.push_back({"z", utc("2026-01-06T00:00:00Z"), utc("2026-01-06T01:00:00Z")});
    EXPECT_EQ(who(covered, utc("2026-01-05T23:59:59Z")), "b by night");
    EXPECT_EQ(who(covered, utc("2026-01-06T00:00:00Z")), "z by override");
    EXPECT_EQ(who(covered, utc("2026-01-06T01:00:00Z")), "a by day");
}

TEST(OnCall, ALaterOverrideWinsOverAnEarlierOne) {
    auto covered = schedule("Etc/UTC", {{"always", {"a"}, {}, {}}});
    covered.overrides.push_back({"long", utc("2026-01-01T00:00:00Z"), utc("2026-01-03T00:00:00Z")});
    covered.overrides.push_back({"short", utc("2026-01-02T00:00:00Z"), utc("2026-01-02T12:00:00Z")});
    EXPECT_EQ(who(covered, utc("2026-01-01T12:00:00Z")), "long by override");
    EXPECT_EQ(who(covered, utc("2026-01-02T00:00:00Z")), "short by override");
    EXPECT_EQ(who(covered, utc("2026-01-02T12:00:00Z")), "long by override");
    EXPECT_EQ(who(covered, utc("2026-01-03T00:00:00Z")), "a by always");
}

TEST(OnCall, AnOverrideThatEndsBeforeItBeginsIsNone) {
    auto covered = schedule("Etc/UTC", {{"always", {"a"}, {}, {}}});
    covered.overrides.push_back({"b", utc("2026-01-02T00:00:00Z"), utc("2026-01-01T00:00:00Z")});
    EXPECT_EQ(who(covered, utc("2026-01-01T12:00:00Z")), "a by always");
    EXPECT_EQ(shifts(covered, utc("2026-01-01T00:00:00Z"), utc("2026-01-03T00:00:00Z")).size(), 1U);
}

struct Moment {
    std::string_view civil;
    std::string_view who;
};

TEST(OnCall, TheSeedTeamsFirstFourWeeks) {
    const auto primary = calendar_kit::learner_primary();
    constexpr Moment kMoments[] = {
        {"2026-01-02 19:59", "nobody"},   {"2026-01-02 20:00", "x by weekend"}, {"2026-01-04 19:59", "x by weekend"},
        {"2026-01-04 20:00", "a by day"}, {"2026-01-05 11:59", "a by day"},     {"2026-01-05 12:00", "b by night"},
        {"2026-01-05 20:00", "a by day"}, {"2026-01-09 12:00", "b by night"},   {"2026-01-09 20:00", "y by weekend"},
        {"2026-01-11 20:00", "c by day"}, {"2026-01-12 12:00", "a by night"},   {"2026-01-16 20:00", "x by weekend"},
        {"2026-01-18 20:00", "b by day"}, {"2026-01-19 12:00", "c by night"},   {"2026-01-23 20:00", "y by weekend"},
        {"2026-01-25 20:00", "a by day"}, {"2026-01-26 12:00", "b by night"},   {"2026-01-30 20:00", "x by weekend"},
    };
    for (const auto& moment : kMoments) EXPECT_EQ(who(primary, at(moment.civil, kNewYork)), moment.who) << moment.civil;
}

TEST(OnCall, TheSeedTeamHandsOverAtTheSameWallTimeInTheWeeksWhenClocksChange) {
    const auto primary = calendar_kit::learner_primary();
    EXPECT_EQ(who(primary, utc("2026-03-08T23:59:59Z")), "y by weekend");
    EXPECT_EQ(who(primary, utc("2026-03-09T00:00:00Z")), "a by day");  // Sunday 20:00 EDT.
    EXPECT_EQ(who(primary, utc("2026-11-02T00:59:59Z")), "y by weekend");
    EXPECT_EQ(who(primary, utc("2026-11-02T01:00:00Z")), "c by day");  // Sunday 20:00 EST.
}

}  // namespace
}  // namespace tocsin::oncall::on_call_test
