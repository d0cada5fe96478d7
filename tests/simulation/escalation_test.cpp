// Teams whose policies ask for several acknowledgements, take turns, follow shifts and reassign, in virtual time: the stories of
// one incident each, and random teams under every fault.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/engine/acknowledgement.hpp"
#include "tests/simulation/story.hpp"

namespace tocsin::simulation::escalation_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class PickyTeam : public testing::Test {
protected:
    static std::shared_ptr<Roster> team() {
        auto roster = small_team();
        auto& policy = roster->escalations.at("two-steps");
        policy.steps[0].page.push_back({Target::Kind::Person, "bob"});
        policy.steps[1].page = {{Target::Kind::Person, "ana"}, {Target::Kind::Person, "chief"}};
        policy.acknowledgements = 2;
        for (auto& [id, person] : roster->people) {
            person.contacts.push_back({"phone", "sim", id});
            person.paged.push_back({minutes{3}, "phone"});
        }
        return roster;
    }
    std::vector<std::string> keys() {
        std::vector<std::string> all;
        for (; seen_ < world_.attempts().size(); ++seen_) all.push_back(world_.attempts()[seen_].key);
        return all;
    }
    void TearDown() override {
        for (const auto& what : world_.broken()) ADD_FAILURE() << what;
    }

    using Keys = std::vector<std::string>;
    World world_{team(), 1, {}};
    std::size_t seen_ = 0;
};

TEST_F(PickyTeam, WhoeverAcknowledgedInPartHearsNoMoreAndTheOthersDo) {
    world_.fire(alert("source", "disk full"), verdict("disk full", "two-steps"));
    EXPECT_EQ(keys(), (Keys{"1-0-0-0-ana-contact-0", "1-0-0-0-bob-contact-0"}));
    world_.act(IncidentId{1}, engine::Acknowledge{"ana"});
    world_.advance(minutes{4});
    EXPECT_EQ(keys(), (Keys{"1-0-0-0-bob-phone"})) << "ana's phone stays quiet";
    world_.advance(minutes{1});
    EXPECT_EQ(keys(), (Keys{"1-0-0-1-chief-contact-0"}));
    world_.act(IncidentId{1}, engine::Acknowledge{"bob"});
    world_.advance(minutes{25});
    EXPECT_EQ(keys(), Keys{}) << "two have it";
}

TEST_F(PickyTeam, AcknowledgedInPartOutlivesACrash) {
    world_.fire(alert("source", "disk full"), verdict("disk full", "two-steps"));
    world_.act(IncidentId{1}, engine::Acknowledge{"ana"});
    world_.crash();
    world_.advance(minutes{4});
    (void)keys();
    world_.act(IncidentId{1}, engine::Acknowledge{"bob"});
    EXPECT_EQ(world_.database().incidents.at(IncidentId{1}).state, IncidentState::Acknowledged);
}

TEST(OneAtATime, NewerPageCallsOffWhatWasToComeOfAnOlderOne) {
    auto roster = small_team();
    auto& ana = roster->people.at("ana");
    ana.one_at_a_time = true;
    ana.contacts.push_back({"phone", "sim", "ana"});
    ana.paged = {{Duration{0}, "contact-0"}, {minutes{8}, "phone"}};
    roster->escalations.at("two-steps").steps[1].page = {{Target::Kind::Person, "ana"}};
    World world{roster, 1, {}};
    world.fire(alert("source", "disk full"), verdict("disk full", "two-steps"));
    world.advance(minutes{9});
    ASSERT_EQ(world.attempts().size(), 2U) << "8 minutes after the first page nothing comes: the second began anew at 5";
    EXPECT_EQ(world.attempts()[1].key, "1-0-0-1-ana-contact-0");
    EXPECT_TRUE(world.broken().empty());
}

void make_picky(Rng& rng, Roster& roster) {
    for (auto& [id, person] : roster.people) person.one_at_a_time = rng.one_in(3);
    for (auto& [id, policy] : roster.escalations) {
        policy.acknowledgements = static_cast<std::int32_t>(1 + rng.below(3));
        if (rng.one_in(2)) policy.hand_over = Escalation::HandOver::Follow;
        if (rng.one_in(2)) policy.acknowledged_for = {};
        for (auto& step : policy.steps) {
            if (rng.one_in(3)) step.pick = EscalationStep::Pick::OneByTurns;
            if (rng.one_in(4)) step.acknowledgements = static_cast<std::int32_t>(1 + rng.below(3));
            if (rng.one_in(3))
                step.cases.push_back({minutes{static_cast<std::int64_t>(rng.below(20))}, {Severity::Critical}, {}, {}});
            if (rng.one_in(4))
                step.cases.push_back(
                    {minutes{static_cast<std::int64_t>(rng.below(20))}, {}, parse_weekly_window("22:00-06:00"), Zone{}});
        }
    }
}

template <class Map>
std::string any_of(Rng& rng, const Map& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(rng.below(map.size())))->first;
}

engine::Event random_answer(World& world, const Roster& roster) {
    auto& rng = world.rng();
    const auto who = any_of(rng, roster.people);
    switch (rng.below(9)) {
        case 0: return engine::Reassign{who, any_of(rng, roster.people), {}};
        case 1: return engine::Reassign{who, any_of(rng, roster.schedules), {}};
        case 2: return engine::Reassign{who, {}, any_of(rng, roster.escalations)};
        case 3: return engine::Unacknowledge{who};
        case 4: return engine::Escalate{who};
        case 5: return engine::Snooze{who, world.clock().now() + minutes{static_cast<std::int64_t>(rng.below(120))}};
        default: return engine::Acknowledge{who};
    }
}

void somebody_acts(World& world, const Roster& roster) {
    auto& rng = world.rng();
    const auto open = world.open_incidents();
    switch (rng.below(6)) {
        case 0: {
            auto said = verdict(fmt::format("key-{}", rng.below(8)), any_of(rng, roster.escalations));
            if (rng.one_in(6)) said.urgency = Urgency::Notice;
            if (rng.one_in(3)) said.severity = Severity::Critical;
            return world.fire(alert("source", said.incident_key), said);
        }
        case 1:
        case 2:
            if (!open.empty()) world.act(open[rng.below(open.size())].id, random_answer(world, roster));
            return;
        case 3: return world.follow_up(alert("source", fmt::format("key-{}", rng.below(8)), AlertAction::Resolve));
        case 4: return world.advance(hours{static_cast<std::int64_t>(rng.below(12))});
        default: return world.advance(seconds{static_cast<std::int64_t>(rng.below(900))});
    }
}

/// Acknowledged by enough people is acknowledged, and by fewer it is not.
void check_acknowledgements(const World& world, const Roster& roster) {
    for (const auto& incident : world.open_incidents()) {
        if (incident.state != IncidentState::Triggered || incident.urgency != Urgency::Page) continue;
        EXPECT_LT(static_cast<std::int32_t>(incident.acknowledgers.size()), engine::acknowledgements_needed(incident, roster))
            << "incident " << incident.id.value << " is triggered though enough people have it";
    }
}

/// How often each thing happened, so that a simulation that simulates nothing is noticed.
struct Seen {
    std::size_t handed_over = 0;
    std::size_t in_part = 0;
    std::size_t reassigned = 0;
    std::size_t attempts = 0;
};

void run(std::uint64_t seed, const Faults& faults, Seen& seen) {
    Rng team_rng{seed};
    const auto roster = random_team(team_rng);
    make_picky(team_rng, *roster);
    World world{roster, seed, faults};
    for (int i = 0; i < 300; ++i) somebody_acts(world, *roster);
    world.end_faults();
    world.advance(hours{6});
    world.check_liveness();
    check_acknowledgements(world, *roster);
    for (const auto& what : world.broken()) ADD_FAILURE() << "seed " << seed << ": " << what;
    seen.attempts += world.attempts().size();
    for (const auto& [id, entries] : world.database().timeline) {
        for (const auto& entry : entries) {
            if (entry.reason == Reason::HandedOver) ++seen.handed_over;
            if (entry.reason == Reason::AcknowledgedInPart) ++seen.in_part;
            if (entry.reason == Reason::Reassigned) ++seen.reassigned;
        }
    }
}

TEST(PickyTeams, KeepEveryPromiseUnderEveryFault) {
    constexpr Faults kEverything{
        .store_refuses = 40, .crash = 300, .provider_fails = 5, .provider_rejects = 12, .provider_hangs = 20, .clock_steps = 200};
    const char* one = std::getenv("TOCSIN_SEED");
    const auto first = one == nullptr ? 1 : std::strtoull(one, nullptr, 10);
    const auto last = one == nullptr ? 15 : first;
    Seen seen;
    for (auto seed = first; seed <= last; ++seed) {
        run(seed, {}, seen);
        run(seed, kEverything, seen);
    }
    if (one != nullptr) return;
    EXPECT_GT(seen.handed_over, 5U);
    EXPECT_GT(seen.in_part, 100U);
    EXPECT_GT(seen.reassigned, 100U);
    EXPECT_GT(seen.attempts, 1'000U);
}

}  // namespace
}  // namespace tocsin::simulation::escalation_test
