// Whoever has an incident has it until their shift ends, and that end moves with the calendar: an override that is made or ended
// after the acknowledgement counts.
#include "tests/simulation/story.hpp"

namespace tocsin::simulation::hand_over_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// ana is on call from midnight until noon (UTC), then bob; whoever begins takes over.
std::shared_ptr<Roster> team_that_follows() {
    auto roster = small_team();
    Schedule primary;
    primary.id = "primary";
    primary.layers = {{"morning", {"ana"}, {}, parse_weekly_window("00:00-12:00")},
                      {"evening", {"bob"}, {}, parse_weekly_window("12:00-00:00")}};
    roster->schedules["primary"] = std::move(primary);
    auto& policy = roster->escalations.at("two-steps");
    policy.steps = {{minutes{0}, {{Target::Kind::Schedule, "primary"}}}};
    policy.acknowledged_for = {};
    policy.hand_over = Escalation::HandOver::Follow;
    return roster;
}

class HandOverStory : public StoryTest {
protected:
    HandOverStory() {
        world_.change(team_that_follows());
        world_.fire(alert("source", "disk"), verdict("disk", "two-steps"));
        world_.advance(minutes{1});
        EXPECT_EQ(paged(), People{"ana"});
        act(engine::Acknowledge{"ana"});
    }
    /// By whom, from and until so long from now.
    ArrangementId override_by(const std::string& person, Duration from, Duration until) {
        const auto now = world_.clock().now();
        MadeOverride made;
        made.schedule = "primary";
        made.person = person;
        made.from = now + from;
        made.until = now + until;
        const auto ids = world_.arrange({runtime::MakeOverrides{{made}}});
        return ids ? ids->front() : ArrangementId{};
    }
    void end() { act(engine::Resolve{"ana", ""}); }
};

TEST_F(HandOverStory, AnOverrideMadeAfterTheAcknowledgementHandsItOverWhenItBegins) {
    (void)override_by("chief", hours{2}, hours{4});
    world_.advance(hours{2} - seconds{1});
    EXPECT_EQ(paged(), People{});
    world_.advance(seconds{2});
    EXPECT_EQ(paged(), People{"chief"});
    end();
}

TEST_F(HandOverStory, AnOverrideByWhoeverHasItKeepsItWithThem) {
    (void)override_by("ana", hours{11}, hours{14});
    world_.advance(hours{13});
    EXPECT_EQ(paged(), People{}) << "ana has the shift for two hours longer";
    world_.advance(hours{1} + seconds{1});
    EXPECT_EQ(paged(), People{"bob"});
    end();
}

TEST_F(HandOverStory, AnOverrideThatIsTakenBackMovesItBack) {
    const auto id = override_by("chief", hours{2}, hours{4});
    world_.advance(hours{1});
    ASSERT_TRUE(world_.arrange({runtime::EndOverride{id, "ana"}}));
    world_.advance(hours{10});
    EXPECT_EQ(paged(), People{});
    world_.advance(hours{1});
    EXPECT_EQ(paged(), People{"bob"});
    end();
}

TEST_F(HandOverStory, AnotherCalendarInTheRulebookMovesItToo) {
    auto roster = team_that_follows();
    roster->schedules.at("primary").layers = {{"always", {"bob"}, {}, {}},
                                              {"morning", {"ana"}, {}, parse_weekly_window("00:00-03:00")}};
    world_.change(roster);
    world_.advance(hours{3});
    EXPECT_EQ(paged(), People{"bob"});
    end();
}

TEST_F(HandOverStory, SurvivesACrashRightAfterTheOverride) {
    (void)override_by("chief", hours{2}, hours{4});
    world_.crash();
    world_.advance(hours{2} + seconds{1});
    EXPECT_EQ(paged(), People{"chief"});
    end();
}

}  // namespace
}  // namespace tocsin::simulation::hand_over_test
