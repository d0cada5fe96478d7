// Time zones: there and back, in the hours that clocks leave out or show twice.
#include "core/base/zone.hpp"

#include <gtest/gtest.h>

#include "core/base/rng.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::zone_test {
namespace {

using calendar_kit::civil;
using calendar_kit::utc;
using calendar_kit::zone;
using std::chrono::hours;
using std::chrono::minutes;

TEST(Zone, IsUtcUnlessSaidOtherwise) {
    EXPECT_EQ(Zone{}.to_utc(civil("2026-03-08 08:30")), utc("2026-03-08T08:30:00Z"));
    EXPECT_EQ(Zone{}, zone("Etc/UTC"));
}

TEST(Zone, IsFoundByItsIanaName) {
    EXPECT_EQ(zone("America/New_York").name(), "America/New_York");
    EXPECT_NE(zone("America/New_York"), zone("Asia/Karachi"));
}

TEST(Zone, ThatDoesNotExistIsAnErrorWithTheNearestName) {
    const auto found = Zone::find("America/New_Yrok");
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(found.error().code(), Errc::NotFound);
    EXPECT_NE(found.error().message().find("\"America/New_York\""), std::string::npos) << found.error().message();
}

TEST(Zone, NamesThatAreNoneAreRefused) {
    for (const auto* name : {"", "EST5EDT4", "../../etc/passwd", "/etc/localtime", "america/new_york", "New York"}) {
        EXPECT_FALSE(Zone::find(name).has_value()) << name;
    }
}

TEST(Zone, GivesCivilTimeInSummerAndWinter) {
    const auto new_york = zone("America/New_York");
    EXPECT_EQ(new_york.to_civil(utc("2026-01-15T12:00:00Z")), civil("2026-01-15 07:00"));
    EXPECT_EQ(new_york.to_civil(utc("2026-07-15T12:00:00Z")), civil("2026-07-15 08:00"));
}

TEST(Zone, CutsMillisecondsDownAlsoBefore1970) {
    EXPECT_EQ(Zone{}.to_civil(utc("1969-12-31T23:59:58.500Z")), civil("1969-12-31 23:59:58"));
}

TEST(Zone, ATimeInTheGapMeansTheEndOfTheGap) {
    const auto end = utc("2026-03-08T07:00:00Z");
    for (const auto* text : {"2026-03-08 02:00", "2026-03-08 02:30", "2026-03-08 02:59:59", "2026-03-08 03:00"}) {
        EXPECT_EQ(zone("America/New_York").to_utc(civil(text)), end) << text;
    }
    EXPECT_EQ(zone("America/New_York").to_utc(civil("2026-03-08 01:59:59")), end - std::chrono::seconds{1});
}

TEST(Zone, ATimeThatHappensTwiceMeansTheFirst) {
    const auto new_york = zone("America/New_York");
    EXPECT_EQ(new_york.to_utc(civil("2026-11-01 01:00")), utc("2026-11-01T05:00:00Z"));
    EXPECT_EQ(new_york.to_utc(civil("2026-11-01 01:59:59")), utc("2026-11-01T05:59:59Z"));
    EXPECT_EQ(new_york.to_utc(civil("2026-11-01 02:00")), utc("2026-11-01T07:00:00Z"));
}

TEST(Zone, LordHoweChangesByHalfAnHour) {
    const auto lord_howe = zone("Australia/Lord_Howe");
    EXPECT_EQ(lord_howe.to_utc(civil("2026-10-04 02:15")), utc("2026-10-03T15:30:00Z"));
    EXPECT_EQ(lord_howe.to_utc(civil("2026-04-05 01:45")), utc("2026-04-04T14:45:00Z"));
    EXPECT_EQ(lord_howe.period(utc("2026-04-05T00:00:00Z")).offset, hours{10} + minutes{30});
}

TEST(Zone, CasablancasWinterTimeIsInSpring) {
    const auto casablanca = zone("Africa/Casablanca");
    EXPECT_EQ(casablanca.period(utc("2025-01-15T00:00:00Z")).offset, hours{1});
    EXPECT_EQ(casablanca.period(utc("2025-03-15T00:00:00Z")).offset, hours{0});
    EXPECT_EQ(casablanca.to_utc(civil("2025-02-23 02:30")), utc("2025-02-23T01:30:00Z"));
    EXPECT_EQ(casablanca.to_utc(civil("2025-04-06 02:30")), utc("2025-04-06T02:00:00Z"));
}

TEST(Zone, APeriodRunsFromChangeToChange) {
    const auto period = zone("America/New_York").period(utc("2026-07-01T00:00:00.5Z"));
    EXPECT_EQ(period.from, utc("2026-03-08T07:00:00Z"));
    EXPECT_EQ(period.until, utc("2026-11-01T06:00:00Z"));
    EXPECT_EQ(period.offset, -hours{4});
}

TEST(Zone, APeriodHoldsItsFirstInstantAndNotItsLast) {
    const auto new_york = zone("America/New_York");
    EXPECT_EQ(new_york.period(utc("2026-03-08T07:00:00Z")).offset, -hours{4});
    EXPECT_EQ(new_york.period(utc("2026-03-08T06:59:59.999Z")).offset, -hours{5});
}

TEST(Zone, ThereAndBackIsTheSameInstantOrTheFirstOfTwo) {
    Rng rng(4);
    for (const auto* name : {"America/New_York", "Europe/London", "Asia/Karachi", "Australia/Lord_Howe", "Africa/Casablanca"}) {
        const auto here = zone(name);
        for (int i = 0; i < 2'000; ++i) {
            const auto t = utc("2020-01-01T00:00:00Z") + std::chrono::seconds{rng.below(315'000'000)};
            const auto back = here.to_utc(here.to_civil(t));
            ASSERT_TRUE(back == t || (back < t && here.to_civil(back) == here.to_civil(t))) << name << ' ' << format_utc(t);
        }
    }
}

TEST(ParseCivil, ReadsMinutesAndSeconds) {
    EXPECT_EQ(format_civil(*parse_civil("2026-03-08 03:30")), "2026-03-08 03:30");
    EXPECT_EQ(format_civil(*parse_civil("2026-03-08T03:30:15")), "2026-03-08 03:30:15");
}

TEST(ParseCivil, RefusesWhatIsNoCivilTime) {
    for (const auto* text : {"", "2026-03-08", "2026-03-08 3:30", "2026-02-29 00:00", "2026-03-08 24:00", "2026-03-08 12:60",
                             "2026-03-08 12:00:60", "2026/03/08 12:00", "2026-03-08_12:00", "2026-03-08 12:00Z",
                             "+026-03-08 12:00", "2026-03-08 12.00", "2026-03-08 12:00:0", "2026-03-08 12:00 00"}) {
        EXPECT_FALSE(parse_civil(text).has_value()) << '"' << text << '"';
    }
}

TEST(FormatIn, NamesTheDayAndTheZone) {
    EXPECT_EQ(format_in(utc("2026-03-08T07:30:00Z"), zone("America/New_York")), "Sun 2026-03-08 03:30 America/New_York");
    EXPECT_EQ(format_in(utc("2026-03-08T20:30:05Z"), zone("Asia/Karachi")), "Mon 2026-03-09 01:30:05 Asia/Karachi");
}

}  // namespace
}  // namespace tocsin::zone_test
