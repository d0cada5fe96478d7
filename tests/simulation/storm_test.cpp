// Stories of storms and outages: what is paged alone, what goes into a digest, and that nobody is forgotten for it.
#include <gtest/gtest.h>

#include "tests/simulation/among_others.hpp"

namespace tocsin::simulation::storm_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A service may page three times in ten minutes, ana five times; digests collect for two minutes.
std::shared_ptr<Roster> team_with_limits() {
    auto roster = team_with_services();
    for (auto& [id, service] : roster->services) service.storm = PagingLimit{3, minutes{10}};
    roster->people.at("ana").storm = PagingLimit{5, minutes{10}};
    roster->storm.digest_after = minutes{2};
    roster->storm.stale_after = minutes{30};
    return roster;
}

class Storm : public AmongOthers {
protected:
    Storm() : AmongOthers(team_with_limits()) {}
    /// So many incidents of a service.
    void fire_many(const std::string& service, int count) {
        for (int i = 0; i < count; ++i) (void)fire(service, Severity::High, service + " " + std::to_string(++fired_));
    }

private:
    int fired_ = 0;
};

TEST_F(Storm, SurplusOfAServiceGoesIntoOneDigest) {
    fire_many("mysql", 6);
    EXPECT_EQ(paged(), (Texts{"ana mysql 1", "ana mysql 2", "ana mysql 3"}));
    EXPECT_TRUE(incident({4}).is_digested);
    EXPECT_TRUE(happened({4}, Reason::Digested));
    world_.advance(minutes{1} + seconds{59});
    EXPECT_EQ(paged(), Texts{});
    world_.advance(seconds{1});
    EXPECT_EQ(paged(), Texts{"ana 3 in a digest"});
    EXPECT_TRUE(happened({4}, Reason::PageDelivered)) << "whoever got the digest was told of it";
}

TEST_F(Storm, SurplusOfAPersonGoesIntoOneDigestWhateverTheService) {
    fire_many("mysql", 3);
    fire_many("search", 3);
    EXPECT_EQ(paged().size(), 5U);
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"ana 1 in a digest"});
}

TEST_F(Storm, NextStepOfWhatNobodyAcknowledgesGoesOnIntoTheDigestOfTheNext) {
    fire_many("mysql", 6);
    world_.advance(minutes{4});
    (void)paged();
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), Texts{}) << "the service has been paged for three times in these ten minutes: bob gets one digest";
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"bob 6 in a digest"});
}

TEST_F(Storm, AnAcknowledgementTakesAnIncidentOutOfTheDigest) {
    fire_many("mysql", 6);
    (void)paged();
    world_.act({5}, engine::Acknowledge{"ana"});
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"ana 2 in a digest"});
}

TEST_F(Storm, ADigestThatHasNothingLeftToSayIsNotSent) {
    fire_many("mysql", 4);
    (void)paged();
    world_.act({4}, engine::Resolve{"ana", ""});
    world_.advance(minutes{3});
    EXPECT_EQ(paged(), Texts{});
    for (std::int64_t id = 1; id <= 3; ++id) resolve({id});
    EXPECT_TRUE(world_.database().pending.empty()) << "its page is overtaken, not overdue";
}

TEST_F(Storm, DigestSurvivesACrash) {
    fire_many("mysql", 5);
    world_.advance(seconds{1});
    (void)paged();
    world_.crash();
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"ana 2 in a digest"});
}

TEST_F(Storm, IsOverWhenTheLimitsTimeHasPassed) {
    fire_many("mysql", 3);
    for (std::int64_t id = 1; id <= 3; ++id) resolve({id});
    world_.advance(minutes{11});
    (void)paged();
    fire_many("mysql", 1);
    EXPECT_EQ(paged(), Texts{"ana mysql 4"});
}

TEST_F(Storm, OneIncidentsManyStepsCountForThePersonWhoGetsThem) {
    fire_many("mysql", 1);
    world_.advance(minutes{15});
    EXPECT_EQ(paged(), (Texts{"ana mysql 1", "bob mysql 1", "ana mysql 1", "bob mysql 1"}));
}

TEST_F(Storm, WhatSomebodyAsksForByHandIsNeverHeldBack) {
    fire_many("mysql", 4);
    (void)paged();
    world_.act({4}, engine::Escalate{"ana"});
    EXPECT_EQ(paged(), Texts{"bob mysql 4"});
    for (std::int64_t id = 1; id <= 4; ++id) resolve({id});
}

class FailingDigest : public Storm {};

TEST_F(FailingDigest, PagesTheNextStepOfEverythingThatItHeldAtOnce) {
    fire_many("mysql", 5);
    (void)paged();
    world_.reject_next_sends(1);
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"ana 2 in a digest"});
    EXPECT_TRUE(happened({5}, Reason::PageFailed));
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"bob 2 in a digest"}) << "not five minutes after the first step, but at once";
}

class Outage : public Storm {};

TEST_F(Outage, WhatIsStillOpenAfterHoursIsOneDigestForEach) {
    fire_many("mysql", 2);
    fire_many("search", 2);
    world_.advance(seconds{1});
    EXPECT_EQ(paged().size(), 4U);
    world_.be_down_for(hours{3});
    EXPECT_EQ(paged(), Texts{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), Texts{"bob 4 in a digest"});
}

TEST_F(Outage, PagesLeftFromBeforeItAreFoldedToo) {
    auto said = verdict("night", "two-steps");
    said.service = "search";
    world_.fire_and_be_down({alert("source", "night"), said}, hours{3});
    (void)fire("mysql", Severity::High);
    EXPECT_EQ(paged(), Texts{"ana mysql"}) << "what happens now is paged now";
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), (Texts{"bob 1 in a digest", "ana 1 in a digest"})) << "ana never got hers, and bob's time has come";
    EXPECT_TRUE(happened({1}, Reason::Digested));
}

TEST_F(Outage, ShortOneChangesNothing) {
    fire_many("mysql", 2);
    (void)paged();
    world_.be_down_for(minutes{29});
    world_.advance(seconds{1});
    EXPECT_EQ(paged(), (Texts{"bob mysql 1", "bob mysql 2"}));
}

}  // namespace
}  // namespace tocsin::simulation::storm_test
