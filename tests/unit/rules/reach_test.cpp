// Rules that can never match: named cases, and a random search for an alert that reaches one after all.
#include "rules/check/reach.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>

#include "core/base/rng.hpp"
#include "tests/support/calendar.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::check::reach_test {
namespace {

namespace kit = match::kit;
using match::Expression;
using match::Operator;
using match::RuleSpec;
using Why = Unreachable::Why;

std::vector<std::optional<Unreachable>> judged(const std::vector<RuleSpec>& rules) {
    std::vector<const RuleSpec*> all;
    for (const auto& rule : rules) all.push_back(&rule);
    return unreachable_rules(all);
}

/// Of the last of the rules.
std::optional<Why> why(const std::vector<RuleSpec>& rules) {
    const auto all = judged(rules);
    if (!all.back()) return {};
    return all.back()->why;
}

std::optional<Why> why(Expression first, Expression second) {
    return why({kit::rule("first", std::move(first)), kit::rule("second", std::move(second))});
}

RuleSpec setter(Expression match, std::string service) {
    auto rule = kit::rule("setter", std::move(match));
    rule.goes_on = true;
    rule.service = std::move(service);
    return rule;
}

RuleSpec during(RuleSpec rule, std::string_view window, std::string_view zone) {
    rule.during = match::During{calendar_kit::window(window), calendar_kit::zone(zone)};
    return rule;
}

Expression lms() { return kit::is("labels.app", {"lms"}); }

TEST(Reach, OfARuleBehindOneThatTakesEverythingIsNone) { EXPECT_EQ(why(kit::all({}), lms()), Why::CatchAll); }

TEST(Reach, OfARuleBehindOneThatAsksTheSameIsNone) { EXPECT_EQ(why(lms(), lms()), Why::Same); }

TEST(Reach, OfARuleBehindAWiderOneIsNone) {
    EXPECT_EQ(why(kit::text("title", Operator::Prefix, {"LMS"}), kit::is("title", {"LMS 5xx"})), Why::Wider);
    EXPECT_EQ(why(kit::is("tags", {"a", "b"}), kit::all({kit::is("tags", {"b"}), lms()})), Why::Wider);
    EXPECT_EQ(why(kit::any({kit::is("tags", {"a"}), lms()}), lms()), Why::Wider);
    EXPECT_EQ(why(kit::present("labels"), kit::is("labels.app", {"x"})), Why::Wider);
}

TEST(Reach, OfARuleBehindANarrowerOneIsLeft) {
    EXPECT_EQ(why(kit::all({lms(), kit::is("tags", {"a"})}), lms()), std::nullopt);
    EXPECT_EQ(why(kit::is("title", {"LMS 5xx"}), kit::text("title", Operator::Prefix, {"LMS"})), std::nullopt);
}

TEST(Reach, OfARuleThatSeveralTakeBetweenThemIsNone) {
    const auto all =
        judged({kit::rule("a", kit::is("tags", {"a"})), kit::rule("b", kit::is("tags", {"b"})), kit::rule("other", lms()),
                kit::rule("both", kit::any({kit::is("tags", {"a"}), kit::is("tags", {"b"})}))});
    ASSERT_TRUE(all[3].has_value());
    EXPECT_EQ(all[3]->why, Why::Together);
    EXPECT_EQ(all[3]->by, (std::vector<std::int32_t>{0, 1}));
}

TEST(Reach, OfARuleBehindOneThatContinuesIsLeft) {
    EXPECT_EQ(why({setter(lms(), "x"), kit::rule("second", lms())}), std::nullopt);
}

TEST(Reach, OfARuleBehindOneWithAWindowIsLeftUnlessItsOwnIsInside) {
    const auto night = during(kit::rule("night", lms()), "22:00-06:00", "Asia/Karachi");
    EXPECT_EQ(why({night, kit::rule("any time", lms())}), std::nullopt);
    EXPECT_EQ(why({night, during(kit::rule("", lms()), "mon-wed 23:00-05:00", "Asia/Karachi")}), Why::Same);
    EXPECT_EQ(why({night, during(kit::rule("", lms()), "mon-wed 23:00-07:00", "Asia/Karachi")}), std::nullopt);
    EXPECT_EQ(why({night, during(kit::rule("", lms()), "mon-wed 23:00-05:00", "Etc/UTC")}), std::nullopt);
}

TEST(Reach, OfARuleThatAsksForAServiceThatNobodySetIsNone) {
    EXPECT_EQ(why({kit::rule("only", kit::is("service", {"lms"}))}), Why::NothingSet);
    EXPECT_EQ(why({setter(lms(), "cms"), kit::rule("only", kit::is("service", {"lms"}))}), Why::NotSet);
    EXPECT_EQ(why({setter(lms(), "lms"), kit::rule("only", kit::is("service", {"lms"}))}), std::nullopt);
    EXPECT_EQ(why({kit::rule("only", kit::none(kit::is("service", {"lms"})))}), std::nullopt);
}

TEST(Reach, KnowsWhatAnEarlierRuleSet) {
    const auto is_lms = kit::rule("service", kit::is("service", {"lms"}));
    EXPECT_EQ(why({setter(lms(), "lms"), is_lms, kit::rule("same alerts", lms())}), Why::Wider);
    EXPECT_EQ(why({setter(lms(), "lms"), setter(kit::is("tags", {"x"}), "cms"), is_lms, kit::rule("", lms())}), std::nullopt)
        << "the second setter may have changed it";
    EXPECT_EQ(why({during(setter(lms(), "lms"), "mon", "Etc/UTC"), is_lms, kit::rule("", lms())}), std::nullopt);
}

TEST(Reach, DoesNotCompareAServiceBeforeAndAfterItIsSet) {
    const auto is_lms = kit::rule("service", kit::is("service", {"lms"}));
    EXPECT_EQ(why({setter(kit::is("tags", {"a"}), "lms"), is_lms, setter(kit::is("tags", {"b"}), "lms"), is_lms}), std::nullopt);
}

TEST(Reach, OfARuleWhoseConditionsContradictEachOtherIsNone) {
    EXPECT_EQ(why({kit::rule("", kit::all({lms(), kit::none(lms())}))}), Why::Contradiction);
    EXPECT_EQ(why({kit::rule("", kit::all({kit::absent("labels"), lms()}))}), Why::Contradiction);
}

/// Small enough that random rules meet random alerts, wide enough that every operator has something to say.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : rng_(seed) {}

    std::vector<RuleSpec> rules() {
        std::vector<RuleSpec> all;
        for (auto count = 2 + below(9); count > 0; --count) all.push_back(rule(std::to_string(all.size())));
        return all;
    }

    Fields alert() {
        Fields fields;
        for (const auto* path : {"title", "source"}) {
            if (below(4) > 0) fields.add(path, value());
        }
        for (const auto* path : {"tags", "labels.x", "payload.n", "payload.n.m"}) {
            for (auto count = below(3); count > 0; --count) fields.add(path, value());
        }
        return fields;
    }

    TimePoint instant() { return calendar_kit::utc("2026-02-02T00:00:00Z") + std::chrono::minutes{below(kMinutesOfWeek)}; }

private:
    std::uint64_t below(std::uint64_t bound) { return rng_.below(bound); }
    template <std::size_t N>
    std::string one_of(const std::array<const char*, N>& all) {
        return all[below(N)];
    }

    std::string value() {
        constexpr std::array kValues{"a", "A", "ab", "b", "aba", "ba", "1", "2", "5", "9", "10.0.0.1", "10.1.0.1", "é", ""};
        return one_of(kValues);
    }

    std::string path() {
        constexpr std::array kPaths{"title",       "source",  "tags",     "labels.x", "payload.n",
                                    "payload.n.m", "service", "severity", "labels"};
        return one_of(kPaths);
    }

    Expression condition() {
        constexpr std::array kTexts{Operator::OneOf,    Operator::Has,  Operator::Prefix, Operator::Suffix,
                                    Operator::Contains, Operator::Glob, Operator::Regex};
        constexpr std::array kNumbers{Operator::Above, Operator::AtLeast, Operator::Below, Operator::AtMost, Operator::Between};
        constexpr std::array kGlobs{"*", "a*", "?", "?*", "*b", "a?", "*a*b*", "??*", "b"};
        constexpr std::array kRegexes{"a", "^a", "b$", "^ab$", "a.*", ".*", "(?i)a", "[ab]", "a|b", "^", "\\.0\\."};
        constexpr std::array kCidrs{"10.0.0.0/8", "10.0.0.0/16", "10.0.0.1", "::/0", "::ffff:0:0/96", "0.0.0.0/0"};
        const auto kind = below(10);
        const auto where = path();
        if (kind == 0) return kit::present(where);
        if (kind == 1) return kit::absent(where);
        if (kind == 2) return kit::text(where, Operator::Cidr, {one_of(kCidrs)});
        if (kind == 3) {
            const auto low = static_cast<double>(below(6));
            return kit::number(where, kNumbers[below(kNumbers.size())], low, low + static_cast<double>(below(4)));
        }
        const auto op = kTexts[below(kTexts.size())];
        std::vector<std::string> operands;
        for (auto count = 1 + below(2); count > 0; --count) {
            operands.push_back(op == Operator::Glob ? one_of(kGlobs) : op == Operator::Regex ? one_of(kRegexes) : word(where));
        }
        return below(4) == 0 ? kit::folded_text(where, op, operands) : kit::text(where, op, operands);
    }

    std::string word(const std::string& where) {
        constexpr std::array kServices{"a", "ab", "b"};
        constexpr std::array kSeverities{"high", "low", "info"};
        constexpr std::array kWords{"a", "ab", "b", "A", "1", "5", "10.0.0.1", "é", "ba"};
        if (where == "service") return one_of(kServices);
        return where == "severity" ? one_of(kSeverities) : one_of(kWords);
    }

    Expression expression(std::uint64_t depth) {
        const auto kind = depth == 0 ? 0 : below(6);
        if (kind < 2) return condition();
        if (kind == 2) return kit::none(expression(depth - 1));
        std::vector<Expression> children;
        for (auto count = below(4); count > 0; --count) children.push_back(expression(depth - 1));
        return kind < 5 ? kit::all(std::move(children)) : kit::any(std::move(children));
    }

    RuleSpec rule(std::string name) {
        constexpr std::array kWindows{"mon-fri", "mon", "08:00-18:00", "mon-fri 09:00-17:00", "sat 20:00-mon 08:00"};
        constexpr std::array kServices{"a", "ab", "b"};
        auto made = kit::rule(std::move(name), expression(2));
        if (below(5) == 0) made.during = match::During{calendar_kit::window(one_of(kWindows)), calendar_kit::zone("Etc/UTC")};
        made.goes_on = below(3) == 0;
        if (below(2) == 0) made.service = one_of(kServices);
        if (below(3) == 0) made.severity = below(2) == 0 ? Severity::High : Severity::Low;
        return made;
    }

    Rng rng_;
};

TEST(Reach, IsNeverDeniedToARuleThatSomeAlertReaches) {
    constexpr int kRuleSets = 3'000;
    constexpr int kAlerts = 40;
    std::size_t denied = 0;
    std::size_t not_reached = 0;
    const Roster roster;
    for (int i = 0; i < kRuleSets; ++i) {
        Draw draw(static_cast<std::uint64_t>(i));
        const auto rules = draw.rules();
        const auto verdicts = judged(rules);
        const match::RuleSet rule_set{std::vector<RuleSpec>(rules)};
        std::vector<char> was_reached(rules.size(), 0);
        for (int n = 0; n < kAlerts; ++n) {
            Trail trail;
            const auto fields = draw.alert();
            (void)rule_set.classify(fields, roster, draw.instant(), &trail);
            for (std::size_t at = 0; at < trail.size(); ++at) {
                was_reached[at] |= static_cast<char>(trail[at].is_match);
                ASSERT_FALSE(trail[at].is_match && verdicts[at]) << "rule " << at << " of seed " << i;
            }
        }
        for (std::size_t at = 0; at < rules.size(); ++at) {
            denied += static_cast<std::size_t>(verdicts[at].has_value());
            not_reached += static_cast<std::size_t>(was_reached[at] == 0);
        }
    }
    RecordProperty("rules_not_reached", static_cast<int>(not_reached));
    RecordProperty("of_which_proved", static_cast<int>(denied));
    EXPECT_GT(denied, not_reached / 3) << "of " << not_reached << " rules that were not reached too few were proved to be so";
}

}  // namespace
}  // namespace tocsin::check::reach_test
