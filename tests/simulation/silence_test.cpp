// One story each of what a silence does to an incident, in virtual time, through the whole runtime.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/story.hpp"
#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation::silence_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SilenceStory : public StoryTest {
protected:
    [[nodiscard]] TimePoint in(Duration wait) const { return world_.clock().now() + wait; }
    void fire(Verdict said, const std::string& key = "disk full") { world_.fire(alert("source", key), std::move(said)); }
    static Verdict loud() { return verdict("disk", "two-steps"); }
    [[nodiscard]] Verdict silenced(Duration wait, const std::string& by = "patching") const {
        auto said = loud();
        said.silenced = Silencing{by, in(wait)};
        return said;
    }
    [[nodiscard]] std::string said(Reason reason) const {
        for (const auto& entry : timeline()) {
            if (entry.reason == reason) return entry.detail;
        }
        return "nothing";
    }
};

TEST_F(SilenceStory, NobodyIsPagedUntilItEndsAndThenTheFirstStepIs) {
    fire(silenced(hours{2}));
    EXPECT_EQ(said(Reason::Silenced), "by \"patching\" until 2026-03-01T02:00:00Z");
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    world_.advance(hours{2} - seconds{1});
    EXPECT_EQ(paged(), People{});
    world_.advance(seconds{1});
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(said(Reason::SilenceEnded), "\"patching\" is over");
    EXPECT_EQ(world_.database().pages.begin()->second.reason, Reason::SilenceEnded);
    world_.advance(minutes{5});
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(SilenceStory, WhatIsOverByItsEndPagesNobody) {
    fire(silenced(hours{2}));
    world_.follow_up(alert("source", "disk full", AlertAction::Resolve));
    world_.advance(hours{3});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_FALSE(the_incident().is_silenced());
    EXPECT_EQ(said(Reason::SilenceEnded), "nothing");
}

TEST_F(SilenceStory, QuietWithinItResolvesWithoutAPage) {
    auto quiet_soon = silenced(hours{2});
    quiet_soon.resolve_after = minutes{10};
    fire(quiet_soon);
    world_.advance(hours{3});
    EXPECT_EQ(the_incident().resolved_at, the_incident().opened_at + minutes{10});
}

TEST_F(SilenceStory, WhatSomebodyAcknowledgedWithinItStaysAcknowledged) {
    fire(silenced(minutes{20}));
    act(engine::Acknowledge{"bob"});
    world_.advance(minutes{21});
    EXPECT_EQ(the_incident().state, IncidentState::Acknowledged);
    EXPECT_EQ(said(Reason::SilenceEnded), "\"patching\" is over; acknowledged by bob, so nobody is paged");
}

TEST_F(SilenceStory, AnAcknowledgementThatEndsWithinItWaitsForItsEnd) {
    fire(silenced(hours{2}));
    act(engine::Acknowledge{"bob"});  // For 30 minutes.
    world_.advance(minutes{119});
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, ASnoozeThatEndsWithinItWaitsForItsEnd) {
    fire(silenced(hours{2}));
    act(engine::Snooze{"bob", in(hours{1})});
    world_.advance(minutes{119});
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, AnAlertThatItDoesNotCoverPagesAtOnce) {
    fire(silenced(hours{2}));
    auto worse = loud();
    worse.severity = Severity::Critical;
    worse.summary = "disk gone";
    fire(worse, "disk gone");
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(said(Reason::SilenceEnded), "\"patching\" does not cover this alert: disk gone");
    act(engine::Resolve{"ana", ""});
}

TEST_F(SilenceStory, AQuieterAlertThatItDoesNotCoverLeavesItAsItIs) {
    fire(silenced(hours{2}));
    auto notice = loud();
    notice.urgency = Urgency::Notice;
    fire(notice, "disk slow");
    EXPECT_TRUE(the_incident().is_silenced());
}

TEST_F(SilenceStory, TakenOutOfTheRulebookItEndsWithTheNextAlert) {
    fire(silenced(hours{2}));
    world_.advance(minutes{10});
    fire(loud());
    EXPECT_EQ(paged(), People{"ana"});
    act(engine::Resolve{"ana", ""});
}

TEST_F(SilenceStory, MadeLongerItEndsLaterForWhatStillFires) {
    fire(silenced(hours{1}));
    world_.advance(minutes{30});
    fire(silenced(hours{2}));
    world_.advance(minutes{119});
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, OfTwoTheOneThatEndsFirstCounts) {
    fire(silenced(hours{2}, "patching"));
    fire(silenced(hours{1}, "moving house"), "disk slow");
    fire(silenced(hours{3}, "patching again"), "disk slow");
    EXPECT_EQ(the_incident().silence, "moving house");
    world_.advance(hours{1});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, WhatPagedBeforeItBeganGoesOn) {
    fire(loud());
    EXPECT_EQ(paged(), People{"ana"});
    fire(silenced(hours{2}));
    world_.advance(minutes{5});
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(SilenceStory, ANoticeThatBecomesAPageWithinItIsPagedAtItsEnd) {
    auto notice = loud();
    notice.urgency = Urgency::Notice;
    fire(notice);
    fire(silenced(hours{1}));
    world_.advance(minutes{59});
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, SomebodyWhoAsksForTheNextStepEndsIt) {
    fire(silenced(hours{2}));
    act(engine::Escalate{"bob"});
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_FALSE(the_incident().is_silenced());
    EXPECT_EQ(said(Reason::SilenceEnded), "\"patching\" was ended by hand");
}

TEST_F(SilenceStory, OneThatIsOverWhenTheAlertIsLookedAtCoversNothing) {
    fire(silenced(seconds{0}));
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(SilenceStory, ACrashDoesNotForgetItsEnd) {
    fire(silenced(hours{2}));
    world_.crash();
    world_.advance(hours{2});
    EXPECT_EQ(paged(), People{"ana"});
}

}  // namespace
}  // namespace tocsin::simulation::silence_test
