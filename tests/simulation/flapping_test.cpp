// What is over and fires again: held back, reopened, flapping; and what becomes worse after somebody took it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/simulation/story.hpp"

namespace tocsin::simulation::flapping_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Flapping : public StoryTest {
protected:
    void fire(Severity severity = Severity::High, const std::string& key = "disk") {
        auto said = verdict("disk", "two-steps");
        said.lifecycle = lifecycle_;
        said.severity = severity;
        world_.fire(alert("source", key), said);
    }
    void end(const std::string& key = "disk") { world_.follow_up(alert("source", key, AlertAction::Resolve)); }
    /// But for the entries that say who was paged for that reason.
    [[nodiscard]] std::size_t count(Reason reason) const {
        const auto is_it = [&](const TimelineEntry& entry) {
            return entry.reason == reason && !entry.detail.starts_with("paged ");
        };
        return static_cast<std::size_t>(std::count_if(timeline().begin(), timeline().end(), is_it));
    }
    [[nodiscard]] std::size_t incidents() const { return world_.database().incidents.size(); }

    Lifecycle lifecycle_;
};

TEST_F(Flapping, HeldBackEndStopsThePagesAndIsBelievedWhenNothingFires) {
    lifecycle_.hold_down = minutes{10};
    fire();
    world_.advance(minutes{1});
    end();
    world_.advance(minutes{9});
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    world_.advance(minutes{1});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(count(Reason::ResolveHeld), 1U);
    EXPECT_EQ(count(Reason::ResolvedBySource), 1U);
}

TEST_F(Flapping, FiringAgainWhileHeldBackPagesTheStepAgainAndKeepsTheNextOnesTime) {
    lifecycle_.hold_down = minutes{10};
    fire();
    world_.advance(minutes{1});
    end();
    world_.advance(minutes{1});
    fire();
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    world_.advance(minutes{3});
    EXPECT_EQ(paged(), People{"bob"}) << "five minutes after the first page, whatever came and went";
}

TEST_F(Flapping, WhatFiresAgainAfterTheNextStepWasDueGoesOnThere) {
    lifecycle_.hold_down = minutes{10};
    fire();
    end();
    world_.advance(minutes{6});
    EXPECT_EQ(paged(), People{"ana"});
    fire();
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(Flapping, NobodyIsPagedForWhatFiresAgainAndIsAcknowledged) {
    lifecycle_.hold_down = minutes{10};
    fire();
    act(engine::Acknowledge{"ana"});
    end();
    world_.advance(minutes{2});
    fire();
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, EndOfAnAcknowledgementWaitsWhileTheEndIsHeldBack) {
    lifecycle_.hold_down = hours{1};
    fire();
    act(engine::Acknowledge{"ana"});
    end();
    world_.advance(minutes{45});
    EXPECT_EQ(paged(), People{"ana"});
    fire();
    EXPECT_EQ(paged(), People{"ana"}) << "the acknowledgement has been over for a quarter of an hour";
}

TEST_F(Flapping, SoonAfterItWasOverTheSameIncidentGoesOn) {
    lifecycle_.reopen_within = minutes{10};
    fire();
    end();
    world_.advance(minutes{10});
    fire();
    EXPECT_EQ(incidents(), 1U);
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    EXPECT_EQ(count(Reason::FiredAgain), 1U);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    end();
    world_.advance(minutes{11});
    fire();
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, WhatAPersonResolvedIsAnotherIncidentWhenItFiresAgain) {
    lifecycle_.reopen_within = minutes{10};
    fire();
    act(engine::Resolve{"ana", "mended"});
    fire();
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Flapping, ReopenedAfterQuietEndsWithWhatFiresNow) {
    lifecycle_.reopen_within = minutes{30};
    auto said = verdict("disk", "two-steps");
    said.lifecycle = lifecycle_;
    said.resolve_after = minutes{4};
    world_.fire(alert("source", "one"), said);
    world_.advance(minutes{4});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    world_.fire(alert("source", "two"), said);
    end("one");
    EXPECT_EQ(the_incident().state, IncidentState::Triggered) << "what ended is not what fires";
    end("two");
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Flapping, OnePageForAllOfItOnceItFlaps) {
    lifecycle_ = {.reopen_within = minutes{10}, .flapping = {3, hours{1}, minutes{30}}};
    fire();
    for (int i = 0; i < 3; ++i) {
        end();
        world_.advance(minutes{2});
        fire();
    }
    EXPECT_EQ(count(Reason::FiredAgain), 2U);
    EXPECT_EQ(count(Reason::Flapping), 1U);
    EXPECT_EQ(paged(), (People{"ana", "ana", "ana", "ana"}));
    act(engine::Acknowledge{"ana"});
    for (int i = 0; i < 10; ++i) {
        world_.advance(minutes{1});
        end();
        EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
        world_.advance(minutes{1});
        fire();
    }
    EXPECT_EQ(the_incident().flaps, 13);
    EXPECT_LT(timeline().size(), 25U) << "what flaps does not fill its timeline";
}

TEST_F(Flapping, AFlapperThatNobodyAcknowledgesGoesOnEscalating) {
    lifecycle_ = {.reopen_within = minutes{10}, .flapping = {1, hours{1}, minutes{30}}};
    fire();
    end();
    fire();
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    end();
    world_.advance(minutes{15});
    EXPECT_EQ(paged(), (People{"bob", "ana", "bob"})) << "it may be over, and it has been so before";
}

TEST_F(Flapping, IsOverWhenItHasBeenCalmAndResolvesIfNothingFires) {
    lifecycle_ = {.reopen_within = minutes{10}, .flapping = {1, hours{1}, minutes{30}}};
    fire();
    end();
    fire();
    act(engine::Acknowledge{"ana"});
    end();
    world_.advance(minutes{29});
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    world_.advance(minutes{1});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(count(Reason::FlappingOver), 1U);
    EXPECT_EQ(the_incident().flaps, 0);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Flapping, CalmWhileItFiresEndsTheFlappingAndNotTheIncident) {
    lifecycle_ = {.hold_down = minutes{5}, .flapping = {1, hours{1}, minutes{10}}};
    fire();
    act(engine::Acknowledge{"ana"});
    end();
    fire();
    world_.advance(minutes{10});
    EXPECT_EQ(count(Reason::FlappingOver), 1U);
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    end();
    world_.advance(minutes{5});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, FlapsThatLieFarApartAreNotCountedTogether) {
    lifecycle_ = {.hold_down = hours{2}, .flapping = {2, minutes{30}, minutes{10}}};
    fire();
    act(engine::Snooze{"ana", world_.clock().now() + hours{10}});
    for (int i = 0; i < 3; ++i) {
        end();
        world_.advance(minutes{40});
        fire();
    }
    EXPECT_EQ(count(Reason::Flapping), 0U);
    EXPECT_EQ(count(Reason::FiredAgain), 3U);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, WorseAlertPagesAgainThoughItIsAcknowledged) {
    fire(Severity::Moderate);
    act(engine::Acknowledge{"ana"});
    fire(Severity::Moderate, "another");
    EXPECT_EQ(paged(), People{"ana"});
    fire(Severity::Critical, "a third");
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    EXPECT_EQ(count(Reason::BecameWorse), 1U);
}

TEST_F(Flapping, WorseAlertPagesNobodyAgainWhereTheRuleSaysSo) {
    lifecycle_.re_page_on_worse = false;
    fire(Severity::Moderate);
    act(engine::Acknowledge{"ana"});
    fire(Severity::Critical, "another");
    EXPECT_EQ(the_incident().severity, Severity::Critical);
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, WorseAlertDoesNotHoldUpTheEscalationThatIsUnderWay) {
    fire(Severity::Moderate);
    world_.advance(minutes{4});
    fire(Severity::Critical, "another");
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), (People{"ana", "bob"}));
}

TEST_F(Flapping, SeverityThatAPersonLoweredIsOverruledOnlyByWorseThanAllBefore) {
    fire(Severity::High);
    act(engine::Acknowledge{"ana"});
    act(engine::ChangeSeverity{"ana", Severity::Low, "one customer"});
    fire(Severity::High, "another");
    EXPECT_EQ(the_incident().severity, Severity::Low);
    fire(Severity::Critical, "a third");
    EXPECT_EQ(the_incident().severity, Severity::Critical);
    EXPECT_FALSE(the_incident().is_severity_by_hand);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Flapping, SeverityThatAPersonRaisesPagesAgain) {
    fire(Severity::Moderate);
    act(engine::Acknowledge{"ana"});
    act(engine::ChangeSeverity{"bob", Severity::Critical, ""});
    EXPECT_EQ(the_incident().severity, Severity::Critical);
    EXPECT_TRUE(the_incident().is_severity_by_hand);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Flapping, NoticeThatAPersonRaisesPages) {
    auto said = verdict("disk", "two-steps");
    said.urgency = Urgency::Notice;
    said.severity = Severity::Low;
    world_.fire(alert("source", "disk"), said);
    EXPECT_EQ(paged(), People{});
    act(engine::ChangeSeverity{"bob", Severity::High, ""});
    EXPECT_EQ(the_incident().urgency, Urgency::Page);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Flapping, PriorityThatOpsgenieChangedIsTheSeverity) {
    fire(Severity::Moderate);
    auto update = alert("source", "disk", AlertAction::Update);
    update.action_name = "UpdatePriority";
    update.priority = "P1";
    update.actor = "cambridge-a";
    world_.follow_up(update);
    EXPECT_EQ(the_incident().severity, Severity::Critical);
    EXPECT_EQ(timeline().back().reason, Reason::SeverityChanged);
    EXPECT_EQ(timeline().back().actor, "cambridge-a");
    EXPECT_EQ(paged(), People{"ana"});
}

}  // namespace
}  // namespace tocsin::simulation::flapping_test
