// Durations and instants: what is read, what is refused, how they are written.
#include "core/base/time.hpp"

#include <gtest/gtest.h>

#include "core/base/rng.hpp"

namespace tocsin::time_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(ParseDuration, ReadsOneOrMoreUnitsInFallingOrder) {
    EXPECT_EQ(parse_duration("90s"), seconds{90});
    EXPECT_EQ(parse_duration("5m"), minutes{5});
    EXPECT_EQ(parse_duration("1h30m"), minutes{90});
    EXPECT_EQ(parse_duration("2d"), hours{48});
    EXPECT_EQ(parse_duration("1w2d3h4m5s6ms"), hours{9 * 24 + 3} + minutes{4} + seconds{5} + Duration{6});
    EXPECT_EQ(parse_duration("250ms"), Duration{250});
}

TEST(ParseDuration, ReadsZeroWithAndWithoutUnit) {
    EXPECT_EQ(parse_duration("0"), Duration{0});
    EXPECT_EQ(parse_duration("0s"), Duration{0});
    EXPECT_EQ(parse_duration("0h0m"), Duration{0});
}

TEST(ParseDuration, RefusesWhatIsNoDuration) {
    for (const auto* text : {"",     " ",    "5",    "s",  "m5",   "5x", "5 m",    " 5m",  "5m ", "-5m",  "+5m",
                             "1.5h", "5m1h", "5m5m", "5M", "0x5m", "00", "1h 30m", "5m\n", "5mm", "5ms5s"}) {
        EXPECT_FALSE(parse_duration(text).has_value()) << '"' << text << '"';
    }
}

TEST(ParseDuration, RefusesMoreThanTenYearsAndNeverOverflows) {
    EXPECT_TRUE(parse_duration("3660d").has_value());
    EXPECT_FALSE(parse_duration("3661d").has_value());
    EXPECT_FALSE(parse_duration("3660d1ms").has_value());
    EXPECT_FALSE(parse_duration("9223372036854775807ms").has_value());
    EXPECT_FALSE(parse_duration("9223372036854775807w").has_value());
    EXPECT_FALSE(parse_duration("99999999999999999999999s").has_value());
}

TEST(FormatDuration, IsTheShortestText) {
    EXPECT_EQ(format_duration(Duration{0}), "0s");
    EXPECT_EQ(format_duration(seconds{90}), "1m30s");
    EXPECT_EQ(format_duration(hours{24}), "1d");
    EXPECT_EQ(format_duration(hours{240}), "10d");
    EXPECT_EQ(format_duration(Duration{1'500}), "1s500ms");
    EXPECT_EQ(format_duration(-seconds{90}), "-1m30s");
}

TEST(FormatDuration, IsReadBackAsTheSame) {
    Rng rng(1);
    for (int i = 0; i < 1'000; ++i) {
        const Duration duration{static_cast<std::int64_t>(rng.below(316'224'000'001ULL))};
        ASSERT_EQ(parse_duration(format_duration(duration)), duration) << format_duration(duration);
    }
}

TEST(FormatUtc, HasMillisecondsOnlyIfThereAreAny) {
    EXPECT_EQ(format_utc(from_unix_ms(1'772'958'600'000)), "2026-03-08T08:30:00Z");
    EXPECT_EQ(format_utc(from_unix_ms(1'772'958'600'007)), "2026-03-08T08:30:00.007Z");
    EXPECT_EQ(format_utc(from_unix_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(ParseRfc3339, ReadsWhatSendersWrite) {
    const auto t = from_unix_ms(1'772'958'600'000);
    for (const auto* text : {"2026-03-08T08:30:00Z", "2026-03-08t08:30:00z", "2026-03-08 08:30:00Z", "2026-03-08T03:30:00-05:00",
                             "2026-03-08T08:30:00+0000", "2026-03-08T14:00:00+05:30", "2026-03-08T08:30:00.000000000Z",
                             "2026-03-07T08:31:00-23:59", "2026-03-08T08:30:00,0Z"}) {
        EXPECT_EQ(parse_rfc3339(text), t) << text;
    }
}

TEST(ParseRfc3339, CutsFractionsBelowAMillisecond) {
    EXPECT_EQ(parse_rfc3339("2026-03-08T03:30:00.123999999-05:00"), from_unix_ms(1'772'958'600'123));
    EXPECT_EQ(parse_rfc3339("2026-03-08T08:30:00.5Z"), from_unix_ms(1'772'958'600'500));
    EXPECT_EQ(parse_rfc3339("1969-12-31T23:59:59.9999Z"), from_unix_ms(-1));
}

TEST(ParseRfc3339, ReadsALeapSecondAsTheNextOne) {
    EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), parse_rfc3339("2017-01-01T00:00:00Z"));
}

TEST(ParseRfc3339, RefusesWhatIsNoInstant) {
    for (const auto* text : {"",
                             "2026-03-08",
                             "2026-03-08T08:30Z",
                             "2026-03-08T08:30:00",
                             "2026-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:61Z",
                             "2026-01-01T00:00:00+24:00",
                             "2026-01-01T00:00:00+01:60",
                             "2026-01-01T00:00:00+1:00",
                             "2026-01-01T00:00:00Z ",
                             " 2026-01-01T00:00:00Z",
                             "26-01-01T00:00:00Z",
                             "2026-1-1T00:00:00Z",
                             "2026-01-01X00:00:00Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00+01:",
                             "1772958600"}) {
        EXPECT_FALSE(parse_rfc3339(text).has_value()) << '"' << text << '"';
    }
}

TEST(ParseRfc3339, ReadsBackWhatFormatUtcWrites) {
    Rng rng(2);
    for (int i = 0; i < 1'000; ++i) {
        const auto t = from_unix_ms(static_cast<std::int64_t>(rng.below(8'000'000'000'000ULL)) - 2'000'000'000'000);
        ASSERT_EQ(parse_rfc3339(format_utc(t)), t) << format_utc(t);
    }
}

TEST(UnixMilliseconds, GoBothWays) { EXPECT_EQ(to_unix_ms(from_unix_ms(-12'345)), -12'345); }

}  // namespace
}  // namespace tocsin::time_test
