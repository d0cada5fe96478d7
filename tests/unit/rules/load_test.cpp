// A broken file of one team does not hold up the others, and nothing half-made ever takes effect.
#include "rules/check/load.hpp"

#include <gtest/gtest.h>

#include <map>

namespace tocsin::check::load_test {
namespace {

constexpr const char* kPeople = R"(
people: { ann: { contacts: { push: { hook: ann } }, paged: [{ via: push }] } }
escalations: { site: { steps: [{ page: ann }], fallback: ann } }
default_escalation: site
)";

std::string rule(const std::string& name, const std::string& severity) {
    return "rules: [{ name: " + name + ", match: { title: " + name + " }, severity: " + severity + " }]\n";
}

std::string rule_with_test(const std::string& severity, const std::string& expected) {
    return rule("disk", severity) +
           "tests:\n  - name: the disk\n    given: { source: splunk, file: disk.json, at: 2026-03-08T08:30:00Z }\n"
           "    expect: { severity: " +
           expected + " }\n";
}

Result<std::vector<ParsedAlert>> parse(const Rulebook& /*rulebook*/, SentBody body) {
    ParsedAlert parsed;
    parsed.alert.source = body.source;
    parsed.alert.key = body.payload;
    parsed.alert.title = std::move(body.payload);
    parsed.fields.add_alert(parsed.alert);
    return std::vector{std::move(parsed)};
}

class Load : public testing::Test {
protected:
    /// With p.yaml, which holds the people.
    LoadedRulebook load(std::vector<RulebookFile> files) {
        files.push_back({"p.yaml", people_});
        CompileContext context;
        context.read_sample = [this](std::string_view, std::string_view named) -> Result<std::string> {
            const auto found = samples_.find(named);
            if (found == samples_.end()) return Error{Errc::NotFound, "there is no such sample"};
            return found->second;
        };
        auto loaded = load_rulebook(files, last_good_, context, parse);
        if (loaded.result == LoadedRulebook::Result::Loaded) last_good_ = loaded.made_of;
        return loaded;
    }
    static Severity severity_of(const LoadedRulebook& loaded, const std::string& title) {
        Alert alert;
        alert.title = title;
        Fields fields;
        fields.add_alert(alert);
        return loaded.rulebook->classify(fields, TimePoint{}).severity;
    }

    std::map<std::string, std::string, std::less<>> samples_{{"disk.json", "disk"}};
    std::string people_ = kPeople;
    KeptRulebook last_good_;
};

TEST_F(Load, WithoutMistakesEverythingIsLoaded) {
    const auto loaded = load({{"a.yaml", rule("disk", "high")}});
    EXPECT_EQ(loaded.result, LoadedRulebook::Result::Loaded);
    EXPECT_TRUE(loaded.stale.empty());
    EXPECT_EQ(loaded.made_of.files.size(), 2U);
}

TEST_F(Load, ABrokenFileKeepsItsLastGoodVersionWhileTheOthersLoad) {
    (void)load({{"a.yaml", rule("disk", "high")}, {"b.yaml", rule("cpu", "high")}});
    const auto loaded = load({{"a.yaml", "rules: [{ nam: disk }]\n"}, {"b.yaml", rule("cpu", "low")}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    ASSERT_EQ(loaded.stale.size(), 1U);
    EXPECT_EQ(loaded.stale[0].path, "a.yaml");
    EXPECT_NE(loaded.stale[0].problems.find("a.yaml:1:11: error"), std::string::npos) << loaded.stale[0].problems;
    EXPECT_EQ(severity_of(loaded, "disk"), Severity::High);
    EXPECT_EQ(severity_of(loaded, "cpu"), Severity::Low);
}

TEST_F(Load, AFileWhoseTestFailsIsPutBackToo) {
    (void)load({{"a.yaml", rule_with_test("high", "high")}, {"b.yaml", rule("cpu", "high")}});
    const auto loaded = load({{"a.yaml", rule_with_test("low", "high")}, {"b.yaml", rule("cpu", "low")}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    EXPECT_NE(loaded.stale.at(0).problems.find("the test \"the disk\" fails"), std::string::npos);
    EXPECT_EQ(severity_of(loaded, "disk"), Severity::High);
    EXPECT_EQ(severity_of(loaded, "cpu"), Severity::Low);
}

TEST_F(Load, ANewFileThatIsBrokenIsLeftOut) {
    (void)load({{"b.yaml", rule("cpu", "high")}});
    const auto loaded = load({{"a.yaml", "rulse: []\n"}, {"b.yaml", rule("cpu", "low")}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    EXPECT_TRUE(loaded.stale.at(0).is_left_out);
    EXPECT_EQ(severity_of(loaded, "cpu"), Severity::Low);
}

TEST_F(Load, AFileThatNeedsWhatTheBrokenOneWasToBringIsPutBackWithIt) {
    (void)load({{"b.yaml", rule("cpu", "high")}, {"c.yaml", rule("net", "high")}});
    people_ += "services: { web: { escalation: sit } }\n";
    const auto loaded = load({{"b.yaml", rule("cpu", "low") + "rules2: []\n"}, {"c.yaml", rule("net", "low")}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    EXPECT_EQ(loaded.stale.size(), 2U);
    EXPECT_EQ(severity_of(loaded, "cpu"), Severity::High);
    EXPECT_EQ(severity_of(loaded, "net"), Severity::Low);
}

TEST_F(Load, AFileWithErrorsThatAnotherOneCausedStaysAsItIs) {
    (void)load({{"b.yaml", rule("cpu", "high")}});
    people_ += "- this is no YAML: [\n";
    const auto loaded = load({{"b.yaml", rule("cpu", "low") + "services: { web: { escalation: site } }\n"}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    ASSERT_EQ(loaded.stale.size(), 1U);
    EXPECT_EQ(loaded.stale[0].path, "p.yaml");
    EXPECT_EQ(severity_of(loaded, "cpu"), Severity::Low);
}

TEST_F(Load, NothingChangesWhenTheFaultShowsInAFileThatDidNotChange) {
    (void)load({{"a.yaml", rule("disk", "high")}, {"z.yaml", "services: { web: { escalation: site } }\n"}});
    people_ = "people: { ann: { contacts: { push: { hook: ann } }, paged: [{ via: push }] } }\n";
    const auto loaded = load({{"a.yaml", "{}\n"}, {"z.yaml", "services: { web: { escalation: site } }\n"}});
    EXPECT_EQ(loaded.result, LoadedRulebook::Result::Refused);
    EXPECT_EQ(loaded.rulebook, nullptr);
    EXPECT_NE(loaded.diagnostics.find("z.yaml:1:32: error"), std::string::npos) << loaded.diagnostics;
}

TEST_F(Load, IfOnlyBrokenFilesHaveChangedNothingIsLoadedButTheFileIsNamed) {
    (void)load({{"a.yaml", rule("disk", "high")}});
    const auto loaded = load({{"a.yaml", "rulse: []\n"}});
    EXPECT_EQ(loaded.result, LoadedRulebook::Result::Refused);
    EXPECT_EQ(loaded.rulebook, nullptr);
    EXPECT_EQ(loaded.stale.at(0).path, "a.yaml");
}

TEST_F(Load, WithoutALastGoodVersionMistakesAreRefused) {
    EXPECT_EQ(load({{"a.yaml", "rulse: []\n"}, {"b.yaml", rule("cpu", "low")}}).result, LoadedRulebook::Result::Refused);
}

TEST_F(Load, TheSamplesOfAFileThatWasPutBackAreThoseOfItsTime) {
    (void)load({{"a.yaml", rule_with_test("high", "high")}, {"b.yaml", rule("cpu", "high")}});
    samples_.clear();
    const auto loaded = load({{"a.yaml", rule_with_test("low", "high")}, {"b.yaml", rule("cpu", "low")}});
    ASSERT_EQ(loaded.result, LoadedRulebook::Result::Partial) << loaded.diagnostics;
    EXPECT_EQ(loaded.made_of.samples.at(0).bytes, "disk") << "a later reload needs it again";
}

TEST_F(Load, WhatWasGoodIsRestoredWithItsSamples) {
    (void)load({{"a.yaml", rule_with_test("high", "high")}});
    CompileContext context;
    context.read_sample = [](std::string_view, std::string_view) -> Result<std::string> {
        return Error{Errc::NotFound, "the folder has gone"};
    };
    const auto restored = restore_rulebook(last_good_, context, parse);
    EXPECT_EQ(restored.result, LoadedRulebook::Result::Loaded) << restored.diagnostics;
    EXPECT_EQ(severity_of(restored, "disk"), Severity::High);
}

}  // namespace
}  // namespace tocsin::check::load_test
