// Matchers as alternatives of conditions, and the conditions that cover them.
#include "rules/match/clause.hpp"

#include <gtest/gtest.h>

#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::clause_test {
namespace {

Expression a() { return kit::is("a", {"1"}); }
Expression b() { return kit::is("b", {"1"}); }
Expression c() { return kit::is("c", {"1"}); }

/// "a b | !c": alternatives of the paths that must hold or, with "!", must not.
std::string written(const Expression& expression, std::size_t most = 8) {
    const auto conjunctions = conjunctions_of(expression, most);
    if (!conjunctions) return "too many";
    std::string text;
    for (const auto& conjunction : *conjunctions) {
        if (!text.empty()) text += " | ";
        std::string literals;
        for (const auto& literal : conjunction) {
            if (!literals.empty()) literals += ' ';
            literals += (literal.sign == Sign::Fails ? "!" : "") + literal.condition->path;
        }
        text += literals.empty() ? "true" : literals;
    }
    return text.empty() ? "false" : text;
}

TEST(Conjunctions, OfAllAreOneAndOfAnyAreMany) {
    EXPECT_EQ(written(kit::all({a(), b(), c()})), "a b c");
    EXPECT_EQ(written(kit::any({a(), kit::all({b(), c()})})), "a | b c");
    EXPECT_EQ(written(kit::all({kit::any({a(), b()}), kit::any({b(), c()})})), "a b | a c | b b | b c");
}

TEST(Conjunctions, TakeNotToTheConditions) {
    EXPECT_EQ(written(kit::none(kit::any({a(), b()}))), "!a !b");
    EXPECT_EQ(written(kit::none(kit::all({a(), kit::none(b())}))), "!a | b");
}

TEST(Conjunctions, OfNothingAreTrueForAllAndFalseForAny) {
    EXPECT_EQ(written(kit::all({})), "true");
    EXPECT_EQ(written(kit::any({})), "false");
    EXPECT_EQ(written(kit::none(kit::all({}))), "false");
    EXPECT_EQ(written(kit::all({a(), kit::any({})})), "false");
}

TEST(Conjunctions, AreNotMadeBeyondTheLimit) {
    const auto three = kit::any({a(), b(), c()});
    EXPECT_EQ(written(three, 3), "a | b | c");
    EXPECT_EQ(written(three, 2), "too many");
    EXPECT_EQ(written(kit::all({three, three})), "too many");
}

TEST(Cover, IsTheLeastLikelyChildOfAllAndEveryChildOfAny) {
    const auto probability = [](const SignedCondition& literal) {
        if (literal.sign == Sign::Fails) return 2.0;
        return literal.condition->path == "a" ? 0.1 : literal.condition->path == "b" ? 0.2 : 0.5;
    };
    const auto cover = [&](const Expression& expression) { return cover_of(expression, Sign::Holds, probability); };
    EXPECT_EQ(cover(kit::all({c(), kit::any({a(), b()})})).literals.size(), 2U);
    EXPECT_DOUBLE_EQ(cover(kit::all({c(), kit::any({a(), b()})})).probability, 0.1 + 0.2);
    EXPECT_EQ(cover(kit::all({kit::none(a()), b()})).literals.front().condition->path, "b");
    EXPECT_TRUE(cover(kit::any({a(), kit::none(b())})).literals.empty()) << "a negation cannot be found";
}

}  // namespace
}  // namespace tocsin::match::clause_test
