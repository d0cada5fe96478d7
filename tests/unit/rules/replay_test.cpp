// What a changed rulebook would have done: verdicts, incidents and pages, gained and lost.
#include "rules/check/replay.hpp"

#include <gtest/gtest.h>

#include <string>

#include "rules/check/replay_report.hpp"
#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::check::replay_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// 04:30 on the clock of everybody in the kit.
const TimePoint kNight = *parse_rfc3339("2026-03-09T04:30:00Z");
const TimePoint kNoon = *parse_rfc3339("2026-03-09T12:00:00Z");

std::string rules(const std::string& of_disk) {
    return kit::base() +
           "default_escalation: learner\n"
           "rules:\n"
           "  - { name: disk, match: { title: { prefix: disk } }, " +
           of_disk +
           " }\n"
           "  - { name: rest, service: mysql, severity: high }\n";
}

ReplayReport replayed(const std::string& base, const std::string& changed,
                      const std::vector<std::pair<std::string, TimePoint>>& titles, const ReplayAssumptions& assumptions = {}) {
    const auto before = kit::compiled(base);
    const auto after = kit::compiled(changed);
    Replay replay(*before, *after, assumptions);
    for (const auto& [title, at] : titles) {
        Alert alert;
        alert.source = "splunk";
        alert.title = title;
        alert.key = title;
        Fields fields;
        fields.add_alert(alert);
        const ParsedAlert parsed{alert, fields};
        replay.take(&parsed, &parsed, at);
    }
    return replay.finish();
}

TEST(Replay, TheSameRulebookChangesNothing) {
    const auto report = replayed(rules("service: lms"), rules("service: lms"), {{"disk 1", kNoon}, {"cpu", kNoon}});
    EXPECT_FALSE(report.is_changed());
    EXPECT_EQ(report.fired, 2);
    EXPECT_EQ(report.pages().before, 2);
    EXPECT_EQ(report.pages().after, 2);
    EXPECT_NE(replay_to_text(report).find("Nothing changes."), std::string::npos);
}

TEST(Replay, AlertsThatMeanSomethingElseAreGroupedByWhat) {
    const auto report = replayed(rules("service: lms, severity: high"), rules("service: lms, severity: critical"),
                                 {{"disk 1", kNoon}, {"disk 2", kNoon}, {"cpu", kNoon}});
    EXPECT_EQ(report.changed_alerts, 2);
    ASSERT_EQ(report.groups.size(), 1U);
    EXPECT_EQ(report.groups[0].alerts, 2);
    const auto text = replay_to_text(report);
    EXPECT_NE(text.find("2  rule \"disk\": severity high -> critical"), std::string::npos) << text;
    EXPECT_NE(text.find("e.g. 2026-03-09T12:00:00Z from splunk: disk 1"), std::string::npos) << text;
    EXPECT_NE(text.find("the pages stay as they are"), std::string::npos) << text;
}

TEST(Replay, PagesLostAtNightAreToldByPerson) {
    const auto report = replayed(rules("service: lms, severity: high"), rules("service: lms, urgency: record"),
                                 {{"disk 1", kNight}, {"disk 2", kNoon}});
    const auto& person = report.people.at("a");
    EXPECT_EQ(person.pages.lost, 2);
    EXPECT_EQ(person.pages.gained, 0);
    EXPECT_EQ(person.night_pages.lost, 1);
    EXPECT_EQ(report.incidents.lost, 2);
    EXPECT_EQ(report.incidents_of.at("lms").lost, 2);
    ASSERT_EQ(person.lost.size(), 2U);
    EXPECT_EQ(person.lost[0].summary, "disk 1");
    EXPECT_EQ(person.lost[0].rule, "disk");
}

TEST(Replay, AnotherEscalationMovesPagesFromOneToAnother) {
    auto changed = rules("service: lms");
    const std::string to_a = "layers: [{ people: a }]";
    changed.replace(changed.find(to_a), to_a.size(), "layers: [{ people: b }]");
    const auto report = replayed(rules("service: lms"), changed, {{"disk 1", kNoon}});
    EXPECT_EQ(report.changed_alerts, 0);
    EXPECT_EQ(report.people.at("a").pages.lost, 1);
    EXPECT_EQ(report.people.at("b").pages.gained, 1);
    EXPECT_TRUE(report.is_changed());
}

TEST(Replay, AnotherIncidentKeyOpensOtherIncidents) {
    const auto report = replayed(rules("service: lms"), rules("service: lms, incident: [service]"),
                                 {{"disk 1", kNoon}, {"disk 2", kNoon + minutes{10}}});
    EXPECT_EQ(report.incidents.before, 2);
    EXPECT_EQ(report.incidents.after, 1);
    EXPECT_EQ(report.incidents.lost, 1);
    EXPECT_EQ(report.groups.at(0).differences.at(0).what, "incident");
}

TEST(Replay, WhoIsPagedAcknowledgesUnlessNobodyDoes) {
    ReplayAssumptions nobody;
    nobody.acknowledged_after.reset();
    const std::vector<std::pair<std::string, TimePoint>> alerts{{"disk 1", kNoon}};
    EXPECT_EQ(replayed(rules("service: lms"), rules("service: lms"), alerts).pages().after, 1);
    EXPECT_EQ(replayed(rules("service: lms"), rules("service: lms"), alerts, nobody).pages().after, 2) << "the fallback too";
}

TEST(Replay, SilenceResolvesWhatNoRuleDoes) {
    const std::vector<std::pair<std::string, TimePoint>> alerts{
        {"disk 1", kNoon}, {"disk 1", kNoon + hours{1}}, {"disk 1", kNoon + hours{4}}};
    EXPECT_EQ(replayed(rules("service: lms"), rules("service: lms"), alerts).incidents.after, 2);
    ReplayAssumptions patient;
    patient.resolved_after = hours{12};
    EXPECT_EQ(replayed(rules("service: lms"), rules("service: lms"), alerts, patient).incidents.after, 1);
    const auto own = replayed(rules("service: lms"), rules("service: lms, resolve_after: 30m"), alerts);
    EXPECT_EQ(own.incidents.gained, 1);
}

TEST(Replay, AClockThatWasSetBackHoldsNothingUp) {
    const auto report = replayed(rules("service: lms"), rules("service: lms"), {{"disk 1", kNoon}, {"disk 2", kNoon - hours{1}}});
    EXPECT_EQ(report.pages().after, 2);
}

TEST(Replay, WhatCannotBeUnderstoodIsCountedByWhy) {
    const auto rulebook = kit::compiled(rules("service: lms"));
    Replay replay(*rulebook, *rulebook, {});
    replay.not_understood("not understood as splunk from web");
    replay.not_understood("not understood as splunk from web");
    const auto text = replay_to_text(replay.finish());
    EXPECT_NE(text.find("left out 2: not understood as splunk from web"), std::string::npos) << text;
}

TEST(Replay, MarkdownSaysWhatMattersFirstAndLetsNoAlertFormatIt) {
    const auto report =
        replayed(rules("service: lms"), rules("service: lms, urgency: record"), {{"disk </details> | @all", kNoon}});
    const auto markdown = replay_to_markdown(report);
    EXPECT_TRUE(markdown.starts_with("### Replay: 1 alert means something else; incidents: 1 fewer; pages: 1 fewer")) << markdown;
    EXPECT_EQ(markdown.find("disk </details>"), std::string::npos) << markdown;
    EXPECT_NE(markdown.find("disk &lt;/details&gt; \\| \\@all"), std::string::npos) << markdown;
}

ParsedAlert read_as(const std::string& key, AlertAction action) {
    ParsedAlert parsed;
    parsed.alert.source = "zabbix";
    parsed.alert.key = key;
    parsed.alert.title = "disk";
    parsed.alert.action = action;
    parsed.alert.is_followed_up = true;
    parsed.fields.add_alert(parsed.alert);
    return parsed;
}

TEST(Replay, ShowsWhatAChangedMappingMakesOfTheSameBodies) {
    const auto rulebook = kit::compiled(rules("service: lms"));
    Replay replay(*rulebook, *rulebook, {});
    const auto fires = read_as("7", AlertAction::Fire);
    const auto fires_as_well = read_as("unnamed", AlertAction::Fire);
    const auto ends = read_as("7", AlertAction::Resolve);
    replay.take(&fires_as_well, &fires, kNoon);
    replay.take(&fires_as_well, &ends, kNoon + minutes{1});
    replay.take(nullptr, &fires, kNoon + hours{1});
    const auto report = replay.finish();
    EXPECT_EQ(report.fired, 3);
    EXPECT_EQ(report.changed_alerts, 3);
    const auto text = replay_to_text(report);
    EXPECT_NE(text.find("incident"), std::string::npos) << text;
    EXPECT_NE(text.find("status firing -> resolved"), std::string::npos) << text;
    EXPECT_NE(text.find("status none -> firing"), std::string::npos) << text;
    EXPECT_EQ(report.incidents.after, 2);
}

TEST(Replay, AnAlertThatSaysUntilWhenItHoldsIsNotResolvedByTheAssumption) {
    const auto rulebook = kit::compiled(rules("service: lms"));
    ReplayAssumptions assumptions;
    assumptions.resolved_after = minutes{10};
    Replay replay(*rulebook, *rulebook, assumptions);
    auto fires = read_as("7", AlertAction::Fire);
    fires.alert.ends_at = kNoon + hours{3};
    replay.take(&fires, &fires, kNoon);
    fires.alert.ends_at = kNoon + hours{4};
    replay.take(&fires, &fires, kNoon + hours{1});
    EXPECT_EQ(replay.finish().incidents.after, 1);
}

}  // namespace
}  // namespace tocsin::check::replay_test
