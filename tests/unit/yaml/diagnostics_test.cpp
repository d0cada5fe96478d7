// How a diagnostic looks, byte for byte.
#include "rules/yaml/diagnostics.hpp"

#include <gtest/gtest.h>

namespace tocsin::yaml::diagnostics_test {
namespace {

TEST(Diagnostics, ShowThePlaceTheLineACaretAndTheHints) {
    Diagnostics diagnostics;
    diagnostics.add_file("rules/learner.yaml", std::string(30, '\n') + "    escalation: lerner\n");
    auto& error = diagnostics.error({"rules/learner.yaml", 31, 17, 6}, "no escalation is called \"lerner\"");
    error.hints.emplace_back("did you mean \"learner\" (rules/learner.yaml:20:3)?");

    EXPECT_EQ(diagnostics.render(),
              "rules/learner.yaml:31:17: error: no escalation is called \"lerner\"\n"
              "   31 |     escalation: lerner\n"
              "      |                 ^^^^^^\n"
              "      = did you mean \"learner\" (rules/learner.yaml:20:3)?\n");
}

TEST(Diagnostics, AreSortedByFileLineAndColumn) {
    Diagnostics diagnostics;
    diagnostics.error({"b.yaml", 1, 1, 1}, "fourth");
    diagnostics.error({"a.yaml", 10, 1, 1}, "third");
    diagnostics.warning({"a.yaml", 2, 7, 1}, "second");
    diagnostics.error({"a.yaml", 2, 3, 1}, "first");

    EXPECT_EQ(diagnostics.render(),
              "a.yaml:2:3: error: first\na.yaml:2:7: warning: second\na.yaml:10:1: error: third\nb.yaml:1:1: error: fourth\n");
}

TEST(Diagnostics, OfOnePlaceKeepTheOrderInWhichTheyWereReported) {
    Diagnostics diagnostics;
    diagnostics.error({"a.yaml", 1, 1, 1}, "z");
    diagnostics.error({"a.yaml", 1, 1, 1}, "a");
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:1: error: z\na.yaml:1:1: error: a\n");
}

TEST(Diagnostics, SayTheSameThingOfTheSamePlaceOnce) {
    Diagnostics diagnostics;
    diagnostics.error({"a.yaml", 1, 1, 1}, "wrong").hints.emplace_back("a hint");
    diagnostics.error({"a.yaml", 1, 1, 1}, "wrong").hints.emplace_back("a hint");

    EXPECT_EQ(diagnostics.errors(), 1U);
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:1: error: wrong\n      = a hint\n");
}

TEST(Diagnostics, UnderlineCodePointsNotBytes) {
    Diagnostics diagnostics;
    diagnostics.add_file("a.yaml", "name: Zoë Müller");
    diagnostics.error({"a.yaml", 1, 11, 6}, "no such name");
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:11: error: no such name\n    1 | name: Zoë Müller\n      |           ^^^^^^\n");
}

TEST(Diagnostics, NeverUnderlineBeyondTheLine) {
    Diagnostics diagnostics;
    diagnostics.add_file("a.yaml", "ab: c\r\n");
    diagnostics.error({"a.yaml", 1, 5, 70}, "too far");
    diagnostics.error({"a.yaml", 1, 90, 3}, "further");
    EXPECT_EQ(diagnostics.render(),
              "a.yaml:1:5: error: too far\n    1 | ab: c\n      |     ^\n"
              "a.yaml:1:90: error: further\n    1 | ab: c\n      |      ^\n");
}

TEST(Diagnostics, ShowOnlyTheNeighbourhoodInAVeryLongLine) {
    Diagnostics diagnostics;
    diagnostics.add_file("a.yaml", std::string(1000, 'x') + "HERE" + std::string(1000, 'y'));
    diagnostics.error({"a.yaml", 1, 1001, 4}, "far right");
    const auto before = std::string(80, 'x');
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:1001: error: far right\n    1 | …" + before + "HERE" + std::string(76, 'y') +
                                        "…\n      | " + std::string(81, ' ') + "^^^^\n");
}

TEST(Diagnostics, ShowTabsAsSpacesAndDropControlCharacters) {
    Diagnostics diagnostics;
    diagnostics.add_file("a.yaml", "\ta\x1B[31m");
    diagnostics.error({"a.yaml", 1, 2, 1}, "odd \x1B");
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:2: error: odd \xEF\xBF\xBD\n    1 |  a\xEF\xBF\xBD[31m\n      |  ^\n");
}

TEST(Diagnostics, ShowNoLineOfAFileThatIsNotKnown) {
    Diagnostics diagnostics;
    diagnostics.error({"gone.yaml", 4, 1, 1}, "cannot be read").hints.emplace_back("is it there?");
    EXPECT_EQ(diagnostics.render(), "gone.yaml:4:1: error: cannot be read\n      = is it there?\n");
}

TEST(Diagnostics, AreSummedUp) {
    Diagnostics diagnostics;
    EXPECT_EQ(diagnostics.summary(), "no errors");
    diagnostics.warning({"a.yaml", 1, 1, 1}, "hm");
    EXPECT_EQ(diagnostics.summary(), "1 warning");
    diagnostics.error({"a.yaml", 2, 1, 1}, "no");
    EXPECT_EQ(diagnostics.summary(), "1 error, 1 warning");
    diagnostics.error({"a.yaml", 3, 1, 1}, "no");
    EXPECT_EQ(diagnostics.summary(), "2 errors, 1 warning");
}

TEST(Diagnostics, ShowsTheFirstOfTooManyAndHowManyMoreThereAre) {
    Diagnostics diagnostics;
    std::string text;
    for (int line = 1; line <= 2'000; ++line) text += "x\n";
    diagnostics.add_file("a.yaml", text);
    for (int line = 1; line <= 1'500; ++line) diagnostics.error({"a.yaml", line, 1, 1}, "wrong").hints.emplace_back("mend it");
    for (int line = 1'501; line <= 1'600; ++line) diagnostics.warning({"a.yaml", line, 1, 1}, "odd");
    EXPECT_EQ(diagnostics.errors(), 1'500U);
    EXPECT_EQ(diagnostics.warnings(), 100U);
    EXPECT_EQ(diagnostics.all().size(), kDiagnosticsMax);
    const auto shown = diagnostics.render();
    EXPECT_NE(shown.find("a.yaml:200:1: error: wrong"), std::string::npos);
    EXPECT_EQ(shown.find("a.yaml:201:1"), std::string::npos);
    EXPECT_TRUE(shown.ends_with("and 1400 more\n")) << shown.substr(shown.size() - 100);
}

TEST(Diagnostics, ThatAreWaivedAreCountedAndOnlyShownOnRequest) {
    Diagnostics diagnostics;
    diagnostics.warning({"a.yaml", 1, 1, 1}, "one").code = "odd";
    diagnostics.warning({"a.yaml", 2, 1, 1}, "two").code = "odd";
    diagnostics.warning({"a.yaml", 1, 1, 1}, "three").code = "old";
    diagnostics.error({"a.yaml", 1, 1, 1}, "four");

    EXPECT_EQ(diagnostics.waive("odd", "we know", [](const Place& place) { return place.line == 1; }), 1U);
    EXPECT_EQ(diagnostics.waive("odd", "again", [](const Place& place) { return place.line == 1; }), 0U);
    EXPECT_EQ(diagnostics.summary(), "1 error, 2 warnings, 1 waived");
    EXPECT_EQ(diagnostics.render(), "a.yaml:1:1: warning[old]: three\na.yaml:1:1: error: four\na.yaml:2:1: warning[odd]: two\n");
    EXPECT_EQ(diagnostics.render_with_waived(),
              "a.yaml:1:1: waived[odd]: one\n      = waived: we know\na.yaml:1:1: warning[old]: three\n"
              "a.yaml:1:1: error: four\na.yaml:2:1: warning[odd]: two\n");
}

}  // namespace
}  // namespace tocsin::yaml::diagnostics_test
