// Rotations: hand-overs by the calendar, and what clocks that change do to them.
#include "core/oncall/rotation.hpp"

#include <gtest/gtest.h>

#include "tests/support/calendar.hpp"

namespace tocsin::oncall::rotation_test {
namespace {

using calendar_kit::at;
using calendar_kit::civil;
using calendar_kit::every;
using calendar_kit::utc;
using calendar_kit::zone;
using Unit = Rotation::Unit;

constexpr auto kNewYork = "America/New_York";

std::string hand_over_text(const Rotation& rotation, std::int64_t number) { return format_civil(hand_over(rotation, number)); }

TEST(Rotation, CountsHoursDaysAndWeeksInCivilTime) {
    EXPECT_EQ(hand_over_text(every(12, Unit::Hours, "2026-03-07 08:00"), 3), "2026-03-08 20:00");
    EXPECT_EQ(hand_over_text(every(3, Unit::Days, "2026-12-30 09:30"), 2), "2027-01-05 09:30");
    EXPECT_EQ(hand_over_text(every(2, Unit::Weeks, "2026-01-04 20:00"), 26), "2027-01-03 20:00");
}

TEST(Rotation, MonthsAreCutToTheLastDayWithoutDrift) {
    const auto monthly = every(1, Unit::Months, "2026-01-31 09:00");
    EXPECT_EQ(hand_over_text(monthly, 1), "2026-02-28 09:00");
    EXPECT_EQ(hand_over_text(monthly, 2), "2026-03-31 09:00");
    EXPECT_EQ(hand_over_text(monthly, 3), "2026-04-30 09:00");
    EXPECT_EQ(hand_over_text(monthly, 25), "2028-02-29 09:00");
}

TEST(Rotation, EverySoManyMonthsCrossesTheYear) {
    const auto quarterly = every(3, Unit::Months, "2025-11-30 00:00");
    EXPECT_EQ(hand_over_text(quarterly, 1), "2026-02-28 00:00");
    EXPECT_EQ(hand_over_text(quarterly, 4), "2026-11-30 00:00");
}

TEST(Rotation, NobodysTurnBeforeTheFirstHandOver) {
    const auto turn = turn_at(every(1, Unit::Weeks, "2026-01-04 20:00"), zone(kNewYork), at("2026-01-04 19:59", kNewYork));
    EXPECT_EQ(turn.number, -1);
    EXPECT_EQ(turn.until, at("2026-01-04 20:00", kNewYork));
}

TEST(Rotation, NobodysTurnLongBeforeTheFirstHandOver) {
    for (const auto unit : {Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months}) {
        const auto turn = turn_at(every(1, unit, "2026-05-31 00:00"), zone("Asia/Karachi"), utc("1999-02-28T00:00:00Z"));
        EXPECT_EQ(turn.number, -1);
        EXPECT_EQ(turn.until, utc("2026-05-30T19:00:00Z"));
    }
}

TEST(Rotation, ATurnBeginsAtItsHandOverAndNotAMillisecondBefore) {
    const auto weekly = every(1, Unit::Weeks, "2026-01-04 20:00");
    const auto begins = at("2026-01-11 20:00", kNewYork);
    EXPECT_EQ(turn_at(weekly, zone(kNewYork), begins - Duration{1}).number, 0);
    EXPECT_EQ(turn_at(weekly, zone(kNewYork), begins).number, 1);
}

TEST(Rotation, AWeeklyHandOverKeepsItsWallTimeWhenClocksGoForward) {
    const auto turn = turn_at(every(1, Unit::Weeks, "2026-03-01 20:00"), zone(kNewYork), utc("2026-03-03T00:00:00Z"));
    EXPECT_EQ(turn.until, utc("2026-03-09T00:00:00Z"));  // 20:00 EDT, though the week was an hour short.
}

TEST(Rotation, ATwelveHourRotationHandsOverAtTheSameWallTimesInLondon) {
    const auto rotation = every(12, Unit::Hours, "2026-03-28 08:00");
    const auto london = zone("Europe/London");
    EXPECT_EQ(turn_at(rotation, london, utc("2026-03-28T12:00:00Z")).until, utc("2026-03-28T20:00:00Z"));
    EXPECT_EQ(turn_at(rotation, london, utc("2026-03-28T21:00:00Z")).until, utc("2026-03-29T07:00:00Z"));  // BST from 01:00.
    EXPECT_EQ(turn_at(rotation, london, utc("2026-03-29T07:00:00Z")).until, utc("2026-03-29T19:00:00Z"));
}

TEST(Rotation, AHandOverInASpringForwardGapHappensAtItsEnd) {
    const auto daily = every(1, Unit::Days, "2026-03-01 02:30");
    const auto end_of_gap = utc("2026-03-08T07:00:00Z");
    EXPECT_EQ(turn_at(daily, zone(kNewYork), end_of_gap - Duration{1}).number, 6);
    EXPECT_EQ(turn_at(daily, zone(kNewYork), end_of_gap).number, 7);
    EXPECT_EQ(turn_at(daily, zone(kNewYork), end_of_gap).until, utc("2026-03-09T06:30:00Z"));
}

TEST(Rotation, AHandOverThatClocksShowTwiceHappensTheFirstTime) {
    const auto daily = every(1, Unit::Days, "2026-10-25 01:30");
    EXPECT_EQ(turn_at(daily, zone(kNewYork), utc("2026-11-01T05:29:59Z")).number, 6);
    EXPECT_EQ(turn_at(daily, zone(kNewYork), utc("2026-11-01T05:30:00Z")).number, 7);
    // 01:15 for the second time: the clock shows less than the hand-over, which has been.
    EXPECT_EQ(turn_at(daily, zone(kNewYork), utc("2026-11-01T06:15:00Z")).number, 7);
    EXPECT_EQ(turn_at(daily, zone(kNewYork), utc("2026-11-01T06:30:00Z")).until, utc("2026-11-02T06:30:00Z"));
}

TEST(Rotation, HourlyTurnsOfTheMissingHourArePassedOver) {
    const auto hourly = every(1, Unit::Hours, "2026-03-08 00:00");
    EXPECT_EQ(turn_at(hourly, zone(kNewYork), utc("2026-03-08T06:59:59Z")).number, 1);
    EXPECT_EQ(turn_at(hourly, zone(kNewYork), utc("2026-03-08T07:00:00Z")).number, 3);
}

TEST(Rotation, TheHourlyTurnOfTheRepeatedHourIsTwoHoursLong) {
    const auto turn = turn_at(every(1, Unit::Hours, "2026-11-01 00:00"), zone(kNewYork), utc("2026-11-01T06:30:00Z"));
    EXPECT_EQ(turn.number, 1);
    EXPECT_EQ(turn.until, utc("2026-11-01T07:00:00Z"));
}

TEST(Rotation, LordHowesHalfHourShiftMovesNoWallTime) {
    const auto daily = every(1, Unit::Days, "2026-04-01 09:00");
    const auto lord_howe = zone("Australia/Lord_Howe");
    EXPECT_EQ(turn_at(daily, lord_howe, utc("2026-04-04T00:00:00Z")).until, utc("2026-04-04T22:30:00Z"));  // +10:30 from 02:00.
    EXPECT_EQ(turn_at(daily, lord_howe, utc("2026-04-03T00:00:00Z")).until, utc("2026-04-03T22:00:00Z"));
}

TEST(Rotation, LordHowesHandOverInTheRepeatedHalfHourHappensTheFirstTime) {
    const auto daily = every(1, Unit::Days, "2026-04-01 01:45");
    const auto lord_howe = zone("Australia/Lord_Howe");
    EXPECT_EQ(turn_at(daily, lord_howe, utc("2026-04-04T14:44:59Z")).number, 3);
    EXPECT_EQ(turn_at(daily, lord_howe, utc("2026-04-04T14:45:00Z")).number, 4);
    EXPECT_EQ(turn_at(daily, lord_howe, utc("2026-04-04T15:10:00Z")).number, 4);  // 01:40 for the second time.
}

TEST(Rotation, CasablancasClocksGoBackForRamadanAndTheHandOverWithThem) {
    const auto daily = every(1, Unit::Days, "2025-02-20 08:00");
    const auto casablanca = zone("Africa/Casablanca");
    EXPECT_EQ(turn_at(daily, casablanca, utc("2025-02-22T00:00:00Z")).until, utc("2025-02-22T07:00:00Z"));  // +01
    EXPECT_EQ(turn_at(daily, casablanca, utc("2025-02-23T00:00:00Z")).until, utc("2025-02-23T08:00:00Z"));  // +00
    EXPECT_EQ(turn_at(daily, casablanca, utc("2025-04-06T00:00:00Z")).until, utc("2025-04-06T07:00:00Z"));  // +01 again
}

TEST(Rotation, KarachiHasNoChangesToFollow) {
    const auto weekly = every(1, Unit::Weeks, "2026-01-05 09:00");
    for (int week = 0; week < 52; ++week) {
        const auto begins = utc("2026-01-05T04:00:00Z") + std::chrono::weeks{week};
        EXPECT_EQ(turn_at(weekly, zone("Asia/Karachi"), begins).number, week);
        EXPECT_EQ(turn_at(weekly, zone("Asia/Karachi"), begins - Duration{1}).number, week - 1);
    }
}

TEST(Rotation, ATurnOfMonthsHoldsFromClampedDayToClampedDay) {
    const auto monthly = every(1, Unit::Months, "2026-01-31 00:00");
    EXPECT_EQ(turn_at(monthly, Zone{}, utc("2026-02-27T23:59:59Z")).number, 0);
    EXPECT_EQ(turn_at(monthly, Zone{}, utc("2026-02-28T00:00:00Z")).number, 1);
    EXPECT_EQ(turn_at(monthly, Zone{}, utc("2026-03-30T00:00:00Z")).number, 1);
    EXPECT_EQ(turn_at(monthly, Zone{}, utc("2026-03-31T00:00:00Z")).number, 2);
}

TEST(Rotation, AnAbsurdlyLongTurnNeitherOverflowsNorEnds) {
    for (const auto unit : {Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months}) {
        const auto turn = turn_at(every(2'000'000'000, unit, "2026-01-01 00:00"), zone(kNewYork), utc("2026-06-01T00:00:00Z"));
        EXPECT_EQ(turn.number, 0);
        EXPECT_GT(turn.until, utc("9999-01-01T00:00:00Z"));
    }
}

}  // namespace
}  // namespace tocsin::oncall::rotation_test
