// Which rules are refused for what they would cost.
#include "rules/match/cost.hpp"

#include <gtest/gtest.h>

#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::cost_test {
namespace {

std::vector<std::string> texts(std::size_t count) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back("text " + std::to_string(i));
    return made;
}

std::vector<RuleSpec> one_rule(Expression match) {
    std::vector<RuleSpec> rules;
    rules.push_back(kit::rule("it", std::move(match)));
    return rules;
}

TEST(Cost, OfWhatTeamsWriteIsNoObjection) {
    const auto rules = one_rule(kit::all({kit::is("source", texts(500)), kit::text("title", Operator::Glob, texts(500))}));
    EXPECT_TRUE(objections_to_cost(rules).empty());
}

TEST(Cost, OfManyWholeValuesIsSmallAndOfManyPatternsIsNot) {
    EXPECT_TRUE(objections_to_cost(one_rule(kit::is("title", texts(1'001)))).empty());
    const auto objections = objections_to_cost(one_rule(kit::text("title", Operator::Contains, texts(1'001))));
    ASSERT_EQ(objections.size(), 1U);
    EXPECT_EQ(objections[0].message, "this rule has 1001 patterns to look through; at most 1000 are allowed");
}

TEST(Cost, CountsThePatternsOfAllAlternativesTogether) {
    std::vector<Expression> alternatives;
    for (int i = 0; i < 11; ++i) alternatives.push_back(kit::text("title", Operator::Prefix, texts(100)));
    EXPECT_EQ(objections_to_cost(one_rule(kit::any(std::move(alternatives)))).size(), 1U);
}

TEST(Cost, OfNestingIsBounded) {
    auto match = kit::is("title", {"x"});
    for (int i = 0; i < 32; ++i) match = kit::none(std::move(match));
    EXPECT_TRUE(objections_to_cost(one_rule(match)).empty());
    EXPECT_EQ(objections_to_cost(one_rule(kit::none(match))).size(), 1U);
}

TEST(Cost, OfMemoryIsObjectedToOnceWhereTheBudgetIsPassed) {
    std::vector<RuleSpec> rules;
    for (int i = 0; i < 5; ++i) rules.push_back(kit::rule("it", kit::text("title", Operator::Contains, {"x"})));
    const auto objections = objections_to_cost(rules, CostLimits{.bytes = 1'000});
    ASSERT_EQ(objections.size(), 1U);
    EXPECT_EQ(objections[0].rule, 2U);
    EXPECT_NE(objections[0].message.find("with this rule the rulebook needs more than"), std::string::npos);
}

TEST(Cost, OfARegexIsThatOfItsRepetitionsToo) {
    const auto limit = CostLimits{.bytes = 15'000};
    EXPECT_TRUE(objections_to_cost(one_rule(kit::text("title", Operator::Regex, {"[a-z]"})), limit).empty());
    EXPECT_FALSE(objections_to_cost(one_rule(kit::text("title", Operator::Regex, {"[a-z]{900}"})), limit).empty());
}

}  // namespace
}  // namespace tocsin::match::cost_test
