// The texts by which patterns are found.
#include "rules/match/anchors.hpp"

#include <gtest/gtest.h>

#include "rules/match/regex_literals.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::anchors_test {
namespace {

/// "^lms & web1 & prod$" for one operand: alternatives of a choice stand with commas.
std::string anchors(Operator op, std::string operand) {
    const auto all = anchors_of(kit::text("title", op, {std::move(operand)}).condition);
    std::string text;
    for (const auto& choice : all.at(0)) {
        if (!text.empty()) text += " & ";
        std::string alternatives;
        for (const auto& anchor : choice) {
            if (!alternatives.empty()) alternatives += ',';
            if (anchor.where == Anchor::Where::Begin) alternatives += '^';
            alternatives += anchor.text;
            if (anchor.where == Anchor::Where::End) alternatives += '$';
        }
        text += alternatives;
    }
    return text;
}

TEST(Anchors, OfTextOperatorsAreTheirOperandsInLowerCase) {
    EXPECT_EQ(anchors(Operator::Prefix, "LMS"), "^lms");
    EXPECT_EQ(anchors(Operator::Suffix, ".org"), ".org$");
    EXPECT_EQ(anchors(Operator::Contains, "Fail"), "fail");
    EXPECT_EQ(anchors(Operator::Contains, ""), "");
}

TEST(Anchors, OfAGlobAreTheTextsBetweenItsWildcards) {
    EXPECT_EQ(anchors(Operator::Glob, "LMS*web?x*.org"), "^lms & web & x & .org$");
    EXPECT_EQ(anchors(Operator::Glob, "*"), "");
    EXPECT_EQ(anchors(Operator::Glob, "plain"), "^plain");
}

TEST(Anchors, OfARegexAreTheTextsThatItCannotDoWithout) {
    EXPECT_EQ(anchors(Operator::Regex, "^disk full on web[0-9]+"), "disk full on web");
    EXPECT_EQ(anchors(Operator::Regex, "payments?: (failed|declined)"), "payment");
    EXPECT_EQ(anchors(Operator::Regex, "(failed|declined)$"), "declined,failed");
    EXPECT_EQ(anchors(Operator::Regex, "failed|.*"), "");
    EXPECT_EQ(anchors(Operator::Regex, "[a-z]+"), "");
}

TEST(Anchors, OfARegexAreAsciiOnly) { EXPECT_EQ(anchors(Operator::Regex, "(?i)\xC3\x84rger mit disk"), "rger mit disk"); }

}  // namespace
}  // namespace tocsin::match::anchors_test
