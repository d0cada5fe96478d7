// Who may speak for whom.
#include "core/engine/dependency.hpp"

#include <gtest/gtest.h>

#include "core/engine/engine.hpp"

namespace tocsin::engine::dependency_test {
namespace {

const TimePoint kNow = from_unix_ms(1'772'323'200'000);

Incident paging() {
    Incident incident;
    incident.id = {1};
    incident.service = "mysql";
    incident.outstanding = 1;
    incident.step_due_at = kNow + std::chrono::minutes{5};
    return incident;
}

TEST(Dependency, WhoeverIsPagedForSpeaksForOthers) { EXPECT_EQ(shelter_of(paging()), Shelter::Everyone); }

TEST(Dependency, WhatNobodyIsPagedForSpeaksForNobody) {
    const auto changed = [](auto change) {
        auto incident = paging();
        change(incident);
        return shelter_of(incident);
    };
    EXPECT_EQ(changed([](Incident& i) { i.state = IncidentState::Resolved; }), Shelter::None);
    EXPECT_EQ(changed([](Incident& i) { i.urgency = Urgency::Notice; }), Shelter::None);
    EXPECT_EQ(changed([](Incident& i) { i.silenced_until = kNow; }), Shelter::None);
    EXPECT_EQ(changed([](Incident& i) { i.told_at = {7}; }), Shelter::None);
    EXPECT_EQ(changed([](Incident& i) { i.is_drill = true; }), Shelter::None);
    EXPECT_EQ(changed([](Incident& i) { i.step_due_at.reset(); }), Shelter::None) << "it gave up";
    EXPECT_EQ(changed([](Incident& i) { i.is_exhausted = true, i.outstanding = 0; }), Shelter::None) << "nobody is reached";
}

TEST(Dependency, SnoozedSpeaksForThoseItHadOnly) {
    auto snoozed = paging();
    snoozed.state = IncidentState::Acknowledged;
    EXPECT_EQ(shelter_of(snoozed), Shelter::Everyone);
    snoozed.snoozed_until = kNow;
    EXPECT_EQ(shelter_of(snoozed), Shelter::KnownOnly);
}

TEST(Dependency, NeedsAreWalkedOnceEachTheNearestFirstEvenInACircle) {
    Roster roster;
    const auto add = [&](const std::string& id, std::vector<std::string> on) {
        roster.services[id].id = id;
        roster.services[id].depends_on = std::move(on);
    };
    add("a", {"b", "c"});
    add("b", {"d"});
    add("c", {"d", "gone"});
    add("d", {"a"});
    EXPECT_EQ(needs_of("a", roster), (std::vector<std::string_view>{"b", "c", "d", "gone"}));
    EXPECT_TRUE(needs_of("unknown", roster).empty());
}

TEST(Dependency, RepeatsDoNotAskWhatElseIsOpen) {
    Fired repeat;
    repeat.severity = Severity::Moderate;
    EXPECT_FALSE(may_page(paging(), repeat));
    repeat.severity = Severity::High;
    EXPECT_TRUE(may_page(paging(), repeat)) << "it is worse";
    EXPECT_TRUE(may_page(paging(), Woke{}));
    EXPECT_FALSE(may_page(paging(), Acknowledge{"ana"}));
}

TEST(Dependency, OthersAreReleasedWhenAnIncidentStopsOrIsMadeLessBad) {
    auto after = paging();
    EXPECT_FALSE(shelters_less({Shelter::Everyone, Severity::Moderate}, after));
    EXPECT_TRUE(shelters_less({Shelter::Everyone, Severity::High}, after));
    after.state = IncidentState::Resolved;
    EXPECT_TRUE(shelters_less({Shelter::Everyone, Severity::Moderate}, after));
    EXPECT_FALSE(shelters_less({Shelter::None, Severity::Moderate}, after)) << "nobody was told there";
}

TEST(Dependency, OfSeveralTheWorstSpeaksThenTheOldest) {
    Transition t;
    t.incident = paging();
    t.incident.id = {9};
    t.incident.service = "lms";
    const Surroundings around{{{{5}, "mysql", Severity::Moderate, Shelter::Everyone},
                               {{4}, "mysql", Severity::Critical, Shelter::KnownOnly},
                               {{3}, "mysql", Severity::High, Shelter::Everyone},
                               {{2}, "mysql", Severity::High, Shelter::Everyone},
                               {{1}, "mysql", Severity::Low, Shelter::Everyone}}};
    t.around = &around;
    ASSERT_TRUE(tell_at_parent(t, kNow));
    EXPECT_EQ(t.incident.told_at, IncidentId{2});
    EXPECT_TRUE(t.overtakes_pages);
}

}  // namespace
}  // namespace tocsin::engine::dependency_test
