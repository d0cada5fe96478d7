// Changes and shifts over time, and the end of a quiet time.
#include <gtest/gtest.h>

#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::shifts_test {
namespace {

using calendar_kit::at;
using calendar_kit::every;
using calendar_kit::schedule;
using calendar_kit::utc;
using calendar_kit::window;
using Unit = Rotation::Unit;

constexpr auto kNewYork = "America/New_York";
const TimePoint kHorizon = utc("2030-01-01T00:00:00Z");

TEST(NextChange, IsTheNextEdgeOfTheWindow) {
    const auto primary = calendar_kit::learner_primary();
    EXPECT_EQ(next_change(primary, at("2026-01-05 09:00", kNewYork), kHorizon), at("2026-01-05 12:00", kNewYork));
    EXPECT_EQ(next_change(primary, at("2026-01-05 12:00", kNewYork), kHorizon), at("2026-01-05 20:00", kNewYork));
    EXPECT_EQ(next_change(primary, at("2026-01-09 20:00", kNewYork), kHorizon), at("2026-01-11 20:00", kNewYork));
}

TEST(NextChange, IsTheFirstHandOverIfThatIsYetToCome) {
    const auto later = schedule("Etc/UTC", {{"later", {"a"}, every(1, Unit::Months, "2026-06-01 00:00"), {}}});
    EXPECT_EQ(next_change(later, utc("2020-01-01T00:00:00Z"), kHorizon), utc("2026-06-01T00:00:00Z"));
}

TEST(NextChange, IsNothingIfOneHasTheDutyForEver) {
    EXPECT_FALSE(next_change(schedule("Etc/UTC", {{"always", {"a"}, {}, {}}}), utc("2026-01-01T00:00:00Z"), kHorizon));
    EXPECT_FALSE(next_change(schedule("Etc/UTC", {}), utc("2026-01-01T00:00:00Z"), TimePoint::max()));
}

TEST(NextChange, IsNoHandOverToTheSamePerson) {
    const auto same = schedule("Etc/UTC", {{"same", {"a"}, every(1, Unit::Days, "2026-01-01 00:00"), {}}});
    EXPECT_FALSE(next_change(same, utc("2026-02-01T00:00:00Z"), kHorizon));
}

TEST(NextChange, IncludesTheHorizonAndNothingAfterIt) {
    const auto primary = calendar_kit::learner_primary();
    const auto change = at("2026-01-05 12:00", kNewYork);
    EXPECT_EQ(next_change(primary, change - Duration{1}, change), change);
    EXPECT_FALSE(next_change(primary, change - Duration{2}, change - Duration{1}));
}

TEST(NextChange, SeesBothEdgesOfAnOverride) {
    auto covered = schedule("Etc/UTC", {{"always", {"a"}, {}, {}}});
    covered.overrides.push_back({"b", utc("2026-01-02T00:00:00.5Z"), utc("2026-01-02T12:00:00Z")});
    EXPECT_EQ(next_change(covered, utc("2026-01-01T00:00:00Z"), kHorizon), utc("2026-01-02T00:00:00.5Z"));
    EXPECT_EQ(next_change(covered, utc("2026-01-02T00:00:00.5Z"), kHorizon), utc("2026-01-02T12:00:00Z"));
}

TEST(NextChange, SeesClocksGoBackIntoAWindow) {
    const auto early = schedule(kNewYork, {{"early", {"a"}, {}, window("01:00-01:30")}});
    EXPECT_EQ(next_change(early, utc("2026-11-01T05:30:00Z"), kHorizon), utc("2026-11-01T06:00:00Z"));
}

TEST(NextChange, SeesClocksJumpOverTheEndOfAWindow) {
    const auto early = schedule(kNewYork, {{"early", {"a"}, {}, window("01:00-02:30")}});
    EXPECT_EQ(next_change(early, utc("2026-03-08T06:30:00Z"), kHorizon), utc("2026-03-08T07:00:00Z"));
}

TEST(NextChange, SeesLordHoweGoBackHalfAnHour) {
    const auto early = schedule("Australia/Lord_Howe", {{"early", {"a"}, {}, window("01:00-01:45")}});
    EXPECT_EQ(next_change(early, utc("2026-04-04T14:00:00Z"), kHorizon), utc("2026-04-04T14:45:00Z"));
    EXPECT_EQ(next_change(early, utc("2026-04-04T14:45:00Z"), kHorizon), utc("2026-04-04T15:00:00Z"));
    EXPECT_EQ(next_change(early, utc("2026-04-04T15:00:00Z"), kHorizon), utc("2026-04-04T15:15:00Z"));
}

TEST(Shifts, AreCutToWhatWasAskedFor) {
    const auto primary = calendar_kit::learner_primary();
    const auto found = shifts(primary, at("2026-01-05 09:00", kNewYork), at("2026-01-05 13:00", kNewYork));
    const std::vector<Shift> expected{{{"a", "day"}, at("2026-01-05 09:00", kNewYork), at("2026-01-05 12:00", kNewYork)},
                                      {{"b", "night"}, at("2026-01-05 12:00", kNewYork), at("2026-01-05 13:00", kNewYork)}};
    EXPECT_EQ(found, expected);
}

TEST(Shifts, OfNoTimeAreNone) {
    const auto t = at("2026-01-05 09:00", kNewYork);
    EXPECT_TRUE(shifts(calendar_kit::learner_primary(), t, t).empty());
    EXPECT_TRUE(shifts(calendar_kit::learner_primary(), t, t - Duration{1}).empty());
}

TEST(Shifts, LeaveOutWhereNobodyIsOnCall) {
    const auto office = schedule("Etc/UTC", {{"office", {"a"}, {}, window("mon-fri 09:00-17:00")}});
    const auto found = shifts(office, utc("2026-01-02T00:00:00Z"), utc("2026-01-06T00:00:00Z"));
    const std::vector<Shift> expected{{{"a", "office"}, utc("2026-01-02T09:00:00Z"), utc("2026-01-02T17:00:00Z")},
                                      {{"a", "office"}, utc("2026-01-05T09:00:00Z"), utc("2026-01-05T17:00:00Z")}};
    EXPECT_EQ(found, expected);
}

TEST(Shifts, JoinNeighboursWithTheSameDuty) {
    const auto days = schedule("Etc/UTC", {{"days", {"a"}, every(1, Unit::Days, "2026-01-01 00:00"), window("mon-sun")}});
    const std::vector<Shift> expected{{{"a", "days"}, utc("2026-01-05T00:00:00Z"), utc("2026-02-05T00:00:00Z")}};
    EXPECT_EQ(shifts(days, utc("2026-01-05T00:00:00Z"), utc("2026-02-05T00:00:00Z")), expected);
}

TEST(Shifts, OfTheSamePersonByAnotherLayerAreTwo) {
    const auto both = schedule("Etc/UTC", {{"always", {"a"}, {}, {}}, {"noon", {"a"}, {}, window("12:00-13:00")}});
    EXPECT_EQ(shifts(both, utc("2026-01-05T00:00:00Z"), utc("2026-01-06T00:00:00Z")).size(), 3U);
}

TEST(Shifts, ANightWhenClocksGoForwardIsAnHourShort) {
    const auto nights = schedule(kNewYork, {{"night", {"a"}, {}, window("22:00-06:00")}});
    const auto found = shifts(nights, utc("2026-03-07T20:00:00Z"), utc("2026-03-08T20:00:00Z"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].until - found[0].from, std::chrono::hours{7});
}

Person quiet_person(std::string_view zone_name, std::string_view quiet) {
    Person person;
    person.time_zone = calendar_kit::zone(zone_name);
    person.quiet = window(quiet);
    return person;
}

TEST(EndOfQuiet, IsNowForWhoHasNoQuietTime) {
    EXPECT_EQ(end_of_quiet(Person{}, utc("2026-01-01T02:00:00Z")), utc("2026-01-01T02:00:00Z"));
}

TEST(EndOfQuiet, IsTheEndOfTheWindowInThePersonsZone) {
    const auto person = quiet_person("Asia/Karachi", "22:00-07:00");
    EXPECT_EQ(end_of_quiet(person, utc("2026-01-01T17:00:00Z")), utc("2026-01-02T02:00:00Z"));
    EXPECT_EQ(end_of_quiet(person, utc("2026-01-01T16:59:59.999Z")), utc("2026-01-01T16:59:59.999Z"));
    EXPECT_EQ(end_of_quiet(person, utc("2026-01-02T02:00:00Z")), utc("2026-01-02T02:00:00Z"));
}

TEST(EndOfQuiet, FollowsTheClocksOfTheNightOnWhichTheyChange) {
    const auto person = quiet_person(kNewYork, "22:00-07:00");
    EXPECT_EQ(end_of_quiet(person, utc("2026-03-08T04:00:00Z")), utc("2026-03-08T11:00:00Z"));
    EXPECT_EQ(end_of_quiet(person, utc("2026-11-01T04:00:00Z")), utc("2026-11-01T12:00:00Z"));
}

TEST(EndOfQuiet, RunsOnThroughWindowsThatTouch) {
    const auto person = quiet_person("Etc/UTC", "sat,sun");
    EXPECT_EQ(end_of_quiet(person, utc("2026-01-03T12:00:00Z")), utc("2026-01-05T00:00:00Z"));
}

TEST(EndOfQuiet, OfAWholeWeekIsNowForNoticesMustComeSomeDay) {
    const auto person = quiet_person("Etc/UTC", "mon-sun");
    EXPECT_EQ(end_of_quiet(person, utc("2026-01-03T12:00:00Z")), utc("2026-01-03T12:00:00Z"));
}

}  // namespace
}  // namespace tocsin::oncall::shifts_test
