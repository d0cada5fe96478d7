// A silence as somebody writes it at run time: checked like one of the rulebook's, kept as JSON, ready to be asked again.
#include "rules/check/made_silence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/calendar.hpp"

namespace tocsin::check::made_silence_test {
namespace {

using ::testing::HasSubstr;

CheckedSilence checked(const SilenceText& text) {
    Roster roster;
    roster.services["mysql"].id = "mysql";
    return check_silence(text, {roster, {"splunk"}});
}

TEST(MadeSilence, IsKeptAsJsonThatReadsTheSame) {
    const auto one = checked({"{ service: mysql, payload.count: { at_least: 100 } }", "[sun 02:00-04:00 Europe/London]"});
    ASSERT_TRUE(one.spec) << one.mistakes;
    EXPECT_EQ(one.kept.match, R"({"service":"mysql","payload.count":{"at_least":100}})");
    EXPECT_EQ(one.kept.during, R"(["sun 02:00-04:00 Europe/London"])");
    EXPECT_FALSE(one.is_too_broad);
    const auto from = tocsin::calendar_kit::utc("2026-03-08T00:00:00Z");
    const MadeSilence made{
        {7}, one.kept.match, one.kept.during, from, from + std::chrono::hours{24}, {"lahore-a", from, "patching", "", {}}};
    const auto spec = spec_of(made);
    ASSERT_TRUE(spec) << spec.error().message();
    EXPECT_EQ(spec->name, "silence-7");
    EXPECT_FALSE(match::end_of(*spec, from));
    EXPECT_EQ(match::end_of(*spec, from + std::chrono::hours{3}), from + std::chrono::hours{4});
    const match::SilenceSet set(std::vector{*spec});
    Fields fields;
    fields.add("payload.count", "250");
    Verdict verdict;
    verdict.service = "mysql";
    EXPECT_TRUE(set.covering(fields, verdict, from + std::chrono::hours{3}));
    verdict.service = "lms";
    EXPECT_FALSE(set.covering(fields, verdict, from + std::chrono::hours{3}));
}

TEST(MadeSilence, MistakesAreShownWithTheirPlacesAndCures) {
    EXPECT_THAT(checked({"{ service: mysl }", ""}).mistakes,
                AllOf(HasSubstr("match:1:12: error: no service is called \"mysl\""), HasSubstr("did you mean \"mysql\"?")));
    EXPECT_THAT(checked({"{ source: splnk }", ""}).mistakes, HasSubstr("did you mean \"splunk\"?"));
    EXPECT_THAT(checked({"{}", ""}).mistakes, HasSubstr("a silence that asks for nothing would cover every alert"));
    EXPECT_THAT(checked({"", ""}).mistakes, HasSubstr("a silence needs a match"));
    EXPECT_THAT(checked({"{ service: mysql }", "sometimes"}).mistakes, HasSubstr("during:1:1: error"));
    EXPECT_THAT(checked({"{ title: { regex: \"(\" } }", ""}).mistakes, HasSubstr("match:1:"));
    EXPECT_THAT(checked({"mysql", ""}).mistakes, HasSubstr("match:1:1: error"));
}

TEST(MadeSilence, OneThatAsksForASourceAloneIsTooBroad) { EXPECT_TRUE(checked({"{ source: splunk }", ""}).is_too_broad); }

TEST(MadeSilence, OneThatThisReleaseDoesNotUnderstandIsAnErrorAndNotABug) {
    EXPECT_FALSE(spec_of({{7}, R"({"title":{"resembles":"x"}})", "", {}, {}, {}}));
    EXPECT_FALSE(spec_of({{7}, "{", "", {}, {}, {}}));
}

}  // namespace
}  // namespace tocsin::check::made_silence_test
