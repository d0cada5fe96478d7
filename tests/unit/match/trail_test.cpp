// The trail: which rules were asked, and why one did not match, in words.
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "rules/match/window_text.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::trail_test {
namespace {

using kit::all;
using kit::any;
using kit::is;
using kit::none;
using kit::number;
using kit::rule;

/// "condition | what it saw" of a rule that does not match.
std::string why_not(Expression match, const kit::Values& values) {
    const auto steps = kit::trail({rule("it", std::move(match))}, values, kit::some_night());
    return steps[0].failed_condition + " | " + steps[0].seen;
}

TEST(Trail, HasAStepForEveryRuleAsked) {
    auto first = rule("first", all({}));
    first.goes_on = true;
    const auto steps = kit::trail({first, rule("second", is("a", {"x"})), rule("third", all({})), rule("never", all({}))},
                                  {{"a", "1"}}, kit::some_night());
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_TRUE(steps[0].is_match);
    EXPECT_FALSE(steps[0].is_deciding);
    EXPECT_FALSE(steps[1].is_match);
    EXPECT_EQ(steps[1].place, "rules/test.yaml:1");
    EXPECT_EQ(steps[1].failed_condition, "a is x");
    EXPECT_TRUE(steps[2].is_deciding);
}

TEST(Trail, NamesTheFirstConditionThatFailed) {
    const auto match = all({is("source", {"splunk"}), number("payload.count", Operator::AtLeast, 100, 0), is("a", {"b"})});
    EXPECT_EQ(why_not(match, {{"source", "splunk"}, {"payload.count", "8"}}), "payload.count at_least 100 | 8");
    EXPECT_EQ(why_not(match, {{"source", "splunk"}}), "payload.count at_least 100 | absent");
}

TEST(Trail, NamesAllAlternatives) {
    EXPECT_EQ(why_not(any({is("a", {"1"}), kit::text("b", Operator::Glob, {"x y*"})}), {{"a", "2"}}),
              "any of: a is 1; b glob \"x y*\" | 2; absent");
    EXPECT_EQ(why_not(any({is("a", {"1"}), is("a", {"3"})}), {{"a", "2"}}), "any of: a is 1; a is 3 | 2");
    EXPECT_EQ(why_not(any({}), {}), "any of: nothing | absent");
}

TEST(Trail, NamesWhatANegationFound) {
    EXPECT_EQ(why_not(none(is("tags", {"test"})), {{"tags", "prod"}, {"tags", "test"}}), "not tags is test | prod, test");
    EXPECT_EQ(why_not(none(any({is("a", {"1"}), is("b", {"2"})})), {{"b", "2"}}), "not b is 2 | 2");
    EXPECT_EQ(why_not(none(all({is("a", {"1"}), is("b", {"2"})})), {{"a", "1"}, {"b", "2"}}),
              "not all of: a is 1; b is 2 | 1; 2");
}

TEST(Trail, ShowsNoMoreThanEightyCodePointsOfAValue) {
    const auto steps = kit::trail({rule("it", is("a", {"1"}))}, {{"a", std::string(5'000, 'x')}}, kit::some_night());
    EXPECT_EQ(code_points(steps[0].seen), 80U);
}

TEST(Trail, ShowsEmptyTextsAndControlCharacters) {
    EXPECT_EQ(why_not(is("a", {"1"}), {{"a", ""}}), "a is 1 | \"\"");
    EXPECT_EQ(why_not(is("a", {"1"}), {{"a", "x\x1by"}}), "a is 1 | x\xEF\xBF\xBDy");
}

TEST(Trail, NamesTheWindowAndTheLocalTime) {
    auto office = rule("office", all({}));
    office.during = During{*parse_weekly_window("mon-fri 09:00-17:00"), *Zone::find("America/New_York")};
    const auto steps = kit::trail({office}, {}, kit::some_night());
    EXPECT_EQ(steps[0].failed_condition, "during mon-fri 09:00-17:00 America/New_York");
    EXPECT_EQ(steps[0].seen, "Sun 2026-03-08 03:30 America/New_York");
}

TEST(WindowText, ReadsAsAuthorsWriteIt) {
    for (const auto* written : {"mon-fri 09:00-17:00", "22:00-06:00", "fri 20:00-sun 20:00", "sat 10:00-12:00"}) {
        EXPECT_EQ(window_text(*parse_weekly_window(written)), written);
    }
    EXPECT_EQ(window_text(WeeklyWindow{}), "never");
}

TEST(ConditionText, ReadsAsAPersonWouldSayIt) {
    const auto said = [](const Expression& e) { return e.condition.text(); };
    EXPECT_EQ(said(is("source", {"splunk"})), "source is splunk");
    EXPECT_EQ(said(is("labels.env", {"staging", "a b", ""})), "labels.env one_of [staging, \"a b\", \"\"]");
    EXPECT_EQ(said(is("n", {"1", "2", "3", "4", "5", "6", "7", "8"})), "n one_of [1, 2, 3, 4, 5, 6, and 2 more]");
    EXPECT_EQ(said(kit::folded_text("text", Operator::Contains, {"Down"})), "text contains Down (ignore_case)");
    EXPECT_EQ(said(number("n", Operator::Between, 1, 2.5)), "n between 1 and 2.5");
    EXPECT_EQ(said(number("n", Operator::Below, 0, 10)), "n below 10");
    EXPECT_EQ(said(kit::present("url")), "url present");
    EXPECT_EQ(said(kit::absent("url")), "url absent");
}

}  // namespace
}  // namespace tocsin::match::trail_test
