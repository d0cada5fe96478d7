// Text: UTF-8, cutting, what is safe to print, the nearest name.
#include "core/base/text.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/base/rng.hpp"

namespace tocsin::text_test {
namespace {

constexpr std::string_view kBad = "\xEF\xBF\xBD";

TEST(Trimmed, TakesSpaceOffBothEndsOnly) {
    EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
    EXPECT_EQ(trimmed(" \n "), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(LowerAscii, LeavesOtherBytesAlone) { EXPECT_EQ(lower_ascii("ABC xyz ÄÖ 123"), "abc xyz ÄÖ 123"); }

TEST(EqualIgnoringCase, IsForAsciiLettersAndNothingElse) {
    EXPECT_TRUE(equal_ignoring_case("Content-Type", "content-TYPE"));
    EXPECT_FALSE(equal_ignoring_case("abc", "abcd"));
    EXPECT_FALSE(equal_ignoring_case("@", "`"));
    EXPECT_FALSE(equal_ignoring_case("Ä", "ä"));
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(CodePoints, CountsCharactersAndNotBytes) {
    EXPECT_EQ(code_points("aé€😀"), 4U);
    EXPECT_EQ(code_points(""), 0U);
}

TEST(Truncated, LeavesWhatFits) {
    EXPECT_EQ(truncated("aé€😀", 4), "aé€😀");
    EXPECT_EQ(truncated("", 0), "");
}

TEST(Truncated, CutsBetweenCharactersAndCountsTheEllipsis) {
    EXPECT_EQ(truncated("aé€😀b", 4), "aé€…");
    EXPECT_EQ(truncated("abc", 1), "…");
    EXPECT_EQ(truncated("abc", 0), "");
}

TEST(Truncated, StaysInBoundsOnBytesThatAreNoUtf8) {
    const std::string bad = "\xF0\x9F\xF0\x9F\xC3 abc \xE2\x82 def";
    for (std::size_t limit = 0; limit < 20; ++limit) EXPECT_LE(code_points(truncated(bad, limit)), limit) << limit;
}

TEST(ValidUtf8, KeepsWhatIsValid) {
    const std::string text = "aé€😀\x7F\n";
    EXPECT_EQ(valid_utf8(text), text);
}

TEST(ValidUtf8, ReplacesEveryByteThatIsNot) {
    EXPECT_EQ(valid_utf8("a\xFFz"), "a" + std::string(kBad) + "z");
    EXPECT_EQ(valid_utf8("\xC3"), kBad);
    EXPECT_EQ(valid_utf8("\xC0\xAF"), std::string(kBad) + std::string(kBad));  // An overlong slash.
    EXPECT_EQ(code_points(valid_utf8("\xED\xA0\x80")), 3U);                    // A surrogate.
    EXPECT_EQ(code_points(valid_utf8("\xF4\x90\x80\x80")), 4U);                // Above U+10FFFF.
    EXPECT_EQ(code_points(valid_utf8("\xE0\x80\x80")), 3U);
}

TEST(ValidUtf8, OfRandomBytesIsItselfValid) {
    Rng rng(3);
    for (int i = 0; i < 2'000; ++i) {
        std::string bytes;
        for (auto n = rng.below(24); n > 0; --n)
            bytes += static_cast<char>(rng.one_in(3) ? rng.below(128) : 128 + rng.below(128));
        const auto once = valid_utf8(bytes);
        ASSERT_EQ(valid_utf8(once), once);
    }
}

TEST(Printable, KeepsNewlineAndTabAndNoOtherControl) {
    EXPECT_EQ(printable("a\n\tb"), "a\n\tb");
    EXPECT_EQ(printable("\x1B[31m"), std::string(kBad) + "[31m");
    EXPECT_EQ(printable("a\rb"), "a" + std::string(kBad) + "b");
    EXPECT_EQ(printable(std::string_view("\0", 1)), kBad);
    EXPECT_EQ(printable("\xC2\x9B"), kBad);  // The one-character CSI.
}

TEST(Printable, TakesOutBidirectionalOverrides) {
    EXPECT_EQ(printable("\u202Eabc"), std::string(kBad) + "abc");
    EXPECT_EQ(printable("\u2066abc\u2069"), std::string(kBad) + "abc" + std::string(kBad));
    EXPECT_EQ(printable("שלום"), "שלום");
}

const std::array<std::string, 3> kNames{"learner", "learner-primary", "lms"};

TEST(Nearest, FindsWhatATypingMistakeMeant) {
    EXPECT_EQ(nearest("lerner", kNames), "learner");
    EXPECT_EQ(nearest("Learner", kNames), "learner");
    EXPECT_EQ(nearest("learner-primry", kNames), "learner-primary");
    EXPECT_EQ(nearest("lm", kNames), "lms");
}

TEST(Nearest, FindsNothingFarAway) {
    EXPECT_FALSE(nearest("courseware", kNames).has_value());
    EXPECT_FALSE(nearest("", kNames).has_value());
    EXPECT_FALSE(nearest("lms", {}).has_value());
}

TEST(EqualInConstantTime, ComparesAllBytes) {
    EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_FALSE(equal_in_constant_time("secret", "Secret"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secrets"));
    EXPECT_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

}  // namespace
}  // namespace tocsin::text_test
