// Hand-overs as exact instants where clocks do what they like: gaps, folds, half hours, winter time that goes back, changed
// rules.
#include <gtest/gtest.h>

#include "core/oncall/on_call.hpp"
#include "core/oncall/rotation.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::zones_test {
namespace {

using calendar_kit::civil;
using calendar_kit::utc;
using calendar_kit::window;
using calendar_kit::zone;
using Unit = Rotation::Unit;

struct HandOver {
    std::string_view zone;
    std::string_view on_the_wall;
    std::string_view happens;
};

class HandOvers : public ::testing::TestWithParam<HandOver> {};

TEST_P(HandOvers, HappenAtThisInstant) {
    const auto& [name, on_the_wall, happens] = GetParam();
    const auto time = civil(on_the_wall);
    const Rotation weekly{Unit::Weeks, 1, time - std::chrono::weeks{1}, {}};
    const auto monday = std::chrono::floor<std::chrono::days>(time) -
                        std::chrono::days{std::chrono::weekday{std::chrono::floor<std::chrono::days>(time)}.iso_encoding() - 1U};
    const auto minute = std::chrono::floor<std::chrono::minutes>(time - monday).count();
    const Rotation by_time{Unit::TimesOfWeek, 1, weekly.from, {static_cast<std::int32_t>(minute)}};
    for (const auto& rotation : {weekly, by_time}) {
        const auto t = utc(happens);
        EXPECT_EQ(turn_at(rotation, zone(name), t - Duration{1}).number, 0);
        EXPECT_EQ(turn_at(rotation, zone(name), t - Duration{1}).until, t);
        EXPECT_EQ(turn_at(rotation, zone(name), t).number, 1);
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, HandOvers,
                         ::testing::Values(
                             // Clocks go from 2:00 to 3:00, and from 2:00 to 1:00.
                             HandOver{"America/New_York", "2026-03-08 02:30", "2026-03-08T07:00:00Z"},
                             HandOver{"America/New_York", "2026-03-09 09:00", "2026-03-09T13:00:00Z"},
                             HandOver{"America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00Z"},
                             HandOver{"America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00Z"},
                             HandOver{"Europe/London", "2026-03-29 01:30", "2026-03-29T01:00:00Z"},
                             HandOver{"Europe/London", "2026-10-25 01:30", "2026-10-25T00:30:00Z"},
                             HandOver{"Asia/Karachi", "2026-03-29 09:00", "2026-03-29T04:00:00Z"},
                             // By half an hour.
                             HandOver{"Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z"},
                             HandOver{"Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04T15:30:00Z"},
                             HandOver{"Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30:00Z"},
                             // Back for Ramadan, forward after it.
                             HandOver{"Africa/Casablanca", "2026-02-15 02:30", "2026-02-15T01:30:00Z"},
                             HandOver{"Africa/Casablanca", "2026-03-01 09:00", "2026-03-01T09:00:00Z"},
                             HandOver{"Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T02:00:00Z"},
                             HandOver{"Africa/Casablanca", "2026-04-05 09:00", "2026-04-05T08:00:00Z"},
                             // Summer time for ever, from 2016 on.
                             HandOver{"Europe/Istanbul", "2016-03-27 03:30", "2016-03-27T01:00:00Z"},
                             HandOver{"Europe/Istanbul", "2016-02-01 09:00", "2016-02-01T07:00:00Z"},
                             HandOver{"Europe/Istanbul", "2016-11-07 09:00", "2016-11-07T06:00:00Z"},
                             // From half an hour to a whole one, in 2018.
                             HandOver{"Asia/Pyongyang", "2018-05-04 09:00", "2018-05-04T00:30:00Z"},
                             HandOver{"Asia/Pyongyang", "2018-05-04 23:45", "2018-05-04T15:00:00Z"},
                             HandOver{"Asia/Pyongyang", "2018-05-05 09:00", "2018-05-05T00:00:00Z"},
                             // No more summer time, from 2019 on; clocks changed at midnight.
                             HandOver{"America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:00:00Z"},
                             HandOver{"America/Sao_Paulo", "2019-02-16 23:30", "2019-02-17T01:30:00Z"},
                             HandOver{"America/Sao_Paulo", "2019-11-03 00:30", "2019-11-03T03:30:00Z"}),
                         [](const auto& one) {
                             std::string name;
                             for (const char c : std::string(one.param.zone) + std::string(one.param.on_the_wall)) {
                                 if (c != '/' && c != '_' && c != '-' && c != ' ' && c != ':') name += c;
                             }
                             return name;
                         });

Rotation split_week(std::string_view from) { return {Unit::TimesOfWeek, 1, civil(from), {9 * 60, 4 * kMinutesOfDay + 9 * 60}}; }

TEST(SplitWeeks, PassTheTurnOnMondayAndOnFriday) {
    const auto rotation = split_week("2026-01-05 09:00");
    const std::vector<std::string> expected{"2026-01-05 09:00", "2026-01-09 09:00", "2026-01-12 09:00", "2026-01-16 09:00"};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(format_civil(hand_over(rotation, static_cast<std::int64_t>(i))), expected[i]);
    }
    EXPECT_EQ(format_civil(hand_over(rotation, -1)), "2026-01-02 09:00");
    EXPECT_EQ(format_civil(hand_over(rotation, 105)), "2027-01-08 09:00");
}

TEST(SplitWeeks, MayBeginInTheirMiddle) {
    const auto rotation = split_week("2026-01-09 09:00");
    EXPECT_EQ(format_civil(hand_over(rotation, 0)), "2026-01-09 09:00");
    EXPECT_EQ(format_civil(hand_over(rotation, 1)), "2026-01-12 09:00");
    EXPECT_EQ(turn_at(rotation, Zone{}, utc("2026-01-09T08:59:59Z")).number, -1);
}

TEST(SplitWeeks, GiveTwoPeopleFourAndThreeDaysByTurns) {
    const auto schedule = calendar_kit::schedule("Etc/UTC", {{"week", {"a", "b", "b", "a"}, split_week("2026-01-05 09:00"), {}}});
    const auto found = shifts(schedule, utc("2026-01-05T09:00:00Z"), utc("2026-01-26T09:00:00Z"));
    ASSERT_EQ(found.size(), 4U) << "neighbours of the same person are one shift";
    EXPECT_EQ(found[0].duty.person + found[1].duty.person + found[2].duty.person + found[3].duty.person, "abab");
    EXPECT_EQ(found[1].from, utc("2026-01-09T09:00:00Z"));
    EXPECT_EQ(found[1].until, utc("2026-01-16T09:00:00Z"));
}

TEST(FollowTheSun, GoesByTheClocksOfEachOffice) {
    Layer lahore{"lahore", {"a"}, {}, window("09:00-17:00")};
    lahore.time_zone = zone("Asia/Karachi");
    Layer cambridge{"cambridge", {"b"}, {}, window("09:00-17:00")};
    cambridge.time_zone = zone("America/New_York");
    const auto schedule = calendar_kit::schedule("Etc/UTC", {lahore, cambridge});
    const auto who = [&](std::string_view t) {
        const auto duty = on_call(schedule, utc(t));
        return duty ? duty->person : "nobody";
    };
    EXPECT_EQ(who("2026-01-05T04:00:00Z"), "a");
    EXPECT_EQ(who("2026-01-05T12:00:00Z"), "nobody");
    EXPECT_EQ(who("2026-01-05T14:00:00Z"), "b");
    EXPECT_EQ(who("2026-07-06T13:00:00Z"), "b") << "an hour earlier in summer";
    EXPECT_EQ(next_change(schedule, utc("2026-07-06T13:00:00Z"), utc("2026-08-01T00:00:00Z")), utc("2026-07-06T21:00:00Z"));
}

}  // namespace
}  // namespace tocsin::oncall::zones_test
