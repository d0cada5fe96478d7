// Which rule decides, and what `continue` rules leave to those after them.
#include "rules/match/rule_set.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/base/rng.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::rule_set_test {
namespace {

using kit::all;
using kit::any;
using kit::is;
using kit::none;
using kit::rule;
using kit::verdict;

RuleSpec going_on(RuleSpec rule) {
    rule.goes_on = true;
    return rule;
}

RuleSpec with_service(RuleSpec rule, std::string service) {
    rule.service = std::move(service);
    return rule;
}

RuleSpec with_severity(RuleSpec rule, Severity severity) {
    rule.severity = severity;
    return rule;
}

During during(std::string_view window, std::string_view zone) { return {*parse_weekly_window(window), *Zone::find(zone)}; }

TEST(RuleSet, TheFirstMatchDecides) {
    const auto said = verdict({rule("a", is("source", {"x"})), rule("b", is("source", {"splunk"})), rule("c", all({}))},
                              {{"source", "splunk"}});
    EXPECT_EQ(said.rule, "b");
    EXPECT_EQ(said.rule_index, 1);
}

TEST(RuleSet, ARuleWithoutMatchTakesEverything) { EXPECT_EQ(verdict({rule("all", Expression{})}, {}).rule, "all"); }

TEST(RuleSet, NoMatchIsANoticeThatNamesNoRule) {
    const auto said = verdict({rule("a", is("source", {"x"}))}, {{"source", "splunk"}, {"priority", "P1"}});
    EXPECT_EQ(said.rule, "");
    EXPECT_EQ(said.rule_index, -1);
    EXPECT_EQ(said.urgency, Urgency::Notice);
    EXPECT_EQ(said.severity, Severity::Critical);
}

TEST(RuleSet, GroupsNest) {
    const auto payment = all({any({is("service", {"otto", "ecom-worker"}), kit::text("text", Operator::Regex, {"payment"})}),
                              none(is("tags", {"test"}))});
    EXPECT_TRUE(kit::holds(payment, {{"service", "otto"}}));
    EXPECT_TRUE(kit::holds(payment, {{"text", "a payment"}, {"tags", "prod"}}));
    EXPECT_FALSE(kit::holds(payment, {{"text", "a payment"}, {"tags", "prod"}, {"tags", "test"}}));
    EXPECT_FALSE(kit::holds(payment, {{"text", "a refund"}}));
    EXPECT_TRUE(kit::holds(none(none(is("a", {"1"}))), {{"a", "1"}}));
    EXPECT_FALSE(kit::holds(any({}), {{"a", "1"}}));
}

TEST(Continue, AddsWhatItSetsAndGoesOn) {
    const auto said = verdict(
        {going_on(with_service(rule("tag", is("tags", {"lms"})), "lms")), with_severity(rule("rest", all({})), Severity::High)},
        {{"tags", "lms"}});
    EXPECT_EQ(said.rule, "rest");
    EXPECT_EQ(said.service, "lms");
    EXPECT_EQ(said.severity, Severity::High);
    EXPECT_EQ(said.urgency, Urgency::Page);
}

TEST(Continue, WhatALaterRuleSetsWins) {
    const auto said = verdict({going_on(with_service(rule("a", all({})), "lms")),
                               going_on(with_service(rule("b", all({})), "cms")), rule("c", all({}))},
                              {});
    EXPECT_EQ(said.service, "cms");
}

TEST(Continue, ShowsServiceAndSeverityToLaterRules) {
    std::vector<RuleSpec> rules;
    rules.push_back(rule("too early", is("service", {"lms"})));
    rules.push_back(going_on(with_severity(with_service(rule("tag", all({})), "lms"), Severity::High)));
    rules.push_back(rule("wrong severity", is("severity", {"critical"})));
    rules.push_back(rule("seen", all({is("service", {"lms"}), is("severity", {"high"})})));
    EXPECT_EQ(verdict(std::move(rules), {}).rule, "seen");
}

TEST(Continue, AloneItIsStillAMatch) {
    const auto said =
        verdict({going_on(with_severity(rule("only", all({})), Severity::Critical)), rule("b", is("a", {"b"}))}, {});
    EXPECT_EQ(said.rule, "only");
    EXPECT_EQ(said.urgency, Urgency::Page);
}

TEST(During, HoldsInItsOwnZone) {
    auto night = rule("night", all({}));
    night.during = during("22:00-06:00", "America/New_York");
    const RuleSet rules({night});
    const auto decides_at = [&](std::string_view utc) {
        return rules.classify(Fields{}, Roster{}, *parse_rfc3339(utc)).rule == "night";
    };
    EXPECT_TRUE(decides_at("2026-01-15T03:00:00Z"));   // 22:00 in New York
    EXPECT_FALSE(decides_at("2026-01-15T02:59:59Z"));  // a second before
    EXPECT_FALSE(decides_at("2026-01-15T11:00:00Z"));  // 06:00
    EXPECT_TRUE(decides_at("2026-07-15T02:00:00Z"));   // 22:00 in summer
}

TEST(RuleSet, AnswersTheSameFromManyThreads) {
    const RuleSet rules({rule("r", kit::text("text", Operator::Regex, {"(err|warn)[a-z]* [0-9]+"}))});
    const auto fields = kit::fields({{"text", "some error 42"}});
    std::vector<std::string> said(4);
    std::vector<std::thread> threads;
    for (auto& mine : said) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) mine = rules.classify(fields, Roster{}, kit::some_night()).rule;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(said, std::vector<std::string>(4, "r"));
}

// The oracle below is the language's definition, read off the expression itself.
bool naive_condition(const Condition& c, const kit::Values& values) {
    for (const auto& [path, value] : values) {
        if (path != c.path) continue;
        if (c.op == Operator::Absent) return false;
        for (const auto& operand : c.operands) {
            if (value == operand) return true;
        }
    }
    return c.op == Operator::Absent;
}

bool naive(const Expression& e, const kit::Values& values) {
    switch (e.kind) {
        case Expression::Kind::Condition: return naive_condition(e.condition, values);
        case Expression::Kind::Not: return !naive(e.children[0], values);
        case Expression::Kind::All:
            for (const auto& child : e.children) {
                if (!naive(child, values)) return false;
            }
            return true;
        case Expression::Kind::Any:
            for (const auto& child : e.children) {
                if (naive(child, values)) return true;
            }
            return false;
    }
    return false;
}

std::string letter(Rng& rng) { return std::string(1, static_cast<char>('a' + rng.below(3))); }

Expression random_expression(Rng& rng, int depth) {
    if (depth == 0 || rng.one_in(3)) {
        return rng.one_in(5) ? kit::absent(letter(rng)) : is(letter(rng), {letter(rng), letter(rng)});
    }
    if (rng.one_in(3)) return none(random_expression(rng, depth - 1));
    std::vector<Expression> children;
    for (auto left = rng.below(4); left > 0; --left) children.push_back(random_expression(rng, depth - 1));
    return rng.one_in(2) ? all(std::move(children)) : any(std::move(children));
}

TEST(RuleSet, AgreesWithTheDefinitionOnRandomRules) {
    Rng rng(7);
    int matched = 0;
    for (int i = 0; i < 5'000; ++i) {
        const auto expression = random_expression(rng, 3);
        kit::Values values;
        for (auto left = rng.below(5); left > 0; --left) values.emplace_back(letter(rng), letter(rng));
        const bool expected = naive(expression, values);
        ASSERT_EQ(kit::holds(expression, values), expected) << "at " << i;
        const auto steps = kit::trail({rule("it", expression)}, values, kit::some_night());
        ASSERT_EQ(steps[0].failed_condition.empty(), expected) << "a trail must say why, at " << i;
        matched += expected ? 1 : 0;
    }
    EXPECT_GT(matched, 1'000);
    EXPECT_LT(matched, 4'000);
}

}  // namespace
}  // namespace tocsin::match::rule_set_test
