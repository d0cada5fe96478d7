// What a verdict holds: severity, urgency, summary, incident key, escalation, missing fields.
#include <gtest/gtest.h>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::verdict_test {
namespace {

using kit::rule;
using kit::verdict;

RuleSpec everything() { return rule("all", kit::all({})); }

RuleSpec with_incident(std::vector<std::string> paths) {
    auto made = everything();
    made.service = "lms";
    made.incident = std::move(paths);
    return made;
}

RuleSpec with_summary(std::string_view text) {
    auto made = everything();
    made.summary = *parse_template(text);
    return made;
}

TEST(Severity, ComesFromThePriorityWhereNoRuleSaysOtherwise) {
    EXPECT_EQ(verdict({everything()}, {{"priority", "P2"}}).severity, Severity::High);
    EXPECT_EQ(verdict({everything()}, {{"priority", "urgent!"}}).severity, Severity::Moderate);
    EXPECT_EQ(verdict({everything()}, {}).severity, Severity::Moderate);
}

TEST(Urgency, FollowsTheSeverityWhereNoRuleSaysOtherwise) {
    EXPECT_EQ(verdict({everything()}, {{"priority", "P3"}}).urgency, Urgency::Page);
    EXPECT_EQ(verdict({everything()}, {{"priority", "P4"}}).urgency, Urgency::Notice);
    EXPECT_EQ(verdict({everything()}, {{"priority", "P5"}}).urgency, Urgency::Record);
    auto quiet = everything();
    quiet.urgency = Urgency::Record;
    EXPECT_EQ(verdict({quiet}, {{"priority", "P1"}}).urgency, Urgency::Record);
}

TEST(Actionable, APageWithMissingFieldsBecomesANotice) {
    auto needs = everything();
    needs.actionable = {"payload.link", "payload.host", "service"};
    const auto said = verdict({needs}, {{"payload.link", ""}, {"payload.host", "web1"}});
    EXPECT_EQ(said.urgency, Urgency::Notice);
    EXPECT_EQ(said.missing, (std::vector<std::string>{"payload.link", "service"}));
    EXPECT_EQ(verdict({needs}, {{"payload.link", "x"}, {"payload.host", "y"}, {"service", "z"}}).urgency, Urgency::Page);
}

TEST(Actionable, ARecordStaysARecord) {
    auto needs = everything();
    needs.actionable = {"payload.link"};
    needs.urgency = Urgency::Record;
    EXPECT_EQ(verdict({needs}, {}).urgency, Urgency::Record);
}

TEST(Actionable, OfContinueRulesAddsUp) {
    auto first = everything();
    first.goes_on = true;
    first.actionable = {"a", "b"};
    auto second = everything();
    second.actionable = {"b", "c"};
    EXPECT_EQ(verdict({first, second}, {}).missing, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Summary, IsTheRulesTemplate) {
    auto made = with_summary("[${service}/${severity}] ${payload.host}: ${payload.nothing}");
    made.service = "lms";
    const auto said = verdict({made}, {{"payload.host", "web1"}, {"title", "ignored"}});
    EXPECT_EQ(said.summary, "[lms/moderate] web1:");
    EXPECT_EQ(said.empty_templates, 1U);
}

TEST(Summary, IsElseTheTitleElseTheKey) {
    EXPECT_EQ(verdict({everything()}, {{"title", "LMS is down"}}).summary, "LMS is down");
    EXPECT_EQ(verdict({with_summary("${payload.nothing}")}, {{"title", "LMS is down"}}).summary, "LMS is down");
    EXPECT_EQ(verdict({everything()}, {{"kind", "splunk"}, {"key", "k-1"}}).summary, "splunk alert k-1");
}

TEST(Summary, IsOneLine) {
    EXPECT_EQ(verdict({everything()}, {{"title", " two\r\nlines\tand a \x1b[31mcolour\n"}}).summary,
              "two lines and a [31mcolour");
}

TEST(Summary, IsCutWithAnEllipsis) {
    std::string long_title;
    for (int i = 0; i < 400; ++i) long_title += "é";
    const auto summary = verdict({everything()}, {{"title", long_title}}).summary;
    EXPECT_EQ(code_points(summary), limits::kSummaryCodePointsMax);
    EXPECT_TRUE(summary.ends_with("é…"));
}

TEST(IncidentKey, IsSourceAndKeyWhereNoRuleSaysOtherwise) {
    EXPECT_EQ(verdict({everything()}, {{"source", "splunk"}, {"key", "a=b,c"}}).incident_key, "source=splunk,key=a\\=b\\,c");
    EXPECT_EQ(verdict({}, {{"source", "splunk"}, {"key", "k"}}).incident_key, "source=splunk,key=k");
    EXPECT_EQ(verdict({with_incident({})}, {{"source", "s"}, {"key", "k"}}).incident_key, "source=s,key=k");
}

TEST(IncidentKey, NamesTheRulesFields) {
    const auto key =
        verdict({with_incident({"service", "payload.host", "payload.none"})}, {{"payload.host", "web\\1"}}).incident_key;
    EXPECT_EQ(key, "service=lms,payload.host=web\\\\1,payload.none=");
}

TEST(IncidentKey, TakesManyValuesInAnyOrder) {
    EXPECT_EQ(verdict({with_incident({"tags"})}, {{"tags", "b"}, {"tags", "a"}}).incident_key, "tags=a,b");
    EXPECT_EQ(verdict({with_incident({"tags"})}, {{"tags", "a"}, {"tags", "b"}}).incident_key, "tags=a,b");
}

TEST(IncidentKey, ThatIsTooLongIsCutAndHashed) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "é";
    const auto key_of = [](const std::string& value) { return verdict({with_incident({"a"})}, {{"a", value}}).incident_key; };
    const auto key = key_of(text);
    EXPECT_LE(key.size(), limits::kIncidentKeyBytesMax);
    EXPECT_GE(key.size(), limits::kIncidentKeyBytesMax - 1);
    EXPECT_EQ(key[key.size() - 17], '#');
    EXPECT_EQ(valid_utf8(key), key);
    EXPECT_NE(key, key_of(text + "x"));
    EXPECT_EQ(key, key_of(text));
}

TEST(IncidentKey, KeepsItsHashBetweenReleases) {
    // FNV-1a, 64 bits, computed elsewhere.
    const auto key = verdict({with_incident({"a"})}, {{"a", std::string(600, 'x')}}).incident_key;
    EXPECT_EQ(key, "a=" + std::string(493, 'x') + "#7605be64897b1b63");
}

TEST(Escalation, IsTheServicesElseTheDefault) {
    Roster roster;
    roster.default_escalation = "fallback";
    roster.services["lms"] =
        Service{.id = "lms", .title = {}, .team = {}, .escalation = "learner", .runbook = {}, .depends_on = {}, .triage = {}};
    roster.services["bare"] =
        Service{.id = "bare", .title = {}, .team = {}, .escalation = {}, .runbook = {}, .depends_on = {}, .triage = {}};
    const auto escalation_of = [&](std::optional<std::string> service) {
        auto made = everything();
        made.service = std::move(service);
        return RuleSet({made}).classify(Fields{}, roster, kit::some_night()).escalation;
    };
    EXPECT_EQ(escalation_of("lms"), "learner");
    EXPECT_EQ(escalation_of("bare"), "fallback");
    EXPECT_EQ(escalation_of({}), "fallback");
}

TEST(ResolveAfter, IsTheRules) {
    auto quiet = everything();
    quiet.resolve_after = std::chrono::minutes{30};
    EXPECT_EQ(verdict({quiet}, {}).resolve_after, std::chrono::minutes{30});
    EXPECT_EQ(verdict({everything()}, {}).resolve_after, Duration{});
}

TEST(LifeOfAnIncident, IsTheDefaultWhereNoRuleSaysOtherwise) {
    const auto life = verdict({everything()}, {}).lifecycle;
    EXPECT_EQ(life, (Lifecycle{.reopen_within = kReopenWithin, .flapping = kFlappingLimit}));
    EXPECT_EQ(verdict({}, {}).lifecycle, life);
}

TEST(LifeOfAnIncident, TakesEachPartFromTheLastRuleThatSaysIt) {
    auto first = rule("first", kit::all({}));
    first.goes_on = true;
    first.lifecycle.hold_down = std::chrono::minutes{5};
    first.lifecycle.reopen_within = std::chrono::minutes{3};
    auto last = everything();
    last.lifecycle.reopen_within = Duration{0};
    last.lifecycle.flapping = FlappingLimit{};
    last.lifecycle.re_page_on_worse = false;
    const auto life = verdict({first, last}, {}).lifecycle;
    EXPECT_EQ(life, (Lifecycle{.hold_down = std::chrono::minutes{5}, .re_page_on_worse = false}));
}

}  // namespace
}  // namespace tocsin::match::verdict_test
