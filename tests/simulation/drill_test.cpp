// Fire drills in virtual time: real pages, nobody else frightened, and an end by itself.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation::drill_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class DrillStory : public testing::Test {
protected:
    [[nodiscard]] const Incident& the_drill() const { return world_.database().incidents.begin()->second; }
    [[nodiscard]] std::string last_said() const { return world_.database().timeline.at(the_drill().id).back().detail; }
    [[nodiscard]] std::vector<std::string> paged() const {
        std::vector<std::string> people;
        for (const auto& attempt : world_.attempts()) people.push_back(attempt.person);
        return people;
    }
    void TearDown() override {
        for (const auto& what : world_.broken()) ADD_FAILURE() << what;
    }
    using People = std::vector<std::string>;
    World world_{small_team(), 1, {}};
};

TEST_F(DrillStory, PagesThePersonAndPassesWithTheAcknowledgement) {
    world_.drill({DrillTarget::Kind::Person, "bob"});
    EXPECT_TRUE(the_drill().is_drill);
    EXPECT_EQ(the_drill().summary, "DRILL for bob: nothing is wrong; acknowledge it as you would a real page");
    world_.advance(seconds{80});
    EXPECT_EQ(paged(), People{"bob"});
    world_.act(the_drill().id, engine::Acknowledge{"bob"});
    EXPECT_EQ(the_drill().state, IncidentState::Resolved);
    EXPECT_EQ(last_said(), "passed: acknowledged by bob after 1m20s");
    world_.advance(hours{2});
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(DrillStory, UnansweredFailsByItselfAndPagesNobodyElse) {
    world_.drill({DrillTarget::Kind::Person, "bob"});
    world_.advance(minutes{30});
    EXPECT_EQ(the_drill().state, IncidentState::Resolved);
    EXPECT_EQ(last_said(), "failed: nobody acknowledged within 30m");
    EXPECT_EQ(paged(), People{"bob"});
}

TEST_F(DrillStory, OfAnEscalationGoesOnStepByStep) {
    world_.drill({DrillTarget::Kind::Escalation, "two-steps"});
    world_.advance(minutes{6});
    EXPECT_EQ(paged(), (People{"ana", "bob"}));
    world_.act(the_drill().id, engine::Acknowledge{"bob"});
    world_.advance(hours{1});
    EXPECT_EQ(paged(), (People{"ana", "bob"}));
}

TEST_F(DrillStory, OneAtATimeForOneTarget) {
    world_.drill({DrillTarget::Kind::Person, "bob"});
    world_.drill({DrillTarget::Kind::Person, "bob"});
    EXPECT_EQ(world_.database().incidents.size(), 1U);
}

TEST_F(DrillStory, PlannedBeginsAtItsTimeAndEveryOtherWeekOnTheClocksOfItsZone) {
    auto team = small_team();
    PlannedDrill drill;
    drill.id = "monday";
    drill.target = {DrillTarget::Kind::Person, "bob"};
    drill.at = 10 * 60;
    drill.zone = *Zone::find("America/New_York");
    drill.every_weeks = 2;
    team->drills[drill.id] = drill;
    world_.change(team);
    world_.advance(hours{24 * 29});
    std::vector<std::string> begun;
    for (const auto& [id, incident] : world_.database().incidents) begun.push_back(format_utc(incident.opened_at));
    // The clocks change on 8 March: ten o'clock stays ten o'clock.
    EXPECT_EQ(begun, (std::vector<std::string>{"2026-03-02T15:00:00Z", "2026-03-16T14:00:00Z"}));
}

}  // namespace
}  // namespace tocsin::simulation::drill_test
