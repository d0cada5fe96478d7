// One story each: what a team sees of one incident, in virtual time, through the whole runtime.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/story.hpp"
#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation::story_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Story : public StoryTest {
protected:
    void fire(const std::string& key = "disk full") { world_.fire(alert("source", key), verdict(key, "two-steps")); }
    void say(AlertAction action, const std::string& key = "disk full") { world_.follow_up(alert("source", key, action)); }
    [[nodiscard]] std::vector<Reason> reasons() const {
        std::vector<Reason> all;
        for (const auto& entry : timeline()) all.push_back(entry.reason);
        return all;
    }
    [[nodiscard]] bool happened(Reason reason) const {
        const auto all = reasons();
        return std::find(all.begin(), all.end(), reason) != all.end();
    }
};

TEST_F(Story, SecondStepIsPagedWhenNobodyAcknowledgesTheFirst) {
    fire();
    EXPECT_EQ(paged(), People{"ana"});
    world_.advance(minutes{4} + seconds{59});
    EXPECT_EQ(paged(), People{});
    world_.advance(seconds{1});
    EXPECT_EQ(paged(), People{"bob"});
    EXPECT_TRUE(happened(Reason::StepTimedOut));
}

TEST_F(Story, EveryStepAndRoundIsPagedThenTheFallbackThenItGivesUp) {
    fire();
    world_.advance(hours{5});
    EXPECT_EQ(paged(), (People{"ana", "bob", "ana", "bob", "chief"}));
    EXPECT_TRUE(happened(Reason::GaveUp));
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
}

TEST_F(Story, AcknowledgementStopsTheEscalation) {
    fire();
    world_.act(the_incident().id, engine::Acknowledge{"ana"});
    world_.advance(minutes{29});
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(the_incident().acknowledged_by, "ana");
}

TEST_F(Story, AcknowledgedAndSilentForTooLongPagesAgain) {
    fire();
    world_.act(the_incident().id, engine::Acknowledge{"ana"});
    world_.advance(minutes{30});
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    EXPECT_TRUE(happened(Reason::AcknowledgementEnded));
}

TEST_F(Story, ANoteKeepsAnAcknowledgementAlive) {
    fire();
    world_.act(the_incident().id, engine::Acknowledge{"ana"});
    world_.advance(minutes{20});
    world_.act(the_incident().id, engine::Note{"ana", "restarting the database"});
    world_.advance(minutes{29});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Story, RepeatedAlertNeitherPagesAgainNorDelaysTheNextStep) {
    fire();
    for (int i = 0; i < 5; ++i) {
        world_.advance(minutes{1});
        fire();
    }
    EXPECT_EQ(paged(), (People{"ana", "bob"}));
    EXPECT_EQ(the_incident().alerts, 6);
    EXPECT_EQ(world_.database().incidents.size(), 1U);
}

TEST_F(Story, SourceAcknowledgesSnoozesAndCloses) {
    fire();
    say(AlertAction::Acknowledge);
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    auto snooze = alert("source", "disk full", AlertAction::Snooze);
    snooze.until = world_.clock().now() + hours{2};
    world_.follow_up(snooze);
    world_.advance(hours{1});
    EXPECT_EQ(paged(), People{"ana"});
    world_.advance(hours{1});
    EXPECT_EQ(paged(), People{"ana"}) << "the snooze is over";
    say(AlertAction::Resolve);
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_TRUE(happened(Reason::ResolvedBySource));
    world_.advance(hours{2});
}

TEST_F(Story, IncidentOfTwoAlertsIsOverWhenBothAre) {
    world_.fire(alert("source", "web1"), verdict("lms", "two-steps"));
    world_.fire(alert("source", "web2"), verdict("lms", "two-steps"));
    say(AlertAction::Resolve, "web1");
    say(AlertAction::Resolve, "web1");
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    say(AlertAction::Resolve, "web2");
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Story, QuietForResolveAfterResolves) {
    auto quiet = verdict("disk full", "two-steps");
    quiet.resolve_after = minutes{4};
    world_.fire(alert("source", "disk full"), quiet);
    world_.advance(minutes{3});
    world_.fire(alert("source", "disk full"), quiet);
    world_.advance(minutes{3});
    EXPECT_EQ(paged(), (People{"ana", "bob"}));
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    world_.advance(minutes{1});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_TRUE(happened(Reason::ResolvedByQuiet));
}

TEST_F(Story, SameKeyAfterResolvedIsANewIncident) {
    fire();
    world_.act(the_incident().id, engine::Resolve{"ana", "mended"});
    fire();
    EXPECT_EQ(world_.database().incidents.size(), 2U);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Story, CrashAfterTheCommitStillPages) {
    fire();
    (void)paged();
    world_.advance(minutes{1});
    world_.crash();
    world_.advance(minutes{4});
    EXPECT_EQ(paged(), People{"bob"}) << "the timer of the second step outlives the process";
}

TEST_F(Story, CrashBetweenCommitAndSendPagesAtOnceAfterTheRestart) {
    world_.fire_and_crash(alert("source", "disk full"), verdict("disk full", "two-steps"));
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Story, RefusedCommitDelaysATimerByMomentsOnly) {
    fire();
    (void)paged();
    world_.advance(minutes{5} - seconds{1});
    world_.refuse_next_commits(3);
    world_.advance(seconds{3});
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(Story, RecordedAlertOpensNoIncidentAndIsKept) {
    auto record = verdict("disk full", "two-steps");
    record.urgency = Urgency::Record;
    world_.fire(alert("source", "disk full"), record);
    EXPECT_TRUE(world_.database().incidents.empty());
    EXPECT_EQ(world_.database().alerts.at(IncidentId{}).size(), 1U);
}

TEST_F(Story, LouderAlertTurnsANoticeIntoAPage) {
    auto notice = verdict("disk full", "two-steps");
    notice.urgency = Urgency::Notice;
    world_.fire(alert("source", "disk full"), notice);
    EXPECT_EQ(paged(), People{});
    fire();
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_TRUE(happened(Reason::UrgencyRaised));
}

TEST(LossyProvider, NextStepIsPagedAtOnceWhenEveryPageOfAStepIsRefused) {
    World world{small_team(), 1, {.provider_rejects = 1}};
    world.fire(alert("source", "disk full"), verdict("disk full", "two-steps"));
    ASSERT_EQ(world.attempts().size(), 5U) << "ana, bob, ana, bob, chief: nobody can be reached, so nobody is waited for";
    const auto& timeline = world.database().timeline.begin()->second;
    const auto is_loud = [](const TimelineEntry& entry) { return entry.reason == Reason::NobodyReachable; };
    EXPECT_TRUE(std::any_of(timeline.begin(), timeline.end(), is_loud));
    world.end_faults();
    world.advance(minutes{5});
    EXPECT_EQ(world.attempts().size(), 6U) << "and it is tried again";
    EXPECT_TRUE(world.attempts().back().was_delivered);
    EXPECT_TRUE(world.broken().empty());
}

TEST(Year, OfATeamKeepsEveryPromise) {
    World world{small_team(), 7, {}};
    auto& rng = world.rng();
    for (int day = 0; day < 365; ++day) {
        for (int i = 0; i < 6; ++i) {
            const auto key = "check " + std::to_string(rng.below(20));
            world.fire(alert("source", key), verdict(key, "two-steps"));
            world.advance(minutes{static_cast<std::int64_t>(rng.below(240))});
            for (const auto& incident : world.open_incidents()) {
                if (rng.one_in(2)) world.act(incident.id, engine::Resolve{"ana", ""});
            }
        }
        world.advance(hours{12});
    }
    EXPECT_TRUE(world.broken().empty());
    EXPECT_GT(world.database().incidents.size(), 1'500U);
}

}  // namespace
}  // namespace tocsin::simulation::story_test
