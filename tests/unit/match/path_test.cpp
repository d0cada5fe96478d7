// Field paths and regexes as authors write them.
#include <gtest/gtest.h>

#include "rules/match/rule_set.hpp"

namespace tocsin::match::path_test {
namespace {

std::string canonical(std::string_view written) {
    const auto path = parse_field_path(written);
    return path ? *path : "error: " + path.error().message();
}

TEST(FieldPath, OfPlainKeysStaysAsItIs) {
    EXPECT_EQ(canonical("source"), "source");
    EXPECT_EQ(canonical("payload.result.count"), "payload.result.count");
    EXPECT_EQ(canonical("labels.k8s/app"), "labels.k8s/app");
}

TEST(FieldPath, KeepsQuotesOnlyWhereTheyAreNeeded) {
    EXPECT_EQ(canonical("payload.\"a.b\".c"), "payload.\"a.b\".c");
    EXPECT_EQ(canonical("payload.\"plain\""), "payload.plain");
    EXPECT_EQ(canonical("payload.my key"), "payload.\"my key\"");
    EXPECT_EQ(canonical("payload.\"\""), "payload.\"\"");
}

TEST(FieldPath, ReadsEscapesInQuotes) {
    EXPECT_EQ(canonical(R"(payload."say \"hi\" \\ there")"), R"(payload."say \"hi\" \\ there")");
}

TEST(FieldPath, SpellsWhatFieldsSpell) {
    std::string spelled = "payload";
    append_key(spelled, "odd \"key\".\\");
    EXPECT_EQ(canonical(R"(payload."odd \"key\".\\")"), spelled);
}

TEST(FieldPath, RefusesWhatNamesNoField) {
    EXPECT_EQ(canonical(""), "error: \"\" is no field path: a key is empty (write \"\" in quotes if it is meant)");
    EXPECT_TRUE(canonical("payload..count").starts_with("error:"));
    EXPECT_TRUE(canonical("payload.").starts_with("error:"));
    EXPECT_TRUE(canonical(".payload").starts_with("error:"));
    EXPECT_TRUE(canonical("payload.\"a").starts_with("error:"));
    EXPECT_TRUE(canonical("payload.\"a\"b").starts_with("error:"));
    EXPECT_TRUE(canonical("payload.a\"b").starts_with("error:"));
    EXPECT_TRUE(canonical("payload. a").starts_with("error:"));
}

TEST(FieldPath, SaysHowElementsOfAListAreNamed) {
    EXPECT_EQ(
        canonical("payload.items[0].name"),
        "error: \"payload.items[0].name\" is no field path: elements of a list stand under the list's own path: write items "
        "(quote the key if it really is called items[0])");
    EXPECT_EQ(canonical("payload.\"items[0]\""), "payload.\"items[0]\"");
}

TEST(RegexCheck, TakesWhatRe2Takes) {
    EXPECT_TRUE(check_regex("(?i)payment (failed|declined)", false).has_value());
    EXPECT_TRUE(check_regex("^[a-z]{1,100}$", true).has_value());
}

TEST(RegexCheck, SaysWhatIsWrongAndWhere) {
    const auto bad = check_regex("payment (failed", false);
    ASSERT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error().message(), "no valid regular expression (RE2): missing ): payment (failed (from byte 1)");
    const auto ahead = check_regex("a(?!b)", false);
    ASSERT_FALSE(ahead.has_value());
    EXPECT_EQ(ahead.error().message(), "no valid regular expression (RE2): invalid perl operator: (?! (from byte 2)");
}

TEST(RegexCheck, RefusesWhatNeedsTooMuchMemory) {
    const auto huge = check_regex("((\\pL{10}){10}){10}", false);
    ASSERT_FALSE(huge.has_value());
    EXPECT_EQ(huge.error().code(), Errc::TooLarge) << huge.error().message();
}

}  // namespace
}  // namespace tocsin::match::path_test
