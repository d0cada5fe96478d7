// A long history is played as a short one is, with answers assumed and the past forgotten.
#include "core/engine/rehearsal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::engine::rehearsal_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);  // 2026-03-01T00:00Z

/// ana is paged at once, bob after five minutes, then once more both; the fallback is bob.
Roster roster() {
    Roster roster;
    for (const auto* id : {"ana", "bob"}) {
        Person person;
        person.id = id;
        person.contacts = {{"push", "ntfy", id}};
        person.paged = {{Duration{0}, "push"}};
        roster.people[id] = person;
    }
    Escalation escalation;
    escalation.id = "site";
    escalation.steps = {{Duration{0}, {{Target::Kind::Person, "ana"}}}, {minutes{5}, {{Target::Kind::Person, "bob"}}}};
    escalation.repeat = 1;
    escalation.repeat_after = minutes{5};
    escalation.fallback = {Target::Kind::Person, "bob"};
    roster.escalations["site"] = escalation;
    return roster;
}

Alert alert(const std::string& key, AlertAction action = AlertAction::Fire) {
    Alert alert;
    alert.source = "opsgenie";
    alert.key = key;
    alert.action = action;
    alert.is_followed_up = true;
    return alert;
}

Verdict verdict(const std::string& key, Duration resolve_after = {}) {
    Verdict verdict;
    verdict.rule = "all";
    verdict.urgency = Urgency::Page;
    verdict.incident_key = key;
    verdict.escalation = "site";
    verdict.resolve_after = resolve_after;
    return verdict;
}

std::vector<std::string> sent(const Rehearsal& rehearsal) {
    std::vector<std::string> all;
    for (const auto& [page, at] : rehearsal.sent()) all.push_back(page.person + " +" + format_duration(at - kNow));
    return all;
}

using Pages = std::vector<std::string>;

TEST(Rehearsal, WhoeverIsPagedAcknowledgesAfterTheTimeAssumed) {
    const auto team = roster();
    Rehearsal rehearsal(team, minutes{7});
    rehearsal.alert(alert("a"), verdict("a"), kNow);
    rehearsal.run_until(kNow + hours{24});
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s", "bob +5m"}));
    EXPECT_EQ(rehearsal.incidents().begin()->second.acknowledged_by, "ana");
}

TEST(Rehearsal, AnAnswerAtTheInstantOfTheNextStepIsInTime) {
    const auto team = roster();
    Rehearsal rehearsal(team, minutes{5});
    rehearsal.alert(alert("a"), verdict("a"), kNow);
    rehearsal.run_until(kNow + hours{24});
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s"}));
}

TEST(Rehearsal, EachCycleIsAnsweredAnew) {
    auto team = roster();
    team.escalations["site"].acknowledged_for = minutes{30};
    Rehearsal rehearsal(team, minutes{2});
    rehearsal.alert(alert("a"), verdict("a"), kNow);
    rehearsal.run_until(kNow + minutes{40});
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s", "ana +32m"}));
}

TEST(Rehearsal, WithoutAnswersItGoesOnToTheFallback) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    rehearsal.alert(alert("a"), verdict("a"), kNow);
    rehearsal.run_until(kNow + hours{24});
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s", "bob +5m", "ana +10m", "bob +15m", "bob +20m"}));
}

TEST(Rehearsal, ARepeatFallsIntoTheOpenIncidentAndAnEndCallsOffThePages) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    rehearsal.alert(alert("a"), verdict("a"), kNow);
    rehearsal.alert(alert("a"), verdict("a"), kNow + minutes{1});
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{2});
    rehearsal.run_until(kNow + hours{1});
    EXPECT_EQ(rehearsal.opened(), 1);
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s"}));
    rehearsal.alert(alert("a"), verdict("a"), kNow + hours{2});
    EXPECT_EQ(rehearsal.opened(), 2) << "the first was over";
}

TEST(Rehearsal, AKeyThatIsOpenAgainIsNotClosedByWhatIsSaidOfTheOldIncident) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    rehearsal.alert(alert("a"), verdict("web"), kNow);
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{1});
    rehearsal.alert(alert("b"), verdict("web"), kNow + minutes{2});
    rehearsal.alert(alert("a", AlertAction::Note), {}, kNow + minutes{3});
    rehearsal.alert(alert("b"), verdict("web"), kNow + minutes{4});
    EXPECT_EQ(rehearsal.opened(), 2);
}

TEST(Rehearsal, ForgettingThePastChangesNothingOfWhatIsToCome) {
    const auto team = roster();
    Rehearsal all(team, minutes{7});
    Rehearsal forgetful(team, minutes{7});
    Pages remembered;
    for (int hour = 0; hour < 50; ++hour) {
        const auto key = std::to_string(hour % 3);
        const auto action = hour % 7 == 6 ? AlertAction::Resolve : AlertAction::Fire;
        const auto at = kNow + hours{hour};
        all.alert(alert(key, action), verdict(key, minutes{90}), at);
        forgetful.alert(alert(key, action), verdict(key, minutes{90}), at);
        for (auto& one : sent(forgetful)) remembered.push_back(std::move(one));
        forgetful.forget_past();
        EXPECT_LE(forgetful.incidents().size(), 3U + 24U) << "what may be reopened, of a day, and what is open";
    }
    EXPECT_EQ(remembered, sent(all));
    EXPECT_EQ(forgetful.opened(), all.opened());
}

Verdict living(const std::string& key, Lifecycle lifecycle) {
    auto said = verdict(key);
    said.lifecycle = lifecycle;
    return said;
}

TEST(Rehearsal, HoldsAnEndBackAndGoesOnWithTheSameIncident) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    const auto said = living("disk", {.hold_down = minutes{10}});
    rehearsal.alert(alert("a"), said, kNow);
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{1});
    rehearsal.alert(alert("a"), said, kNow + minutes{2});
    rehearsal.run_until(kNow + minutes{5});
    EXPECT_EQ(sent(rehearsal), (std::vector<std::string>{"ana +0s", "ana +2m", "bob +5m"}));
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{6});
    rehearsal.run_until(kNow + minutes{16});
    EXPECT_EQ(rehearsal.newest("disk")->state, IncidentState::Resolved);
    EXPECT_EQ(rehearsal.opened(), 1);
}

TEST(Rehearsal, ReopensWhatItWasToldToForget) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    const auto said = living("disk", {.reopen_within = minutes{10}});
    rehearsal.alert(alert("a"), said, kNow);
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{1});
    rehearsal.forget_past();
    rehearsal.alert(alert("a"), said, kNow + minutes{11});
    EXPECT_EQ(rehearsal.opened(), 1);
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + minutes{12});
    rehearsal.run_until(kNow + hours{25});
    rehearsal.forget_past();
    EXPECT_TRUE(rehearsal.incidents().empty());
    rehearsal.alert(alert("a"), said, kNow + hours{25});
    EXPECT_EQ(rehearsal.opened(), 2);
}

TEST(Rehearsal, BeginsAnotherIncidentWhenTheLastAlertIsTooLongAgo) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    const auto said = living("disk", {.within = hours{1}});
    rehearsal.alert(alert("a"), said, kNow);
    rehearsal.alert(alert("a"), said, kNow + hours{2});
    EXPECT_EQ(rehearsal.opened(), 1) << "it never ended";
    rehearsal.alert(alert("b"), said, kNow + hours{4});
    rehearsal.alert(alert("a", AlertAction::Resolve), {}, kNow + hours{5});
    EXPECT_EQ(rehearsal.opened(), 2);
    EXPECT_EQ(rehearsal.incidents().at({1}).state, IncidentState::Resolved);
    EXPECT_EQ(rehearsal.newest("disk")->id, IncidentId{2});
}

TEST(Rehearsal, AnAlertThatSaysUntilWhenItHoldsIsOverByThenUnlessItIsSaidAgain) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    auto one = alert("a");
    one.ends_at = kNow + minutes{4};
    rehearsal.alert(one, verdict("a"), kNow);
    one.ends_at = kNow + minutes{7};
    rehearsal.alert(one, verdict("a"), kNow + minutes{3});
    rehearsal.run_until(kNow + minutes{6});
    EXPECT_TRUE(rehearsal.newest("a")->is_open());
    rehearsal.run_until(kNow + hours{1});
    EXPECT_EQ(rehearsal.newest("a")->resolved_at, kNow + minutes{7});
    EXPECT_EQ(sent(rehearsal), (Pages{"ana +0s", "bob +5m"}));
}

TEST(Rehearsal, OfSeveralAlertsTheOneThatHoldsLongestKeepsTheIncidentOpen) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    auto longer = alert("a");
    longer.ends_at = kNow + hours{2};
    rehearsal.alert(longer, verdict("disk"), kNow);
    auto shorter = alert("b");
    shorter.ends_at = kNow + minutes{4};
    rehearsal.alert(shorter, verdict("disk"), kNow);
    rehearsal.run_until(kNow + hours{1});
    EXPECT_TRUE(rehearsal.newest("disk")->is_open());
}

TEST(Rehearsal, TheRulesOwnQuietCountsAndNotTheAlertsEnd) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    auto one = alert("a");
    one.ends_at = kNow + minutes{4};
    rehearsal.alert(one, verdict("a", hours{1}), kNow);
    rehearsal.run_until(kNow + hours{3});
    EXPECT_EQ(rehearsal.newest("a")->resolved_at, kNow + hours{1});
}

TEST(Rehearsal, AnEndThatBelongsToAnEarlierFiringEndsNothing) {
    const auto team = roster();
    Rehearsal rehearsal(team);
    auto one = alert("a");
    one.began_at = kNow;
    rehearsal.alert(one, verdict("a"), kNow);
    auto old_end = alert("a", AlertAction::Resolve);
    old_end.began_at = kNow - hours{1};
    rehearsal.alert(old_end, {}, kNow + minutes{1});
    EXPECT_TRUE(rehearsal.newest("a")->is_open());
    old_end.began_at = kNow;
    rehearsal.alert(old_end, {}, kNow + minutes{2});
    EXPECT_FALSE(rehearsal.newest("a")->is_open());
}

}  // namespace
}  // namespace tocsin::engine::rehearsal_test
