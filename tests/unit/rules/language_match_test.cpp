// What a `match` means, in the words of its conditions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::language_match_test {
namespace {

using kit::match_text;
using testing::HasSubstr;
using testing::Not;

TEST(LanguageMatch, TakesAPlainValueAsEquality) { EXPECT_EQ(match_text("{ title: LMS }"), "title is LMS"); }
TEST(LanguageMatch, TakesAListAsOneOf) { EXPECT_EQ(match_text("{ title: [a, b] }"), "title one_of [a, b]"); }
TEST(LanguageMatch, TakesNumbersAsTheyAreWritten) { EXPECT_EQ(match_text("{ payload.a: 1.50 }"), "payload.a is 1.50"); }
TEST(LanguageMatch, TakesAnEmptyTextInQuotes) { EXPECT_EQ(match_text("{ payload.a: \"\" }"), "payload.a is \"\""); }
TEST(LanguageMatch, OfNothingIsTrue) { EXPECT_EQ(match_text("{}"), "all()"); }

TEST(LanguageMatch, NeedsAllKeysOfAMap) { EXPECT_EQ(match_text("{ title: a, text: b }"), "all(title is a; text is b)"); }

TEST(LanguageMatch, NeedsAllOperatorsOfAField) {
    EXPECT_EQ(match_text("{ payload.n: { above: 1, at_most: 5 } }"), "all(payload.n above 1; payload.n at_most 5)");
}

TEST(LanguageMatch, KnowsTheTextOperators) {
    EXPECT_EQ(match_text("{ title: { is: a } }"), "title is a");
    EXPECT_EQ(match_text("{ title: { one_of: [a, b] } }"), "title one_of [a, b]");
    EXPECT_EQ(match_text("{ title: { prefix: a } }"), "title prefix a");
    EXPECT_EQ(match_text("{ title: { suffix: [a, b] } }"), "title suffix [a, b]");
    EXPECT_EQ(match_text("{ title: { contains: a } }"), "title contains a");
    EXPECT_EQ(match_text("{ title: { glob: \"a*\" } }"), "title glob a*");
    EXPECT_EQ(match_text("{ title: { regex: \"a+\" } }"), "title regex a+");
    EXPECT_EQ(match_text("{ tags: { has: a } }"), "tags has a");
}

TEST(LanguageMatch, KnowsTheNumericOperators) {
    EXPECT_EQ(match_text("{ payload.n: { above: 1 } }"), "payload.n above 1");
    EXPECT_EQ(match_text("{ payload.n: { at_least: 1.5 } }"), "payload.n at_least 1.5");
    EXPECT_EQ(match_text("{ payload.n: { below: -1 } }"), "payload.n below -1");
    EXPECT_EQ(match_text("{ payload.n: { at_most: 1 } }"), "payload.n at_most 1");
    EXPECT_EQ(match_text("{ payload.n: { between: [1, 1] } }"), "payload.n between 1 and 1");
}

TEST(LanguageMatch, KnowsPresenceAndPrefixes) {
    EXPECT_EQ(match_text("{ payload.n: { present: true } }"), "payload.n present");
    EXPECT_EQ(match_text("{ payload.n: { present: false } }"), "payload.n absent");
    EXPECT_EQ(match_text("{ payload.ip: { cidr: 10.0.0.0/8 } }"), "payload.ip cidr 10.0.0.0/8");
}

TEST(LanguageMatch, TakesNotInFrontOfAnyOperatorOrValue) {
    EXPECT_EQ(match_text("{ title: { not: { glob: a } } }"), "not(title glob a)");
    EXPECT_EQ(match_text("{ title: { not: a } }"), "not(title is a)");
    EXPECT_EQ(match_text("{ title: { not: [a, b] } }"), "not(title one_of [a, b])");
    EXPECT_EQ(match_text("{ title: { prefix: a, not: { suffix: b } } }"), "all(title prefix a; not(title suffix b))");
}

TEST(LanguageMatch, NestsAnyAllAndNot) {
    EXPECT_EQ(match_text("{ any: [{ title: a }, { all: [{ text: b }, { not: { key: c } }] }] }"),
              "any(title is a; all(text is b; not(key is c)))");
}

TEST(LanguageMatch, TakesAMapUnderNotAsNotAllOfIt) {
    EXPECT_EQ(match_text("{ not: { title: a, text: b } }"), "not(all(title is a; text is b))");
}

TEST(LanguageMatch, TakesAListUnderNotAsNoneOfIt) {
    EXPECT_EQ(match_text("{ not: [{ title: a }, { text: b }] }"), "not(any(title is a; text is b))");
}

TEST(LanguageMatch, FoldsCaseForEveryTextOperatorBesideIt) {
    EXPECT_EQ(match_text("{ title: { prefix: a, not: b, ignore_case: true } }"),
              "all(title prefix a (ignore_case); not(title is b (ignore_case)))");
    EXPECT_EQ(match_text("{ title: { prefix: a, ignore_case: false } }"), "title prefix a");
}

TEST(LanguageMatch, ReadsTheSeverityByAnyOfItsNames) {
    EXPECT_EQ(match_text("{ severity: [P1, High] }"), "severity one_of [critical, high]");
}

TEST(LanguageMatch, SpellsPathsCanonically) { EXPECT_EQ(match_text("{ 'payload.\"a.b\".\"c\"': x }"), "payload.\"a.b\".c is x"); }

TEST(LanguageMatch, DoesNotAskForSourcesWhenTheDaemonsAreNotKnown) {
    EXPECT_THAT(kit::said_of("rules: [{ name: x, match: { source: nagios }, severity: info }]\n"), Not(HasSubstr("error")));
}

}  // namespace
}  // namespace tocsin::language_match_test
