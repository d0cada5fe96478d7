// Alerts that say until when they hold, and since when: Prometheus says each again and again, and may die or be overtaken.
#include "tests/simulation/story.hpp"

namespace tocsin::simulation::end_of_alert_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class EndOfAlert : public StoryTest {
protected:
    /// Said now, to hold for so long.
    void fire(const std::string& key, Duration holds_for, const std::string& incident = "disk") {
        auto sent = alert("prometheus", key);
        sent.ends_at = world_.clock().now() + holds_for;
        sent.began_at = began_;
        world_.fire(sent, verdict(incident, "two-steps"));
    }
    void over(const std::string& key) {
        auto sent = alert("prometheus", key, AlertAction::Resolve);
        sent.began_at = began_;
        world_.follow_up(sent);
    }
    [[nodiscard]] Incident newest() const { return world_.database().incidents.rbegin()->second; }
    TimePoint began_ = world_.clock().now();
};

TEST_F(EndOfAlert, WhatIsNotSaidAgainIsOverWhenItsTimeIs) {
    fire("a", minutes{4});
    EXPECT_EQ(paged(), People{"ana"});
    world_.advance(minutes{3});
    fire("a", minutes{4});
    world_.advance(minutes{3} + seconds{50});
    EXPECT_EQ(the_incident().state, IncidentState::Triggered);
    world_.advance(seconds{20});
    EXPECT_EQ(the_incident().state, IncidentState::Resolved);
    EXPECT_EQ(timeline().back().reason, Reason::ResolvedByQuiet);
    (void)paged();
}

TEST_F(EndOfAlert, OfSeveralTheOneThatHoldsLongestKeepsTheIncidentOpen) {
    fire("a", minutes{60});
    fire("b", minutes{4});
    world_.act(the_incident().id, engine::Acknowledge{"ana"});
    world_.advance(minutes{20});
    EXPECT_TRUE(the_incident().is_open());
    (void)paged();
}

TEST_F(EndOfAlert, TheRulesOwnQuietCounts) {
    auto sent = alert("prometheus", "a");
    sent.ends_at = world_.clock().now() + minutes{4};
    auto said = verdict("disk", "two-steps");
    said.resolve_after = minutes{30};
    world_.fire(sent, said);
    world_.act(the_incident().id, engine::Acknowledge{"ana"});
    world_.advance(minutes{29});
    EXPECT_TRUE(the_incident().is_open());
    world_.advance(minutes{2});
    EXPECT_FALSE(the_incident().is_open());
    (void)paged();
}

TEST_F(EndOfAlert, AnEndThatWasOvertakenByANewBeginningEndsNothing) {
    fire("a", minutes{4});
    const auto first = began_;
    over("a");
    EXPECT_FALSE(the_incident().is_open());
    began_ = first + minutes{1};
    world_.advance(minutes{1});
    fire("a", minutes{4});
    EXPECT_TRUE(newest().is_open());
    began_ = first;
    over("a");
    EXPECT_TRUE(newest().is_open());
    began_ = first + minutes{1};
    over("a");
    EXPECT_FALSE(newest().is_open());
    (void)paged();
}

}  // namespace
}  // namespace tocsin::simulation::end_of_alert_test
