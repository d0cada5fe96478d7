// Every operator: what it takes and what it refuses.
#include <gtest/gtest.h>

#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::operators_test {
namespace {

using kit::absent;
using kit::folded_text;
using kit::holds;
using kit::is;
using kit::none;
using kit::number;
using kit::present;
using kit::text;

TEST(Equality, TakesTheWholeValueAsWritten) {
    EXPECT_TRUE(holds(is("source", {"splunk"}), {{"source", "splunk"}}));
    EXPECT_FALSE(holds(is("source", {"splunk"}), {{"source", "Splunk"}}));
    EXPECT_FALSE(holds(is("source", {"splunk"}), {{"source", "splunk-2"}}));
    EXPECT_FALSE(holds(is("source", {"splunk"}), {{"kind", "splunk"}}));
}

TEST(Equality, OfANumberComparesItsText) {
    EXPECT_TRUE(holds(is("payload.count", {"100"}), {{"payload.count", "100"}}));
    EXPECT_FALSE(holds(is("payload.count", {"100"}), {{"payload.count", "100.0"}}));
}

TEST(OneOf, TakesAnyOfItsOperandsInWhateverOrderTheyStand) {
    const auto of = [](const std::string& value) {
        return holds(is("tags", {"zeta", "Alpha", "élan", "beta"}), {{"tags", value}});
    };
    EXPECT_TRUE(of("zeta"));
    EXPECT_TRUE(of("Alpha"));
    EXPECT_TRUE(of("élan"));
    EXPECT_TRUE(of("beta"));
    EXPECT_FALSE(of("alpha"));
    EXPECT_FALSE(of("gamma"));
}

TEST(OneOf, IgnoresTheCaseOfAsciiLettersIfAsked) {
    const auto of = [](const std::string& value) {
        return holds(folded_text("tags", Operator::OneOf, {"Zeta", "ALPHA", "éLAN", "beta"}), {{"tags", value}});
    };
    EXPECT_TRUE(of("zETA"));
    EXPECT_TRUE(of("alpha"));
    EXPECT_TRUE(of("éLaN"));
    EXPECT_FALSE(of("ÉLAN"));
}

TEST(OneOf, OfNothingTakesNothing) { EXPECT_FALSE(holds(is("tags", {}), {{"tags", ""}})); }

TEST(Prefix, TakesTheBeginning) {
    EXPECT_TRUE(holds(text("title", Operator::Prefix, {"LMS ", "CMS "}), {{"title", "CMS down"}}));
    EXPECT_FALSE(holds(text("title", Operator::Prefix, {"LMS "}), {{"title", "the LMS is down"}}));
    EXPECT_FALSE(holds(text("title", Operator::Prefix, {"LMS "}), {{"title", "LMS"}}));
    EXPECT_TRUE(holds(folded_text("title", Operator::Prefix, {"LMS "}), {{"title", "lms down"}}));
}

TEST(Suffix, TakesTheEnd) {
    EXPECT_TRUE(holds(text("payload.host", Operator::Suffix, {".edx.org"}), {{"payload.host", "web1.edx.org"}}));
    EXPECT_FALSE(holds(text("payload.host", Operator::Suffix, {".edx.org"}), {{"payload.host", "web1.edx.org."}}));
    EXPECT_TRUE(holds(folded_text("payload.host", Operator::Suffix, {".EDX.org"}), {{"payload.host", "WEB1.edx.ORG"}}));
}

TEST(Contains, TakesAnyPlaceInTheValue) {
    EXPECT_TRUE(holds(text("text", Operator::Contains, {"declined"}), {{"text", "payment declined twice"}}));
    EXPECT_FALSE(holds(text("text", Operator::Contains, {"declined"}), {{"text", "payment Declined"}}));
    EXPECT_TRUE(holds(folded_text("text", Operator::Contains, {"DECLINED"}), {{"text", "payment Declined"}}));
    EXPECT_TRUE(holds(text("text", Operator::Contains, {""}), {{"text", "x"}}));
}

TEST(Has, TakesAnElementOfAList) {
    EXPECT_TRUE(holds(text("tags", Operator::Has, {"test"}), {{"tags", "prod"}, {"tags", "test"}}));
    EXPECT_FALSE(holds(text("tags", Operator::Has, {"test"}), {{"tags", "prod"}, {"tags", "testing"}}));
}

TEST(RegexOperator, IsUnanchored) {
    EXPECT_TRUE(holds(text("text", Operator::Regex, {"(?i)payment (failed|declined)"}), {{"text", "a Payment FAILED again"}}));
    EXPECT_FALSE(holds(text("text", Operator::Regex, {"^payment"}), {{"text", "a payment"}}));
    EXPECT_TRUE(holds(text("text", Operator::Regex, {"nope", "a$"}), {{"text", "banana"}}));
}

TEST(RegexOperator, IgnoresCaseIfAsked) {
    EXPECT_TRUE(holds(folded_text("text", Operator::Regex, {"payment"}), {{"text", "PAYMENT"}}));
    EXPECT_FALSE(holds(text("text", Operator::Regex, {"payment"}), {{"text", "PAYMENT"}}));
}

TEST(RegexOperator, IsLinearWhereOthersBacktrack) {
    EXPECT_FALSE(holds(text("text", Operator::Regex, {"(a+)+$"}), {{"text", std::string(100'000, 'a') + "b"}}));
}

TEST(Numbers, CompareNumericallyThoughTheyAreTexts) {
    const kit::Values nine{{"payload.count", "9"}};
    EXPECT_TRUE(holds(number("payload.count", Operator::Below, 0, 10), nine));
    EXPECT_FALSE(holds(number("payload.count", Operator::Below, 0, 9), nine));
    EXPECT_TRUE(holds(number("payload.count", Operator::AtMost, 0, 9), nine));
    EXPECT_FALSE(holds(number("payload.count", Operator::AtMost, 0, 8.99), nine));
    EXPECT_TRUE(holds(number("payload.count", Operator::Above, 8.5, 0), nine));
    EXPECT_FALSE(holds(number("payload.count", Operator::Above, 9, 0), nine));
    EXPECT_TRUE(holds(number("payload.count", Operator::AtLeast, 9, 0), nine));
    EXPECT_FALSE(holds(number("payload.count", Operator::AtLeast, 10, 0), nine));
}

TEST(Numbers, BetweenHoldsAtBothEnds) {
    const auto between = [](const std::string& value) { return holds(number("n", Operator::Between, -1, 2.5), {{"n", value}}); };
    EXPECT_TRUE(between("-1"));
    EXPECT_TRUE(between("2.50"));
    EXPECT_FALSE(between("-1.01"));
    EXPECT_FALSE(between("2.51"));
}

TEST(Numbers, WhatIsNoNumberFailsEveryNumericOperator) {
    for (const auto* value : {"", "n/a", "NaN", "inf", "-inf", "12 errors", "0x10", "1,000", "true", "--1", "+-1", "."}) {
        EXPECT_FALSE(holds(number("n", Operator::AtLeast, -1e300, 0), {{"n", value}})) << value;
        EXPECT_FALSE(holds(number("n", Operator::AtMost, 0, 1e300), {{"n", value}})) << value;
    }
}

TEST(Numbers, AreReadInEveryUsualSpelling) {
    EXPECT_EQ(to_number("100"), 100);
    EXPECT_EQ(to_number(" 8 "), 8);
    EXPECT_EQ(to_number("+5"), 5);
    EXPECT_EQ(to_number("-0.25"), -0.25);
    EXPECT_EQ(to_number(".5"), 0.5);
    EXPECT_EQ(to_number("1e3"), 1000);
    EXPECT_EQ(to_number("1.5E-1"), 0.15);
}

TEST(Presence, CountsAnEmptyText) {
    EXPECT_TRUE(holds(present("payload.link"), {{"payload.link", ""}}));
    EXPECT_FALSE(holds(present("payload.link"), {{"payload.links", "x"}}));
    EXPECT_TRUE(holds(absent("payload.link"), {{"payload.links", "x"}}));
    EXPECT_FALSE(holds(absent("payload.link"), {{"payload.link", ""}}));
}

TEST(Presence, OfAnObjectIsThatOfAnythingInIt) {
    EXPECT_TRUE(holds(present("payload.result"), {{"payload.result.host", "web1"}}));
    EXPECT_FALSE(holds(absent("payload.result"), {{"payload.result.host", "web1"}}));
    EXPECT_FALSE(holds(present("payload.result"), {{"payload.results", "web1"}}));
}

TEST(ManyValues, MatchIfOneDoes) {
    const kit::Values hosts{{"payload.hosts", "web1"}, {"source", "splunk"}, {"payload.hosts", "db1"}, {"payload.hosts", "7"}};
    EXPECT_TRUE(holds(is("payload.hosts", {"db1"}), hosts));
    EXPECT_TRUE(holds(text("payload.hosts", Operator::Prefix, {"web"}), hosts));
    EXPECT_TRUE(holds(number("payload.hosts", Operator::AtLeast, 7, 0), hosts));
    EXPECT_FALSE(holds(is("payload.hosts", {"db2"}), hosts));
}

TEST(Negation, HoldsIfNoneOfManyValuesMatches) {
    const kit::Values tags{{"tags", "prod"}, {"tags", "test"}};
    EXPECT_FALSE(holds(none(is("tags", {"test"})), tags));
    EXPECT_TRUE(holds(none(is("tags", {"staging"})), tags));
}

TEST(Absence, FailsEverythingButAbsentAndNot) {
    const kit::Values nothing{{"source", "splunk"}};
    for (const auto op : {Operator::OneOf, Operator::Prefix, Operator::Suffix, Operator::Contains, Operator::Glob,
                          Operator::Regex, Operator::Has}) {
        EXPECT_FALSE(holds(text("title", op, {""}), nothing)) << to_string(op);
        EXPECT_TRUE(holds(none(text("title", op, {""})), nothing)) << to_string(op);
    }
    for (const auto op : {Operator::Above, Operator::AtLeast, Operator::Below, Operator::AtMost, Operator::Between}) {
        EXPECT_FALSE(holds(number("n", op, -1e9, 1e9), nothing)) << to_string(op);
        EXPECT_TRUE(holds(none(number("n", op, -1e9, 1e9)), nothing)) << to_string(op);
    }
    EXPECT_FALSE(holds(text("ip", Operator::Cidr, {"0.0.0.0/0"}), nothing));
}

}  // namespace
}  // namespace tocsin::match::operators_test
