// Reading YAML: what is refused, and where the message points.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rules/yaml/cursor.hpp"

namespace tocsin::yaml::document_test {
namespace {

/// What is reported when a text is read.
std::string reported(std::string text) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", std::move(text), diagnostics);
    EXPECT_EQ(document.root().is_absent(),
              diagnostics.errors() > 0 && diagnostics.render().find("written twice") == std::string::npos);
    return diagnostics.render();
}

TEST(Document, OfAnEmptyFileHasAnEmptyRoot) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "# nothing yet\n", diagnostics);
    EXPECT_TRUE(document.root().is_empty());
    EXPECT_EQ(diagnostics.render(), "");
}

TEST(Document, UnderlinesSomethingEvenWhereNothingCanBeSeen) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "\r", diagnostics);
    ASSERT_TRUE(document.root().is_scalar());
    EXPECT_EQ(document.root().place().length, 1);
}

TEST(Document, ReportsADuplicateKeyWithBothPlaces) {
    EXPECT_EQ(reported("one: 1\ntwo: 2\none: 3\n"),
              "a.yaml:3:1: error: the key \"one\" is written twice\n"
              "    3 | one: 3\n"
              "      | ^^^\n"
              "      = the first is at a.yaml:1:1\n");
}

TEST(Document, ReportsDuplicatesInNestedAndFlowMapsToo) {
    EXPECT_EQ(reported("a: {x: 1, \"x\": 2}\nb:\n  - y: 1\n    y: 2\n"),
              "a.yaml:1:11: error: the key \"x\" is written twice\n"
              "    1 | a: {x: 1, \"x\": 2}\n"
              "      |           ^^^\n"
              "      = the first is at a.yaml:1:5\n"
              "a.yaml:4:5: error: the key \"y\" is written twice\n"
              "    4 |     y: 2\n"
              "      |     ^\n"
              "      = the first is at a.yaml:3:5\n");
}

TEST(Document, KeepsTheFirstOfTwoDuplicates) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "k: first\nk: second\n", diagnostics);
    EXPECT_EQ(document.root().record({"k"})["k"].text(), "first");
}

TEST(Document, ReportsASyntaxErrorWithItsPlaceAndACure) {
    EXPECT_EQ(reported("name: payment: declined\n"),
              "a.yaml:1:14: error: this is not valid YAML: a second \": \" stands in this text\n"
              "    1 | name: payment: declined\n"
              "      |              ^\n"
              "      = put the text behind \"name:\" in quotes\n");
}

TEST(Document, SaysThatAGlobNeedsQuotes) {
    EXPECT_NE(reported("glob: *.example.org\n").find("= a text that begins with * must stand in quotes"), std::string::npos);
}

TEST(Document, SaysThatTabsDoNotIndent) {
    EXPECT_THAT(reported("a:\n\tb: 1\n"), testing::EndsWith("= YAML is indented with spaces, not with tabs\n"));
}

TEST(Document, SaysWhichQuoteIsNotClosed) {
    EXPECT_EQ(reported("x: 1\na: &n \"b\nc: 'd'\n"),
              "a.yaml:2:4: error: a quote is opened here and never closed\n    2 | a: &n \"b\n      |    ^\n");
    EXPECT_THAT(reported("a: 'it''s\n"), testing::HasSubstr("a.yaml:1:4: error: a quote is opened here and never closed"));
    EXPECT_THAT(reported("a: \"b"), testing::HasSubstr("not valid YAML: a quote that was opened is not closed"));
}

TEST(Document, TakesQuotesOverSeveralLines) { EXPECT_EQ(reported("a: \"b\n  c\"\nd: 'e\n  f'\n"), ""); }

TEST(Document, SaysThatALineBelongsToNothing) {
    EXPECT_THAT(reported("- a\nb: c\n"), testing::HasSubstr("a.yaml:2:1: error: this does not belong to the value above"));
}

TEST(Document, RefusesASecondDocument) { EXPECT_EQ(reported("a: 1\n---\nb: 2\n").substr(0, 13), "a.yaml:2:1: e"); }

TEST(Document, RefusesMergeKeys) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "a: &x {k: 1}\nb:\n  <<: *x\n", diagnostics);
    EXPECT_EQ(diagnostics.render(),
              "a.yaml:3:3: error: merge keys (<<) are not supported; write the keys out\n"
              "    3 |   <<: *x\n"
              "      |   ^^\n");
}

TEST(Document, RefusesTagsOfItsOwn) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "a: !secret x\n", diagnostics);
    EXPECT_EQ(diagnostics.errors(), 1U);
    EXPECT_EQ(diagnostics.all().front().message, "the tag !secret means nothing here; if it is text, put it in quotes");
}

TEST(Document, RefusesKeysThatAreNoText) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "? [a, b]\n: 1\n", diagnostics);
    EXPECT_EQ(diagnostics.errors(), 1U);
    EXPECT_EQ(diagnostics.all().front().message, "a key must be text");
}

TEST(Document, RefusesBytesThatAreNoUtf8) {
    EXPECT_THAT(reported("a: 1\nb: \xFFx\n"),
                testing::StartsWith("a.yaml:2:4: error: byte 0xFF is not text; the file must be UTF-8\n"));
}

TEST(Document, RefusesControlCharacters) {
    EXPECT_NE(reported(std::string("a: \0b\n", 6)).find("a.yaml:1:4: error: byte 0x00"), std::string::npos);
}

TEST(Document, RefusesAFileOver16MiB) {
    EXPECT_EQ(reported("a: " + std::string(kFileBytesMax, 'x')),
              "a.yaml:1:1: error: the file has 16777219 bytes; 16777216 are the most\n");
}

TEST(Document, RefusesNestingBeyondTheBound) {
    EXPECT_THAT(reported("a: " + std::string(64, '[') + std::string(64, ']')),
                testing::StartsWith("a.yaml:1:67: error: maps and lists are nested more than 64 deep\n"));
    EXPECT_EQ(reported("a: " + std::string(63, '[') + std::string(63, ']')), "");
}

TEST(Document, SurvivesNestingFarBeyondTheBound) {
    EXPECT_NE(reported(std::string(100'000, '[')), "");
    EXPECT_NE(reported(std::string(100'000, '{')), "");
    std::string nested_blocks;
    for (int i = 0; i < 2'000; ++i) nested_blocks += "- ";
    EXPECT_NE(reported(nested_blocks), "");
}

TEST(Document, RefusesAnAliasBomb) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        const auto before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 9; ++j) bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_NE(reported(bomb).find("a.yaml:5:45: error: the aliases of this file stand for more than 100000 values"),
              std::string::npos)
        << reported(bomb);
}

TEST(Document, RefusesAnAliasInsideWhatItNames) {
    EXPECT_EQ(reported("a: &x [1, *x]\n").substr(0, 70),
              "a.yaml:1:11: error: an alias cannot stand inside the value that it nam");
}

TEST(Document, IgnoresAByteOrderMark) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml",
                                          "\xEF\xBB\xBF"
                                          "a: 1\n",
                                          diagnostics);
    EXPECT_EQ(document.root().record({"a"})["a"].integer(), 1);
    EXPECT_EQ(document.root().record({"a"})["a"].place().column, 4);
}

TEST(Document, ReadsWindowsLineEnds) {
    Diagnostics diagnostics;
    const auto document = Document::parse("a.yaml", "a: one\r\nb: two\r\n", diagnostics);
    const auto top = document.root().record({"a", "b"});
    EXPECT_EQ(top["a"].text(), "one");
    EXPECT_EQ(top["b"].text(), "two");
    EXPECT_EQ(to_string(top["b"].place()), "a.yaml:2:4");
}

}  // namespace
}  // namespace tocsin::yaml::document_test
