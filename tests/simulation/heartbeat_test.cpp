// What is expected to be heard of regularly, in virtual time and through the whole runtime: silence is the alarm, also after a
// crash, and never because we ourselves were deaf.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation::heartbeat_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Heartbeat heartbeat(const std::string& id, Duration every) {
    Heartbeat expected;
    expected.id = id;
    expected.title = id;
    expected.every = every;
    expected.grace = minutes{1};
    expected.escalation = "two-steps";
    return expected;
}

std::shared_ptr<Roster> team_with(const std::vector<Heartbeat>& heartbeats) {
    auto team = small_team();
    for (const auto& one : heartbeats) team->heartbeats[one.id] = one;
    return team;
}

class HeartbeatStory : public testing::Test {
protected:
    [[nodiscard]] const Incident* open() const {
        const auto found = world_.database().open_by_key.find("heartbeat:backup");
        return found == world_.database().open_by_key.end() ? nullptr : &world_.database().incidents.at(found->second);
    }
    [[nodiscard]] std::vector<std::string> said() const {
        std::vector<std::string> all;
        for (const auto& [id, entries] : world_.database().timeline) {
            for (const auto& entry : entries) {
                const bool is_ours = entry.reason == Reason::HeartbeatMissing || entry.reason == Reason::HeartbeatBack;
                if (is_ours) all.push_back(fmt::format("{}: {}", to_string(entry.reason), entry.detail));
            }
        }
        return all;
    }
    void TearDown() override {
        for (const auto& what : world_.broken()) ADD_FAILURE() << what;
    }

    World world_{team_with({heartbeat("backup", minutes{5})}), 1, {}};
};

TEST_F(HeartbeatStory, NobodyIsPagedWhileItBeats) {
    for (int i = 0; i < 100; ++i) {
        world_.beat("backup");
        world_.advance(minutes{5} + seconds{59});
    }
    EXPECT_TRUE(world_.database().incidents.empty());
}

TEST_F(HeartbeatStory, MissingOpensAnIncidentAndTheNextBeatResolvesIt) {
    world_.advance(minutes{1});
    world_.beat("backup");
    world_.advance(minutes{6} - seconds{1});
    EXPECT_EQ(open(), nullptr);
    world_.advance(seconds{1});
    ASSERT_NE(open(), nullptr);
    EXPECT_EQ(open()->summary, "backup is not heard of: last heard at 2026-03-01T00:01:00Z");
    EXPECT_EQ(open()->severity, Severity::High);
    world_.advance(seconds{1});
    ASSERT_EQ(world_.attempts().size(), 1U);
    EXPECT_EQ(world_.attempts().front().person, "ana");
    world_.beat("backup");
    EXPECT_EQ(open(), nullptr);
    EXPECT_EQ(said(), (std::vector<std::string>{
                          "heartbeat_missing: expected every 5m, with 1m of grace; last heard at 2026-03-01T00:01:00Z",
                          "heartbeat_back: it was heard again"}));
    world_.advance(minutes{5});
    EXPECT_EQ(world_.attempts().size(), 1U);
}

TEST_F(HeartbeatStory, OneThatWasNeverHeardIsMissingToo) {
    world_.advance(minutes{7});
    ASSERT_NE(open(), nullptr);
    EXPECT_EQ(open()->summary, "backup is not heard of: never heard");
}

TEST_F(HeartbeatStory, OneThatIsResolvedByHandAndStaysMissingOpensAgain) {
    world_.advance(minutes{7});
    ASSERT_NE(open(), nullptr);
    world_.act(open()->id, engine::Resolve{"ana", "it will come back"});
    EXPECT_EQ(open(), nullptr);
    world_.advance(minutes{6});
    ASSERT_NE(open(), nullptr);
}

TEST_F(HeartbeatStory, SurvivesACrashAndGetsOneWholeIntervalBecauseWeWereDeaf) {
    world_.beat("backup");
    world_.advance(minutes{5});
    world_.crash();
    world_.advance(minutes{6} - seconds{1});
    EXPECT_EQ(open(), nullptr);
    world_.advance(seconds{1});
    ASSERT_NE(open(), nullptr);
    EXPECT_EQ(open()->summary, "backup is not heard of: last heard at 2026-03-01T00:00:00Z");
}

TEST_F(HeartbeatStory, ThatCouldNotBeStoredForAWhileIsNotMissing) {
    world_.beat("backup");
    world_.advance(minutes{5});
    world_.refuse_next_commits(1'000);  // 200 ms apart: more than three minutes, in which every beat is sent away.
    world_.beat("backup");
    world_.advance(minutes{3});
    EXPECT_EQ(open(), nullptr);
    world_.refuse_next_commits(0);
    world_.beat("backup");
    world_.advance(minutes{1});
    EXPECT_EQ(open(), nullptr);
}

TEST_F(HeartbeatStory, OneThatIsTakenOutOfTheRulebookIsExpectedNoLonger) {
    world_.advance(minutes{7});
    ASSERT_NE(open(), nullptr);
    world_.change(team_with({heartbeat("other", hours{1})}));
    EXPECT_EQ(open(), nullptr);
    EXPECT_FALSE(world_.database().watches.contains("heartbeat:backup"));
    EXPECT_TRUE(world_.database().watches.contains("heartbeat:other"));
}

TEST_F(HeartbeatStory, OneThatIsToComeMoreOftenIsExpectedSooner) {
    world_.change(team_with({heartbeat("backup", hours{24})}));
    world_.beat("backup");
    world_.change(team_with({heartbeat("backup", minutes{5})}));
    world_.advance(minutes{6});
    EXPECT_NE(open(), nullptr);
}

constexpr Faults kEverything{
    .store_refuses = 40, .crash = 300, .provider_fails = 5, .provider_rejects = 12, .provider_hangs = 20};

/// Beats come and stay away; whatever goes wrong, in the end each heartbeat that is silent has an open incident, and none that
/// beats.
TEST(Heartbeats, SilenceIsAlwaysTheAlarmWhateverGoesWrong) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        World world{team_with({heartbeat("often", minutes{10}), heartbeat("daily", hours{24})}), seed, kEverything};
        for (int i = 0; i < 100; ++i) {
            auto& rng = world.rng();
            if (rng.one_in(3)) world.beat(rng.one_in(2) ? "often" : "daily");
            const auto open = world.open_incidents();
            if (rng.one_in(4) && !open.empty()) world.act(open.front().id, engine::Acknowledge{"ana"});
            if (rng.one_in(8) && !open.empty()) world.act(open.front().id, engine::Resolve{"ana", ""});
            world.advance(seconds{static_cast<std::int64_t>(rng.below(7'200))});
        }
        world.end_faults();
        world.advance(hours{60});
        EXPECT_EQ(world.database().open_by_key.size(), 2U) << "seed " << seed;
        for (const auto* beats : {"often", "daily"}) world.beat(beats);
        EXPECT_EQ(world.database().open_by_key.size(), 0U) << "seed " << seed;
        world.check_liveness();
        for (const auto& what : world.broken()) ADD_FAILURE() << "seed " << seed << ": " << what;
    }
}

}  // namespace
}  // namespace tocsin::simulation::heartbeat_test
