// Which silence covers an alert, and until when.
#include "rules/match/silence_set.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace tocsin::match::silence_set_test {
namespace {

using std::chrono::hours;

TimePoint at(const char* text) { return *parse_rfc3339(text); }

SilenceSpec silence(std::string name, const std::string& path = "payload.host", const std::string& value = "db-1") {
    SilenceSpec spec;
    spec.name = std::move(name);
    spec.match.kind = Expression::Kind::Condition;
    spec.match.condition.path = path;
    spec.match.condition.operands = {value};
    return spec;
}

SilenceSpec within(SilenceSpec spec, std::string_view window, std::string_view zone = "UTC") {
    spec.during = During{*parse_weekly_window(window), *Zone::find(zone)};
    return spec;
}

SilenceSpec until(SilenceSpec spec, const char* end) {
    spec.until = at(end);
    return spec;
}

Fields from_host(const std::string& host) {
    Fields fields;
    fields.add("payload.host", host);
    return fields;
}

std::optional<Silencing> covering(std::vector<SilenceSpec> silences, const char* now, const std::string& host = "db-1") {
    Verdict verdict;
    verdict.service = "mysql";
    verdict.severity = Severity::High;
    return SilenceSet(std::move(silences)).covering(from_host(host), verdict, at(now));
}

TEST(SilenceSet, CoversWhatMatchesUntilItsEnd) {
    const auto spec = until(silence("patching"), "2026-03-08T10:00:00Z");
    EXPECT_EQ(covering({spec}, "2026-03-08T09:59:59Z"), (Silencing{"patching", at("2026-03-08T10:00:00Z")}));
    EXPECT_FALSE(covering({spec}, "2026-03-08T09:00:00Z", "web-1"));
    EXPECT_FALSE(covering({spec}, "2026-03-08T10:00:00Z"));
    EXPECT_FALSE(covering({}, "2026-03-08T09:00:00Z"));
}

TEST(SilenceSet, HoldsFromItsBeginning) {
    auto spec = until(silence("patching"), "2026-03-08T10:00:00Z");
    spec.from = at("2026-03-08T09:00:00Z");
    EXPECT_FALSE(covering({spec}, "2026-03-08T08:59:59Z"));
    EXPECT_TRUE(covering({spec}, "2026-03-08T09:00:00Z"));
}

TEST(SilenceSet, AWindowEndsByTheClocksOfItsZone) {
    // In the night of 2026-03-08 the clocks of New York go from 02:00 to 03:00.
    const auto spec = within(silence("weekly"), "sun 01:00-04:00", "America/New_York");
    EXPECT_EQ(covering({spec}, "2026-03-08T06:30:00Z")->until, at("2026-03-08T08:00:00Z"));
    EXPECT_EQ(covering({spec}, "2026-03-15T06:30:00Z")->until, at("2026-03-15T08:00:00Z"));
    EXPECT_FALSE(covering({spec}, "2026-03-15T08:00:00Z"));
}

TEST(SilenceSet, UntilCutsAWindowShort) {
    const auto spec = until(within(silence("nightly"), "22:00-06:00"), "2026-03-08T23:00:00Z");
    EXPECT_EQ(covering({spec}, "2026-03-08T22:30:00Z")->until, at("2026-03-08T23:00:00Z"));
}

TEST(SilenceSet, ServiceAndSeverityAreTheVerdicts) {
    EXPECT_TRUE(covering({until(silence("a", "service", "mysql"), "2027-01-01T00:00:00Z")}, "2026-03-08T22:30:00Z"));
    EXPECT_TRUE(covering({until(silence("a", "severity", "high"), "2027-01-01T00:00:00Z")}, "2026-03-08T22:30:00Z"));
    EXPECT_FALSE(covering({until(silence("a", "severity", "low"), "2027-01-01T00:00:00Z")}, "2026-03-08T22:30:00Z"));
}

TEST(SilenceSet, ThoseThatFollowEachOtherAreOne) {
    const auto first = within(silence("first"), "22:00-00:00");
    const auto second = within(silence("second"), "00:00-02:00");
    const auto other = within(silence("other", "payload.host", "web-1"), "02:00-04:00");
    EXPECT_EQ(covering({first, second, other}, "2026-03-08T23:00:00Z"),
              (Silencing{"first", at("2026-03-09T02:00:00Z"), {"second"}}));
    EXPECT_EQ(covering({first, second, other}, "2026-03-09T00:30:00Z"), (Silencing{"second", at("2026-03-09T02:00:00Z")}));
}

TEST(SilenceSet, EndlessChainsAreFollowedSoFarAndNoFurther) {
    const auto day = within(silence("day"), "06:00-18:00");
    const auto night = within(silence("night"), "18:00-06:00");
    const auto covered = covering({day, night}, "2026-03-08T07:00:00Z");
    ASSERT_TRUE(covered);
    EXPECT_EQ(covered->until, at("2026-03-08T18:00:00Z") + SilenceSet::kFollowedMax * hours{12});
}

TEST(SilenceSet, FindsOneByItsName) {
    const SilenceSet set({silence("a"), silence("b")});
    EXPECT_EQ(set.find("b"), &set.silences()[1]);
    EXPECT_EQ(set.find("c"), nullptr);
}

}  // namespace
}  // namespace tocsin::match::silence_set_test
