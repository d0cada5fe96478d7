// Heartbeats that are missing while a silence covers them, or while what they need has an incident: held back, and never lost.
#include <optional>

#include "tests/simulation/among_others.hpp"

namespace tocsin::simulation::silent_heartbeat_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A backup of lms, which needs mysql, is to be heard of every five minutes.
std::shared_ptr<Roster> team_with_backup() {
    auto roster = team_with_services();
    Heartbeat backup;
    backup.id = backup.title = "backup";
    backup.every = minutes{5};
    backup.service = "lms";
    backup.escalation = "two-steps";
    roster->heartbeats["backup"] = backup;
    return roster;
}

class SilentHeartbeat : public AmongOthers {
protected:
    SilentHeartbeat() : AmongOthers(team_with_backup()) { world_.beat("backup"); }

    /// Of a service, from now on for so long.
    void silence(const std::string& service, Duration lasts) {
        const auto until = world_.clock().now() + lasts;
        world_.silence_heartbeats([=](const Alert& alert, const Verdict& verdict, TimePoint now) {
            const bool covers = alert.source == "tocsin" && verdict.service == service && now < until;
            return covers ? std::optional{Silencing{"patching", until}} : std::nullopt;
        });
    }
    [[nodiscard]] IncidentId backup_incident() const { return world_.database().open_by_key.at("heartbeat:backup"); }
};

TEST_F(SilentHeartbeat, IsNotPagedForUntilTheSilenceEnds) {
    silence("lms", hours{1});
    world_.advance(minutes{59});
    EXPECT_EQ(paged(), Texts{});
    EXPECT_EQ(incident(backup_incident()).silence, "patching");
    world_.advance(minutes{1} + seconds{1});
    EXPECT_EQ(paged(), Texts{"ana heartbeat:backup"});
    EXPECT_TRUE(happened(backup_incident(), Reason::SilenceEnded));
    world_.beat("backup");
}

TEST_F(SilentHeartbeat, ThatIsHeardAgainWithinTheSilenceIsOverAndNobodyWasPaged) {
    silence("lms", hours{1});
    world_.advance(minutes{30});
    EXPECT_EQ(world_.database().open_by_key.size(), 1U);
    world_.beat("backup");
    world_.advance(minutes{4});
    EXPECT_TRUE(world_.database().open_by_key.empty());
    world_.beat("backup");
}

TEST_F(SilentHeartbeat, ThatNoSilenceCoversIsPagedFor) {
    silence("search", hours{1});
    world_.advance(minutes{5} + seconds{1});
    EXPECT_EQ(paged(), Texts{"ana heartbeat:backup"});
    world_.beat("backup");
}

TEST_F(SilentHeartbeat, StaysSilencedAcrossACrashAndIsPagedForOnce) {
    silence("lms", hours{1});
    world_.advance(minutes{10});
    world_.crash();
    world_.advance(minutes{49});
    EXPECT_EQ(paged(), Texts{});
    world_.advance(minutes{2});
    EXPECT_EQ(paged(), Texts{"ana heartbeat:backup"});
    world_.beat("backup");
}

TEST_F(SilentHeartbeat, IsToldAtWhatItsServiceNeedsAndPagedForWhenThatIsOver) {
    const auto mysql = fire("mysql", Severity::High);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
    world_.act(mysql, engine::Acknowledge{"ana"});
    world_.advance(minutes{20});
    EXPECT_EQ(paged(), Texts{});
    EXPECT_EQ(incident(backup_incident()).told_at, mysql);
    EXPECT_TRUE(happened(mysql, Reason::ToldAtParent));
    resolve(mysql);
    EXPECT_EQ(paged(), Texts{"ana heartbeat:backup"});
    EXPECT_TRUE(happened(backup_incident(), Reason::ParentOver));
    world_.beat("backup");
}

/// Random beats under random silences, and everything goes wrong: what is missing in the end is open, and once no silence holds
/// any more somebody was paged for it.
TEST(SilentHeartbeats, ArePagedForInTheEndWhateverGoesWrong) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        World world{team_with_backup(), seed, {.store_refuses = 40, .crash = 300, .provider_fails = 5, .provider_hangs = 20}};
        for (int i = 0; i < 60; ++i) {
            auto& rng = world.rng();
            const auto from = world.clock().now();
            const auto until = from + minutes{static_cast<std::int64_t>(rng.below(120))};
            world.silence_heartbeats([=](const Alert&, const Verdict&, TimePoint now) {
                return from <= now && now < until ? std::optional{Silencing{"patching", until}} : std::nullopt;
            });
            if (rng.one_in(3)) world.beat("backup");
            const auto open = world.open_incidents();
            if (rng.one_in(6) && !open.empty()) world.act(open.front().id, engine::Resolve{"ana", ""});
            world.advance(minutes{static_cast<std::int64_t>(rng.below(60))});
        }
        world.end_faults();
        world.silence_heartbeats({});
        world.advance(hours{12});
        const auto found = world.database().open_by_key.find("heartbeat:backup");
        ASSERT_NE(found, world.database().open_by_key.end()) << "seed " << seed;
        const auto is_about_it = [&](const Attempt& one) { return one.incident == found->second && one.was_delivered; };
        EXPECT_TRUE(std::any_of(world.attempts().begin(), world.attempts().end(), is_about_it)) << "seed " << seed;
        world.check_liveness();
        for (const auto& what : world.broken()) ADD_FAILURE() << "seed " << seed << ": " << what;
    }
}

}  // namespace
}  // namespace tocsin::simulation::silent_heartbeat_test
