// Typed reads: what they take, what they refuse, and where the message points.
#include "rules/yaml/cursor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tocsin::yaml::cursor_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// A file with what was reported about it.
struct Read {
    explicit Read(const std::string& text) : document(Document::parse("a.yaml", text, diagnostics)) {}
    [[nodiscard]] Cursor root() const { return document.root(); }
    /// The value of the only key, `k`.
    [[nodiscard]] Cursor k() const { return root().record({"k"})["k"]; }

    Diagnostics diagnostics;
    Document document;
};

TEST(Cursor, ReadsAKeyThatIsAbsentAsNothingSilently) {
    const Read read("a: 1\n");
    EXPECT_EQ(read.root().record({"a", "b"})["b"].text(), std::nullopt);
    EXPECT_EQ(read.root().record({"a", "b"})["b"].list().size(), 0U);
    EXPECT_EQ(read.diagnostics.render(), "");
}

TEST(Cursor, ReportsAKeyThatIsRequired) {
    const Read read("top:\n  other: 1\n");
    EXPECT_EQ(read.root().record({"top"})["top"].record({"other", "name"}).required("name").text(), std::nullopt);
    EXPECT_EQ(read.diagnostics.render(), "a.yaml:1:1: error: \"top\" needs the key \"name\"\n    1 | top:\n      | ^^^\n");
}

TEST(Cursor, ReportsAnUnknownKeyWithTheNearest) {
    const Read read("sumary: x\n");
    (void)read.root().record({"summary", "severity"});  // Only its report is looked at.
    EXPECT_EQ(read.diagnostics.render(),
              "a.yaml:1:1: error: there is no key \"sumary\" here\n    1 | sumary: x\n      | ^^^^^^\n"
              "      = did you mean \"summary\"?\n");
}

TEST(Cursor, ListsTheKeysWhereNoneIsNear) {
    const Read read("colour: x\n");
    (void)read.root().record({"summary", "severity"});  // Only its report is looked at.
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("= the keys are summary, severity\n"));
}

TEST(Cursor, ReportsEveryUnknownKey) {
    const Read read("x1: 1\nx2: 2\nx3: 3\n");
    (void)read.root().record({"known"});  // Only its reports are looked at.
    EXPECT_EQ(read.diagnostics.errors(), 3U);
}

TEST(Cursor, PointsAtTheKeyOfAnEmptyValue) {
    const Read read("k:\n\n# a comment\nother: 1\n");
    EXPECT_EQ(read.root().record({"k", "other"})["k"].text(), std::nullopt);
    EXPECT_EQ(read.diagnostics.render(),
              "a.yaml:1:1: error: \"k\" is empty; give it a value or remove it\n    1 | k:\n      | ^\n");
}

TEST(Cursor, PointsAtAnEmptyValueThatIsWrittenOut) {
    const Read read("k: [a, null, ~]\n");
    const auto items = read.k().list();
    EXPECT_EQ(items.at(1).place().column, 8);
    EXPECT_EQ(items.at(1).place().length, 4);
    EXPECT_EQ(items.at(2).place().column, 14);
}

TEST(Cursor, PointsAtTheListOfAnEmptyItem) {
    const Read read("k:\n  -\n  - a\n");
    EXPECT_EQ(to_string(read.k().list().at(0).place()), "a.yaml:1:1");
}

TEST(Cursor, PointsAtTheAliasNotAtTheAnchor) {
    const Read read("a: &x soon\nk: *x\n");
    EXPECT_EQ(read.root().record({"a", "k"})["k"].duration(), std::nullopt);
    EXPECT_EQ(read.diagnostics.render(),
              "a.yaml:2:4: error: \"k\" must be a duration such as 90s, 5m, 1h30m or 2d, but is \"soon\"\n"
              "    2 | k: *x\n      |    ^^\n");
}

TEST(Cursor, ReadsThroughAnAlias) {
    const Read read("a: &x {one: [1, 2]}\nk: *x\n");
    const auto top = read.root().record({"a", "k"});
    const auto items = top["k"].record({"one"})["one"].list();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[1].integer(), 2);
}

TEST(Cursor, UnderlinesTheWholeOfAScalar) {
    const Read read("plain: a b c  # comment\ndouble: \"a \\\"b\"\nsingle: 'it''s'\nanchored: &x word\nblock: |\n  text\n");
    const auto top = read.root().record({"plain", "double", "single", "anchored", "block"});
    EXPECT_EQ(top["plain"].place().length, 5);
    EXPECT_EQ(top["double"].place().length, 7);
    EXPECT_EQ(top["single"].place().length, 7);
    EXPECT_EQ(top["anchored"].place().length, 7);
    EXPECT_EQ(top["block"].place().length, 1);
}

TEST(Cursor, PointsIntoAScalarByBytesOfItsText) {
    const Read read("k: \"Zoë ${x\"\n");
    const auto place = read.k().place_of(5, 2);
    EXPECT_EQ(place.column, 9);
    EXPECT_EQ(place.length, 2);
}

TEST(Cursor, PointsAtTheWholeScalarWhereItsTextIsEscaped) {
    const Read read("k: \"a\\tb\"\n");
    EXPECT_EQ(read.k().place_of(2, 1).column, 4);
    EXPECT_EQ(read.k().place_of(2, 1).length, 6);
}

TEST(Cursor, PointsAtTheKeyOfABlockAndAtTheBracketOfAFlow) {
    const Read read("a:\n  x: 1\nb: {x: 1}\nc:\n- 1\n");
    const auto top = read.root().record({"a", "b", "c"});
    EXPECT_EQ(to_string(top["a"].place()), "a.yaml:1:1");
    EXPECT_EQ(to_string(top["b"].place()), "a.yaml:3:4");
    EXPECT_EQ(to_string(top["c"].place()), "a.yaml:4:1");
}

TEST(Cursor, CountsColumnsInCodePoints) {
    const Read read("{ä: 1, k: 2}\n");
    EXPECT_EQ(read.root().record({"ä", "k"})["k"].place().column, 11);
}

TEST(Cursor, SaysWhatItFoundInPlaceOfText) {
    const Read read("k: [a]\n");
    EXPECT_EQ(read.k().text(), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("error: \"k\" must be text, but is a list\n"));
}

TEST(Cursor, NamesAnItemByItsList) {
    const Read read("people: [{}]\n");
    EXPECT_EQ(read.root().record({"people"})["people"].list().at(0).text(), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("error: an item of \"people\" must be text, but is a map\n"));
}

TEST(Cursor, TakesScalarsAsTheyAreWritten) {
    const Read read("[on, 0123, 1.50, \"2\", 2026-01-04 20:00, -]\n");
    std::vector<std::string> texts;
    for (const auto& item : read.root().list()) texts.push_back(item.text().value_or("?"));
    EXPECT_THAT(texts, ElementsAre("on", "0123", "1.50", "2", "2026-01-04 20:00", "-"));
}

TEST(Cursor, RefusesBlankTextButForTextOrBlank) {
    const Read read("k: \"\"\n");
    EXPECT_EQ(read.k().text_or_blank(), "");
    EXPECT_EQ(read.diagnostics.errors(), 0U);
    EXPECT_EQ(read.k().text(), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("error: \"k\" must not be blank\n"));
}

TEST(Cursor, ReadsTrueAndFalseOnly) {
    const Read read("[true, false, yes]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).boolean(), true);
    EXPECT_EQ(items.at(1).boolean(), false);
    EXPECT_EQ(items.at(2).boolean(), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("must be true or false, but is \"yes\""));
}

TEST(Cursor, ReadsIntegersWithinTheirRange) {
    const Read read("[+7, -3, 11, 1.5, 1x, 99999999999999999999]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).integer(), 7);
    EXPECT_EQ(items.at(1).integer(), -3);
    EXPECT_EQ(items.at(2).integer({.min = 0, .max = 10}), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("must be a whole number from 0 to 10, but is \"11\""));
    for (std::size_t i = 3; i < 6; ++i) EXPECT_EQ(items.at(i).integer(), std::nullopt) << i;
}

TEST(Cursor, ReadsFiniteNumbers) {
    const Read read("[1.5, -2e3, 7, .inf, nan, inf, 1e999, 0x10]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).number(), 1.5);
    EXPECT_EQ(items.at(1).number(), -2000);
    EXPECT_EQ(items.at(2).number(), 7);
    for (std::size_t i = 3; i < 8; ++i) EXPECT_EQ(items.at(i).number(), std::nullopt) << i;
}

TEST(Cursor, ReadsDurations) {
    const Read read("[1h30m, 0, 5 minutes, -5m]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).duration(), Duration{90min});
    EXPECT_EQ(items.at(1).duration(), Duration{0});
    EXPECT_EQ(items.at(1).positive_duration(), std::nullopt);
    EXPECT_EQ(items.at(2).duration(), std::nullopt);
    EXPECT_EQ(items.at(3).duration(), std::nullopt);
    EXPECT_EQ(read.diagnostics.errors(), 3U);
}

TEST(Cursor, ReadsTimesOfDay) {
    const Read read("[20:05, 24:00, 9:00, 20:5, \"+1:00\"]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).time_of_day(), 1205min);
    for (std::size_t i = 1; i < 5; ++i) EXPECT_EQ(items.at(i).time_of_day(), std::nullopt) << i;
}

TEST(Cursor, ReadsCivilTimes) {
    const Read read("[2026-01-04 20:00, 2026-02-30 20:00]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).civil_time(), parse_civil("2026-01-04 20:00"));
    EXPECT_EQ(items.at(1).civil_time(), std::nullopt);
}

TEST(Cursor, ReadsZonesAndSuggestsTheNearest) {
    const Read read("[America/New_York, America/New_Yrok]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).zone()->name(), "America/New_York");
    EXPECT_EQ(items.at(1).zone(), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("did you mean \"America/New_York\"?"));
}

TEST(Cursor, ReadsAChoiceAndSuggestsTheNearest) {
    constexpr std::array<std::string_view, 2> kNames{"critical", "high"};
    const Read read("[high, critcal]\n");
    const auto items = read.root().list();
    EXPECT_EQ(items.at(0).choice(kNames), 1U);
    EXPECT_EQ(items.at(1).choice(kNames), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("must be one of critical, high, but is \"critcal\""));
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("= did you mean \"critical\"?\n"));
}

TEST(Cursor, ReadsAsTheGivenParserUnderstands) {
    const Read read("[even, odd]\n");
    const auto parse = [](std::string_view text) -> std::optional<int> {
        if (text == "even") return 2;
        return {};
    };
    EXPECT_EQ(read.root().list().at(0).read("even", parse), 2);
    EXPECT_EQ(read.root().list().at(1).read("even", parse), std::nullopt);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("must be even, but is \"odd\""));
}

TEST(Cursor, TakesOneValueAsAListOfOne) {
    const Read read("k: alone\n");
    EXPECT_EQ(read.k().one_or_more().size(), 1U);
    EXPECT_EQ(read.k().list().size(), 0U);
    EXPECT_THAT(read.diagnostics.render(), HasSubstr("\"k\" must be a list, but is \"alone\""));
}

TEST(Cursor, GivesTheEntriesOfAMapInOrder) {
    const Read read("zebra: 1\n\"a.b\": 2\n");
    const auto entries = read.root().entries();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].name, "zebra");
    EXPECT_EQ(entries[1].name, "a.b");
    EXPECT_EQ(to_string(entries[1].key.place()), "a.yaml:2:1");
}

TEST(Cursor, SaysThatAKeyBelongsToALaterVersion) {
    const Read read("silences: []\n");
    (void)read.root().record({"rules"}, {"silences"});  // Only its report is looked at.
    EXPECT_EQ(read.diagnostics.render(),
              "a.yaml:1:1: error: \"silences\" is not supported by this version\n    1 | silences: []\n      | ^^^^^^^^\n");
}

TEST(Cursor, WritesJson) {
    const Read read("{n: 1.50, m: -2e+3, z: 007, s: \"1\", t: true, f: yes, e: ~, l: [a\\b, \"\\n\"], o: {}, i: []}\n");
    EXPECT_EQ(read.root().json(),
              R"({"n":1.50,"m":-2e+3,"z":"007","s":"1","t":true,"f":"yes","e":null,"l":["a\\b","\u000a"],"o":{},"i":[]})");
}

TEST(Cursor, CutsLongValuesInMessages) {
    const Read read("k: " + std::string(500, 'x') + "\n");
    EXPECT_EQ(read.k().boolean(), std::nullopt);
    EXPECT_THAT(read.diagnostics.all().front().message, HasSubstr("\"" + std::string(59, 'x') + "…\""));
}

TEST(Cursor, ReportsWhatAnAliasSharesOnce) {
    const Read read("a: &x {bad: 1}\nb: *x\nc: *x\n");
    for (const auto& entry : read.root().entries()) (void)entry.value.record({"good"});  // Only the reports are looked at.
    EXPECT_EQ(read.diagnostics.errors(), 1U);
}

}  // namespace
}  // namespace tocsin::yaml::cursor_test
