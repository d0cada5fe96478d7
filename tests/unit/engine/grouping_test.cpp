// Which incident a firing alert goes to.
#include "core/engine/grouping.hpp"

#include <gtest/gtest.h>

namespace tocsin::engine::grouping_test {
namespace {

using std::chrono::minutes;

constexpr auto kNow = TimePoint{Duration{1'795'000'000'000}};

Verdict verdict(Lifecycle lifecycle = {}) {
    Verdict verdict;
    verdict.urgency = Urgency::Page;
    verdict.incident_key = "disk";
    verdict.lifecycle = lifecycle;
    return verdict;
}

Incident open_one(Duration since_last_alert) {
    Incident incident;
    incident.id = {7};
    incident.key = "disk";
    incident.last_alert_at = kNow - since_last_alert;
    return incident;
}

Incident resolved_one(Duration since) {
    auto incident = open_one(since);
    incident.state = IncidentState::Resolved;
    incident.resolved_at = kNow - since;
    return incident;
}

Place place(const Incident& latest, const Verdict& verdict) { return place_of(&latest, verdict, kNow); }

TEST(Grouping, FirstAlertOpensAnIncident) { EXPECT_EQ(place_of(nullptr, verdict(), kNow), Place::Opens); }

TEST(Grouping, WhatIsOnlyRecordedOpensAndReopensNothingButJoinsWhatIsOpen) {
    auto recorded = verdict({.within = minutes{1}, .reopen_within = minutes{10}});
    recorded.urgency = Urgency::Record;
    EXPECT_EQ(place_of(nullptr, recorded, kNow), Place::Nowhere);
    EXPECT_EQ(place(resolved_one(minutes{1}), recorded), Place::Nowhere);
    EXPECT_EQ(place(open_one(minutes{5}), recorded), Place::Joins);
}

TEST(Grouping, WithoutAWindowAnAlertJoinsHoweverLateItComes) {
    EXPECT_EQ(place(open_one(std::chrono::days{30}), verdict()), Place::Joins);
}

TEST(Grouping, TheWindowEndsSoLongAfterTheLastAlert) {
    const auto said = verdict({.within = minutes{60}});
    EXPECT_EQ(place(open_one(minutes{60}), said), Place::Joins);
    EXPECT_EQ(place(open_one(minutes{60} + Duration{1}), said), Place::OpensBeside);
}

TEST(Grouping, ReopensWithinTheTimeThatTheAlertsRuleSays) {
    const auto said = verdict({.reopen_within = minutes{10}});
    EXPECT_EQ(place(resolved_one(minutes{10}), said), Place::Reopens);
    EXPECT_EQ(place(resolved_one(minutes{10} + Duration{1}), said), Place::Opens);
    EXPECT_EQ(place(resolved_one(minutes{1}), verdict()), Place::Opens);
}

TEST(Grouping, WhatAPersonResolvedOrMergedIsNotReopened) {
    const auto said = verdict({.reopen_within = minutes{10}});
    auto by_hand = resolved_one(minutes{1});
    by_hand.is_resolved_by_hand = true;
    EXPECT_EQ(place(by_hand, said), Place::Opens);
    auto merged = resolved_one(minutes{1});
    merged.merged_into = {8};
    EXPECT_EQ(place(merged, said), Place::Opens);
}

TEST(Grouping, OneThatStandsAsideKeepsTheKeyThatItsAlertsHave) {
    const auto aside = stand_aside(open_one(minutes{90}), kNow).incident;
    EXPECT_EQ(aside.key, "disk#7");
    EXPECT_EQ(aside.origin_key, "disk");
    const auto again = stand_aside(aside, kNow).incident;
    EXPECT_EQ(again.key, "disk#7");
    EXPECT_EQ(again.origin_key, "disk");
}

}  // namespace
}  // namespace tocsin::engine::grouping_test
