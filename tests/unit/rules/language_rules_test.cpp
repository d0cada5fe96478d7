// Rules and tests, as they are written and as the daemon gets them.
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::language_rules_test {
namespace {

using namespace std::chrono_literals;

/// The rule with these keys.
match::RuleSpec rule(const std::string& keys) {
    const auto rulebook = kit::compiled(kit::base() + "default_escalation: learner\nrules:\n  - { name: x, " + keys + " }\n");
    if (rulebook == nullptr) return {};
    return rulebook->rules().rules().front();
}

/// The test with these lines.
RulebookTest test(const std::string& lines, const CompileContext& context = {}) {
    const auto text = kit::base() + "rules: [{ name: all of it, service: lms }]\ntests:\n  - name: x\n" + lines;
    const auto rulebook = kit::compiled({{"rules/t.yaml", text}}, context);
    if (rulebook == nullptr) return {};
    return rulebook->tests().front();
}

TEST(LanguageRules, AreReadWhole) {
    const auto x = rule(
        "service: lms, severity: P2, urgency: notice, summary: 'at ${payload.host}', incident: [service, payload.host], "
        "resolve_after: 30m, actionable: payload.link, continue: true");
    EXPECT_EQ(x.name, "x");
    EXPECT_EQ(x.place, "rules.yaml:15");
    EXPECT_EQ(x.service, "lms");
    EXPECT_EQ(x.severity, Severity::High);
    EXPECT_EQ(x.urgency, Urgency::Notice);
    ASSERT_EQ(x.summary->parts.size(), 2U);
    EXPECT_EQ(x.summary->parts[1].text, "payload.host");
    EXPECT_EQ(x.incident, (std::vector<std::string>{"service", "payload.host"}));
    EXPECT_EQ(x.resolve_after, Duration{30min});
    EXPECT_EQ(x.actionable, (std::vector<std::string>{"payload.link"}));
    EXPECT_TRUE(x.goes_on);
}

TEST(LanguageRules, SetNothingThatIsNotWritten) {
    const auto x = rule("match: { title: a }");
    EXPECT_FALSE(x.goes_on);
    EXPECT_FALSE(x.service || x.severity || x.urgency || x.summary || x.incident || x.resolve_after || x.during);
    EXPECT_TRUE(x.actionable.empty());
}

TEST(LanguageRules, HoldInTheirWindowInUtcUnlessAZoneStandsBehindIt) {
    EXPECT_EQ(rule("during: mon-fri 09:00-17:00").during->zone, Zone{});
    const auto there = rule("during: fri 20:00-sun 20:00 America/New_York");
    EXPECT_EQ(there.during->zone.name(), "America/New_York");
    EXPECT_EQ(there.during->window, parse_weekly_window("fri 20:00-sun 20:00"));
    const auto several = rule("during: [sat 00:00-12:00 Asia/Karachi, sun 00:00-12:00 Asia/Karachi]");
    EXPECT_EQ(several.during->window.spans.size(), 2U);
}

TEST(LanguageRules, KeepTheOrderOfThePathsOfTheirFilesAndOfTheirLines) {
    const auto rulebook = kit::compiled({{"z.yaml", "rules: [{ name: three, severity: low }]\n"},
                                         {"a.yaml", "rules: [{ name: one, match: { title: a }, severity: low }]\n"},
                                         {"b/b.yaml", "rules: [{ name: two, match: { title: b }, severity: low }]\n"}});
    ASSERT_NE(rulebook, nullptr);
    std::vector<std::string> names;
    for (const auto& spec : rulebook->rules().rules()) names.push_back(spec.name);
    EXPECT_EQ(names, (std::vector<std::string>{"one", "two", "three"}));
}

TEST(LanguageTests, TakeAPayloadInYamlAsJson) {
    const auto x =
        test(R"(    given: { source: splunk, at: 2026-03-08 03:30 America/New_York, payload: { result: { count: "7", n: 7 } } }
    expect: { rule: all of it }
)");
    ASSERT_EQ(x.given.size(), 1U);
    EXPECT_EQ(x.given[0].payload, R"({"result":{"count":"7","n":7}})");
    EXPECT_EQ(x.given[0].source, "splunk");
    EXPECT_EQ(x.given[0].source_kind, "splunk");
    EXPECT_EQ(format_utc(x.given[0].at), "2026-03-08T07:30:00Z");
    EXPECT_EQ(x.place, "rules/t.yaml:15");
}

TEST(LanguageTests, TakeAPayloadInTextAsItIs) {
    const auto x = test(R"(    given: { source: splunk, kind: raw, at: 2026-03-08T08:30:00Z, payload: '{"a": 1}' }
    expect: { no_pages: true }
)");
    EXPECT_EQ(x.given.at(0).payload, R"({"a": 1})");
    EXPECT_EQ(x.given.at(0).source_kind, "raw");
    EXPECT_TRUE(x.expect.no_pages);
}

TEST(LanguageTests, ReadTheirSampleBesideTheFileThatNamesIt) {
    CompileContext context;
    context.read_sample = [](std::string_view beside, std::string_view named) -> Result<std::string> {
        return std::string(beside) + " + " + std::string(named);
    };
    context.sources.emplace().emplace_back("splunk-eu", "splunk");
    const auto x = test(R"(    given: { source: splunk-eu, at: 2026-03-08T08:30:00Z, file: samples/a.json }
    expect: { rule: all of it }
)",
                        context);
    EXPECT_EQ(x.given.at(0).payload, "rules/t.yaml + samples/a.json");
    EXPECT_EQ(x.given.at(0).source_kind, "splunk");
}

TEST(LanguageTests, CountLaterTimesFromTheFirst) {
    const auto x = test(R"(    given:
      - { source: splunk, at: 2026-03-08T08:30:00Z, payload: {} }
      - { acknowledge: a, at: +2m }
      - { source: splunk, at: +10m, payload: {} }
      - { resolve: b, at: 2026-03-08 09:00 UTC }
    expect: { pages_until: { +2h: 2, +3h: 3 } }
)");
    ASSERT_EQ(x.given.size(), 4U);
    EXPECT_EQ(x.given[1].kind, TestGiven::Kind::Acknowledge);
    EXPECT_EQ(x.given[1].person, "a");
    EXPECT_EQ(format_utc(x.given[1].at), "2026-03-08T08:32:00Z");
    EXPECT_EQ(format_utc(x.given[2].at), "2026-03-08T08:40:00Z");
    EXPECT_EQ(x.given[3].kind, TestGiven::Kind::Resolve);
    EXPECT_EQ(format_utc(x.given[3].at), "2026-03-08T09:00:00Z");
    EXPECT_EQ(x.expect.pages_until, (std::vector<std::pair<Duration, std::int64_t>>{{2h, 2}, {3h, 3}}));
}

TEST(LanguageTests, ExpectWhatIsWritten) {
    const auto x = test(R"(    given: { source: splunk, at: 2026-03-08T08:30:00Z, payload: {} }
    expect:
      rule: ""
      service: lms
      severity: low
      urgency: notice
      summary: "a: b"
      incident: service=lms
      pages: [{ at: +0m, person: a, via: email }, { at: +5m, person: b }]
)");
    EXPECT_EQ(x.expect.verdict.rule, "");
    EXPECT_EQ(x.expect.verdict.service, "lms");
    EXPECT_EQ(x.expect.verdict.severity, Severity::Low);
    EXPECT_EQ(x.expect.verdict.urgency, Urgency::Notice);
    EXPECT_EQ(x.expect.verdict.summary, "a: b");
    EXPECT_EQ(x.expect.verdict.incident, "service=lms");
    ASSERT_EQ(x.expect.pages->size(), 2U);
    EXPECT_EQ(x.expect.pages->at(0).via, "email");
    EXPECT_EQ(x.expect.pages->at(1).at, Duration{5min});
    EXPECT_EQ(x.expect.pages->at(1).via, "");
}

}  // namespace
}  // namespace tocsin::language_rules_test
