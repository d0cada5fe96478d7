// Which alerts are one incident: by time, and by what people say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/simulation/story.hpp"

namespace tocsin::simulation::merge_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Regrouping : public StoryTest {
protected:
    /// An alert `key` into the incident of the same name.
    void fire(const std::string& key, Severity severity = Severity::High) { fire_into(key, key, severity); }
    void fire_into(const std::string& incident, const std::string& key, Severity severity = Severity::High) {
        auto said = verdict(incident, "two-steps");
        said.severity = severity;
        said.lifecycle = lifecycle_;
        world_.fire(alert("source", key), said);
    }
    void end(const std::string& key) { world_.follow_up(alert("source", key, AlertAction::Resolve)); }
    [[nodiscard]] const Incident& incident(std::int64_t id) const { return world_.database().incidents.at({id}); }
    [[nodiscard]] std::size_t incidents() const { return world_.database().incidents.size(); }
    [[nodiscard]] bool happened(std::int64_t id, Reason reason) const {
        const auto& entries = world_.database().timeline.at({id});
        return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.reason == reason; });
    }

    Lifecycle lifecycle_;
};

TEST_F(Regrouping, MergedIncidentIsResolvedAndPagesNobodyAnyMore) {
    fire("disk");
    fire("host");
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    world_.act({2}, engine::Acknowledge{"ana"});
    world_.merge({1}, {2});
    EXPECT_EQ(incident(1).state, IncidentState::Resolved);
    EXPECT_EQ(incident(1).merged_into, IncidentId{2});
    EXPECT_TRUE(happened(1, Reason::Merged));
    EXPECT_TRUE(happened(2, Reason::TookOver));
    EXPECT_EQ(incident(2).state, IncidentState::Acknowledged);
    EXPECT_EQ(incident(2).alerts, 2);
    world_.advance(minutes{20});
}

TEST_F(Regrouping, AlertsOfTheMergedIncidentGoOnInTheOther) {
    fire("disk");
    fire("host");
    world_.act({2}, engine::Acknowledge{"ana"});
    world_.merge({1}, {2});
    fire_into("disk", "another");
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(incident(2).firing, 3);
    end("host");
    end("disk");
    EXPECT_EQ(incident(2).state, IncidentState::Acknowledged);
    end("another");
    EXPECT_EQ(incident(2).state, IncidentState::Resolved);
    fire("disk");
    EXPECT_EQ(incidents(), 3U) << "what it was merged into is over";
    EXPECT_EQ(paged(), (People{"ana", "ana", "ana"}));
}

TEST_F(Regrouping, WhatWasMergedTwiceIsFoundAtTheEnd) {
    for (const auto* key : {"disk", "host", "rack"}) fire(key);
    world_.act({3}, engine::Acknowledge{"ana"});
    world_.merge({1}, {2});
    world_.merge({2}, {3});
    fire_into("disk", "another");
    EXPECT_EQ(incidents(), 3U);
    EXPECT_EQ(incident(3).firing, 4);
    EXPECT_EQ(paged(), (People{"ana", "ana", "ana"}));
}

TEST_F(Regrouping, WorseIncidentThatIsMergedIntoAnAcknowledgedOnePagesAgain) {
    fire("disk", Severity::Critical);
    fire("host", Severity::Moderate);
    world_.act({2}, engine::Acknowledge{"ana"});
    world_.merge({1}, {2});
    EXPECT_EQ(incident(2).severity, Severity::Critical);
    EXPECT_TRUE(happened(2, Reason::BecameWorse));
    EXPECT_EQ(paged(), (People{"ana", "ana", "ana"}));
    world_.act({2}, engine::Acknowledge{"ana"});
}

TEST_F(Regrouping, AnAlertThatFiresInBothCountsOnce) {
    fire_into("disk", "shared");
    fire_into("host", "shared");
    fire_into("host", "own");
    world_.act({2}, engine::Acknowledge{"ana"});
    world_.merge({1}, {2});
    EXPECT_EQ(incident(2).firing, 2);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Regrouping, WhatIsResolvedIsNotMerged) {
    fire("disk");
    fire("host");
    world_.act({2}, engine::Resolve{"ana", ""});
    world_.merge({1}, {2});
    world_.merge({1}, {1});
    EXPECT_EQ(incident(1).state, IncidentState::Triggered);
    world_.act({1}, engine::Resolve{"ana", ""});
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

TEST_F(Regrouping, SplitOffAlertsAreAnIncidentThatEscalatesByItself) {
    fire_into("disk", "one");
    fire_into("disk", "two");
    world_.act({1}, engine::Acknowledge{"ana"});
    EXPECT_EQ(paged(), People{"ana"});
    world_.split({1}, {"two"});
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(incident(1).firing, 1);
    EXPECT_EQ(incident(2).firing, 1);
    EXPECT_TRUE(happened(1, Reason::SplitOff));
    EXPECT_TRUE(happened(2, Reason::SplitOff));
    EXPECT_EQ(paged(), People{"ana"});
    world_.advance(minutes{5});
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(Regrouping, SplitOffAlertStaysWhereItIsUntilItIsOver) {
    fire_into("disk", "one");
    fire_into("disk", "two");
    world_.split({1}, {"two"});
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    fire_into("disk", "two");
    fire_into("disk", "three");
    EXPECT_EQ(incident(1).firing, 2);
    EXPECT_EQ(incident(2).alerts, 2);
    end("two");
    EXPECT_EQ(incident(2).state, IncidentState::Resolved);
    EXPECT_EQ(incident(1).state, IncidentState::Triggered);
    fire_into("disk", "two");
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(incident(1).firing, 3);
}

TEST_F(Regrouping, NothingIsSplitOffThatLeavesNothingOrIsNotThere) {
    fire_into("disk", "one");
    world_.split({1}, {"one"});
    world_.split({1}, {"two"});
    EXPECT_EQ(incidents(), 1U);
    EXPECT_EQ(paged(), People{"ana"});
}

TEST_F(Regrouping, AlertThatComesTooLongAfterTheLastBeginsAnotherIncident) {
    lifecycle_.within = hours{1};
    fire_into("disk", "one");
    world_.act({1}, engine::Snooze{"ana", world_.clock().now() + hours{9}});
    world_.advance(hours{1});
    fire_into("disk", "two");
    EXPECT_EQ(incidents(), 1U);
    world_.advance(hours{1} + minutes{1});
    fire_into("disk", "three");
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(incident(2).key, "disk");
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
    end("one");
    end("two");
    EXPECT_EQ(incident(1).state, IncidentState::Resolved) << "what fires in it is still its own";
}

TEST_F(Regrouping, AnAlertThatStillFiresInTheOlderIncidentRepeatsThere) {
    lifecycle_.within = hours{1};
    fire_into("disk", "one");
    world_.act({1}, engine::Snooze{"ana", world_.clock().now() + hours{9}});
    world_.advance(hours{2});
    fire_into("disk", "one");
    EXPECT_EQ(incidents(), 1U) << "it never ended";
    world_.advance(hours{2});
    fire_into("disk", "two");
    fire_into("disk", "one");
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(incident(1).alerts, 3);
    EXPECT_EQ(paged(), (People{"ana", "ana"}));
}

}  // namespace
}  // namespace tocsin::simulation::merge_test
