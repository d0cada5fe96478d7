// Windows of the week: what is read, what is refused, what they hold.
#include "core/model/weekly_window.hpp"

#include <gtest/gtest.h>

#include "tests/support/calendar.hpp"

namespace tocsin::weekly_window_test {
namespace {

using calendar_kit::civil;
using calendar_kit::window;

constexpr std::int32_t kDay = kMinutesOfDay;

TEST(ParseWeeklyWindow, ReadsDaysAndTimes) {
    const WeeklyWindow expected{{{540, 1020}, {kDay + 540, kDay + 1020}, {2 * kDay + 540, 2 * kDay + 1020}}};
    EXPECT_EQ(parse_weekly_window("mon-wed 09:00-17:00"), expected);
    EXPECT_EQ(parse_weekly_window("mon,tue,wed 09:00-17:00"), expected);
    EXPECT_EQ(parse_weekly_window(" Mon,TUE-wed  09:00-17:00 "), expected);
}

TEST(ParseWeeklyWindow, AnEndAtOrBeforeTheStartIsOnTheNextDay) {
    EXPECT_EQ(parse_weekly_window("mon 20:00-12:00"), (WeeklyWindow{{{1200, kDay + 720}}}));
    EXPECT_EQ(parse_weekly_window("mon 09:00-09:00"), (WeeklyWindow{{{540, kDay + 540}}}));
    EXPECT_EQ(parse_weekly_window("sun 22:00-00:00"), (WeeklyWindow{{{6 * kDay + 1320, 7 * kDay}}}));
}

TEST(ParseWeeklyWindow, DaysRunOverTheEndOfTheWeek) {
    const auto read = parse_weekly_window("sun-thu 20:00-12:00");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->spans.size(), 5U);
    EXPECT_EQ(read->spans.back(), (WeeklyWindow::Span{6 * kDay + 1200, 7 * kDay + 720}));
}

TEST(ParseWeeklyWindow, TimesAloneAreForEveryDayAndDaysAloneAreWhole) {
    EXPECT_EQ(window("22:00-06:00").spans.size(), 7U);
    EXPECT_EQ(parse_weekly_window("sat,sun"), (WeeklyWindow{{{5 * kDay, 6 * kDay}, {6 * kDay, 7 * kDay}}}));
    EXPECT_EQ(parse_weekly_window("sat 00:00-24:00"), parse_weekly_window("sat"));
}

TEST(ParseWeeklyWindow, ReadsOneSpanAcrossDays) {
    EXPECT_EQ(parse_weekly_window("fri 20:00-sun 20:00"), (WeeklyWindow{{{4 * kDay + 1200, 6 * kDay + 1200}}}));
    EXPECT_EQ(parse_weekly_window("sun 20:00-mon 08:00"), (WeeklyWindow{{{6 * kDay + 1200, 7 * kDay + 480}}}));
    EXPECT_EQ(parse_weekly_window("tue 10:00-tue 10:00"), (WeeklyWindow{{{kDay + 600, 8 * kDay + 600}}}));
}

TEST(ParseWeeklyWindow, RefusesEverythingElse) {
    for (const auto* text : {"",
                             " ",
                             "monday",
                             "mon-",
                             "-mon",
                             "mon,,tue",
                             "mon,",
                             "mon 9:00-17:00",
                             "mon 09:00",
                             "mon 09:00-",
                             "mon 09:00-25:00",
                             "mon 09:60-10:00",
                             "mon 24:00-01:00",
                             "mon 09:00-24:01",
                             "09:00-17:00 mon",
                             "mon tue",
                             "mon - fri",
                             "fri 20:00 - sun 20:00",
                             "fri 20:00-sun",
                             "fri 20:00-sun 20:00 x",
                             "fri 20:00-17:00 sun",
                             "always",
                             "mon 0a:00-10:00",
                             "mon-fri-sat",
                             "fri,sat 20:00-sun 20:00",
                             "mon 09-00-17:00",
                             "mon 09:00-17:00,18:00-19:00"}) {
        EXPECT_FALSE(parse_weekly_window(text).has_value()) << '"' << text << '"';
    }
}

TEST(IsWithin, HoldsTheFirstMinuteAndNotTheLast) {
    const auto office = window("mon-fri 09:00-17:00");
    EXPECT_FALSE(is_within(office, civil("2026-06-05 08:59:59")));
    EXPECT_TRUE(is_within(office, civil("2026-06-05 09:00")));
    EXPECT_TRUE(is_within(office, civil("2026-06-05 16:59:59")));
    EXPECT_FALSE(is_within(office, civil("2026-06-05 17:00")));
    EXPECT_FALSE(is_within(office, civil("2026-06-06 12:00")));
}

TEST(IsWithin, RunsOverMidnightAndTheEndOfTheWeek) {
    const auto nights = window("sun 22:00-06:00");
    EXPECT_TRUE(is_within(nights, civil("2026-06-07 23:00")));
    EXPECT_TRUE(is_within(nights, civil("2026-06-08 05:59")));
    EXPECT_FALSE(is_within(nights, civil("2026-06-08 06:00")));
    EXPECT_FALSE(is_within(nights, civil("2026-06-07 05:00")));
}

TEST(IsWithin, OfAWholeWeekIsAlways) {
    for (int hour = 0; hour < 7 * 24; ++hour) {
        EXPECT_TRUE(is_within(window("tue 10:00-tue 10:00"), civil("2026-06-01 00:30") + std::chrono::hours{hour}));
    }
}

TEST(IsWithin, OfNoSpansIsNever) { EXPECT_FALSE(is_within(WeeklyWindow{}, civil("2026-06-05 09:00"))); }

TEST(IsWithin, WorksBefore1970) { EXPECT_TRUE(is_within(window("wed 23:00-24:00"), civil("1969-12-31 23:30"))); }

}  // namespace
}  // namespace tocsin::weekly_window_test
