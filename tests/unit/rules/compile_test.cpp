// compile_rulebook() as a whole: files, hash, what comes of mistakes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::compile_test {
namespace {

using testing::HasSubstr;

const std::string kRule = "rules: [{ name: all of it, service: lms }]\n";

std::string hash_of(const std::vector<RulebookFile>& files) {
    const auto rulebook = kit::compiled(files);
    return rulebook == nullptr ? "" : rulebook->hash();
}

TEST(Compile, OfNoFilesIsAnEmptyRulebook) {
    const auto rulebook = kit::compiled(std::vector<RulebookFile>{});
    ASSERT_NE(rulebook, nullptr);
    EXPECT_TRUE(rulebook->rules().rules().empty());
}

TEST(Compile, OfEmptySectionsIsAnEmptyRulebook) {
    EXPECT_NE(kit::compiled("people:\nschedules:\nescalations:\nservices:\nrules:\ntests:\n"), nullptr);
}

TEST(Compile, GivesNoRulebookAfterAnError) {
    const std::vector<RulebookFile> files{{"a.yaml", kit::base() + kRule}, {"b.yaml", "rules: [{ name: x, severity: lo }]\n"}};
    const auto compiled = compile_rulebook(files, {});
    EXPECT_EQ(compiled.rulebook, nullptr);
    EXPECT_GT(compiled.diagnostics.errors(), 0U);
}

TEST(Compile, GivesARulebookWithWarnings) {
    const std::vector<RulebookFile> files{{"a.yaml", kit::base() + kRule + "default_triage: primary\n"},
                                          {"b.yaml", "services: { orphan: {} }\n"}};
    const auto compiled = compile_rulebook(files, {});
    EXPECT_NE(compiled.rulebook, nullptr);
    EXPECT_THAT(compiled.diagnostics.render(), HasSubstr("warning[service-without-escalation]: \"orphan\""));
    EXPECT_EQ(compiled.diagnostics.errors(), 0U);
}

TEST(Compile, WarnsOfTheBaseOnlyThatSomeOfItIsUnused) {
    const std::vector<RulebookFile> files{{"a.yaml", kit::base() + kRule}};
    const auto compiled = compile_rulebook(files, {});
    for (const auto& diagnostic : compiled.diagnostics.all()) {
        EXPECT_THAT(diagnostic.code, testing::StartsWith("unused-")) << diagnostic.message;
    }
}

TEST(Compile, ReportsMistakesOfAllFilesInTheirOrder) {
    const std::vector<RulebookFile> files{{"b.yaml", "people: { x: { emial: 1 } }\n"}, {"a.yaml", "rules: [\n"}};
    const auto said = compile_rulebook(files, {}).diagnostics.render();
    EXPECT_THAT(said, HasSubstr("a.yaml:"));
    EXPECT_LT(said.find("a.yaml:"), said.find("b.yaml:1:16: error: there is no key \"emial\""));
}

TEST(Compile, LooksNamesUpOverAllFiles) { EXPECT_NE(kit::compiled({{"a.yaml", kRule}, {"b.yaml", kit::base()}}), nullptr); }

TEST(Compile, HashesPathsAndBytesWhateverTheOrderOfTheFiles) {
    const RulebookFile a{"a.yaml", kit::base()};
    const RulebookFile b{"b.yaml", kRule};
    const auto hash = hash_of({a, b});
    EXPECT_EQ(hash.size(), 16U);
    EXPECT_EQ(hash.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(hash, hash_of({b, a}));
    EXPECT_NE(hash, hash_of({a, {"c.yaml", kRule}}));
    EXPECT_NE(hash, hash_of({a, {"b.yaml", kRule + "\n"}}));
}

TEST(Compile, HashesTheCalendarsThatAreNamed) {
    const std::string people = "people: { a: { email: a@example.org, paged: [{ via: email }] } }\n";
    const RulebookFile file{"a.yaml", people + "schedules: { s: { ical: a.ics, time_zone: UTC } }\n"};
    const auto hash_with = [&](const std::string& title) {
        CompileContext context;
        context.read_sample = [&](std::string_view, std::string_view) -> Result<std::string> {
            return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T000000Z\r\n"
                   "DTEND:20260302T000000Z\r\nSUMMARY:" +
                   title + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        };
        const auto compiled = compile_rulebook({&file, 1}, context);
        EXPECT_NE(compiled.rulebook, nullptr) << compiled.diagnostics.render();
        return compiled.rulebook == nullptr ? "" : compiled.rulebook->hash();
    };
    EXPECT_NE(hash_with("a"), hash_with("nobody"));
    EXPECT_EQ(hash_with("a"), hash_with("a"));
}

TEST(Compile, HashesTheSameOnEveryMachine) { EXPECT_EQ(hash_of({{"a.yaml", "rules:\n"}}), "438934ae3bed278f"); }

TEST(Compile, FindsACircleOfTenThousandServices) {
    std::string text =
        "people: { a: { email: a@example.org, paged: [{ via: email }] } }\n"
        "escalations: { e: { steps: [{ page: a }], fallback: a } }\ndefault_escalation: e\nservices:\n";
    for (int i = 0; i < 10'000; ++i) {
        text += "  s" + std::to_string(i) + ": { depends_on: s" + std::to_string((i + 1) % 10'000) + " }\n";
    }
    EXPECT_THAT(kit::said_of(text), HasSubstr("services depend on each other in a circle: s0 -> s1 -> s2"));
}

}  // namespace
}  // namespace tocsin::compile_test
