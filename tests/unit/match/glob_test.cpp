// Globs, against a recursive matcher too plain to be wrong.
#include "rules/match/glob.hpp"

#include <gtest/gtest.h>

#include "core/base/rng.hpp"

namespace tocsin::match::glob_test {
namespace {

bool matches(std::string_view pattern, std::string_view value) { return Glob(pattern, Letters::AsWritten).matches(value); }

/// The definition, for ASCII: exponential, and short enough to be believed.
bool naive(std::string_view pattern, std::string_view value) {
    if (pattern.empty()) return value.empty();
    if (pattern[0] == '*') return naive(pattern.substr(1), value) || (!value.empty() && naive(pattern, value.substr(1)));
    if (value.empty()) return false;
    return (pattern[0] == '?' || pattern[0] == value[0]) && naive(pattern.substr(1), value.substr(1));
}

std::string random_text(Rng& rng, std::string_view letters, std::size_t most) {
    std::string text;
    for (auto left = rng.below(most + 1); left > 0; --left) text += letters[rng.below(letters.size())];
    return text;
}

TEST(Glob, StandsForTheWholeValue) {
    EXPECT_TRUE(matches("LMS 5xx*", "LMS 5xx rate"));
    EXPECT_FALSE(matches("LMS 5xx*", "the LMS 5xx rate"));
    EXPECT_TRUE(matches("*5xx*", "the LMS 5xx rate"));
    EXPECT_FALSE(matches("LMS", "LMS 5xx"));
    EXPECT_TRUE(matches("", ""));
    EXPECT_FALSE(matches("", "x"));
    EXPECT_TRUE(matches("*", ""));
}

TEST(Glob, QuestionMarkIsOneCodePoint) {
    EXPECT_TRUE(matches("caf?", "café"));
    EXPECT_FALSE(matches("caf??", "café"));
    EXPECT_TRUE(matches("*?é", "aé"));
    EXPECT_TRUE(matches("é*?b", "éüb"));
    EXPECT_FALSE(matches("é*?b", "éb"));
    EXPECT_FALSE(matches("*??b", "éb"));
    EXPECT_TRUE(matches("?*?", "😀é"));
    EXPECT_FALSE(matches("?*?", "😀"));
}

TEST(Glob, StarsSideBySideAreOne) {
    EXPECT_TRUE(matches("**a***b**", "xxaxxbxx"));
    EXPECT_FALSE(matches("**a***b**", "xxbxxaxx"));
}

TEST(Glob, PiecesDoNotOverlap) {
    EXPECT_FALSE(matches("ab*ba", "aba"));
    EXPECT_TRUE(matches("ab*ba", "abba"));
}

TEST(Glob, ABackslashIsItself) { EXPECT_TRUE(matches("C:\\*", "C:\\logs")); }

TEST(Glob, IgnoresTheCaseOfAsciiLettersIfAsked) {
    const Glob glob("LMS*É?", Letters::Folded);
    EXPECT_TRUE(glob.matches("lms xÉz"));
    EXPECT_FALSE(glob.matches("lms xéz"));
}

TEST(Glob, IsQuickWhereBacktrackingWouldNotEnd) {
    std::string pattern;
    for (int i = 0; i < 50; ++i) pattern += "*a";
    EXPECT_FALSE(matches(pattern + "*c", std::string(20'000, 'a') + "b"));
}

TEST(Glob, AgreesWithTheDefinitionOnRandomTexts) {
    Rng rng(20260308);
    int matched = 0;
    for (int i = 0; i < 50'000; ++i) {
        const auto pattern = random_text(rng, "ab*?", 7);
        const auto value = random_text(rng, "ab", 8);
        const bool expected = naive(pattern, value);
        ASSERT_EQ(matches(pattern, value), expected) << "pattern " << pattern << ", value " << value;
        matched += expected ? 1 : 0;
    }
    EXPECT_GT(matched, 2'000) << "the texts must exercise both answers";
}

}  // namespace
}  // namespace tocsin::match::glob_test
