// Two-way sources, in virtual time: what is done here is done there once, or settled; what was done there is never sent back; and
// the webhook that says our own deeds again changes nothing.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/happenings.hpp"
#include "tests/simulation/over_there.hpp"
#include "tests/simulation/team.hpp"

namespace tocsin::simulation::two_way_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Words = std::vector<std::string>;

constexpr IncidentId kFirst{1};

class TwoWay : public testing::Test {
protected:
    ~TwoWay() override {
        for (const auto& what : world_.broken()) ADD_FAILURE() << what;
    }
    void create(const std::string& alert, const std::string& key = "disk full") {
        there_.create(alert, verdict(key, "two-steps"));
    }
    void act(engine::Event event) { world_.act(kFirst, std::move(event)); }
    [[nodiscard]] const Incident& first() const { return world_.database().incidents.at(kFirst); }
    [[nodiscard]] std::size_t entries(Reason reason) const {
        const auto& timeline = world_.database().timeline.at(kFirst);
        return static_cast<std::size_t>(
            std::count_if(timeline.begin(), timeline.end(), [&](const TimelineEntry& entry) { return entry.reason == reason; }));
    }

    World world_{small_team(), 1, {}};
    OverThere there_{world_};
};

/// The provider fails until the world's faults end.
class TwoWayDown : public TwoWay {
protected:
    TwoWayDown() { world_.begin_faults({.provider_fails = 1}); }
};

TEST_F(TwoWay, WhatIsDoneHereIsDoneOnceToEachAlertThatCameFromThere) {
    create("a");
    create("b");
    world_.fire(alert("elsewhere", "c"), verdict("disk full", "two-steps"));
    act(engine::Acknowledge{"ana"});
    act(engine::Note{"ana", "looking"});
    act(engine::Resolve{"ana", "mended"});
    world_.advance(hours{1});
    auto arrived = there_.arrived();
    std::sort(arrived.begin(), arrived.end());
    EXPECT_EQ(arrived, (Words{"acknowledge a by ana", "acknowledge b by ana", "close a by ana", "close b by ana", "note a by ana",
                              "note b by ana"}));
    EXPECT_EQ(entries(Reason::Acknowledged), 1U);
    EXPECT_EQ(entries(Reason::Noted), 1U) << "the webhook says the note again";
    EXPECT_EQ(entries(Reason::Relayed), 3U);
}

TEST_F(TwoWay, WhatIsDoneThereIsDoneHereAndNotSentBack) {
    create("a");
    create("b");
    there_.act("a", AlertAction::Acknowledge);
    world_.advance(seconds{1});
    EXPECT_EQ(first().state, IncidentState::Acknowledged);
    there_.act("a", AlertAction::Unacknowledge);
    there_.act("b", AlertAction::Note);
    world_.advance(seconds{1});
    there_.act("a", AlertAction::Resolve);
    there_.act("b", AlertAction::Resolve);
    world_.advance(hours{1});
    EXPECT_EQ(first().state, IncidentState::Resolved);
    EXPECT_EQ(there_.decided(), 0U);
}

TEST_F(TwoWay, WhatTocsinDoesByItselfIsDoneThereToo) {
    auto said = verdict("disk full", "two-steps");
    said.resolve_after = hours{2};
    there_.create("a", said);
    act(engine::Acknowledge{"ana"});
    world_.advance(minutes{31});
    EXPECT_FALSE(there_.is_acknowledged("a")) << "the acknowledgement has ended";
    world_.advance(hours{2});
    EXPECT_EQ(there_.arrived(), (Words{"acknowledge a by ana", "unacknowledge a by ", "close a by "}));
}

TEST_F(TwoWay, ALateEchoOfAnAcknowledgementTakesNoIncidentFromWhoIsPaged) {
    there_.echo_after(minutes{2});
    create("a");
    act(engine::Acknowledge{"ana"});
    world_.advance(minutes{1});
    act(engine::Unacknowledge{"ana"});
    world_.advance(minutes{1} + seconds{30});  // The echo of the first has come, that of the second has not.
    EXPECT_EQ(first().state, IncidentState::Triggered);
    world_.advance(minutes{2});
    EXPECT_EQ(first().state, IncidentState::Triggered);
    EXPECT_EQ(entries(Reason::Acknowledged), 1U);
    EXPECT_EQ(there_.decided(), 2U);
}

TEST_F(TwoWay, AClosedAlertIsToldNothingAndTheOthersAre) {
    create("a");
    create("b");
    there_.act("a", AlertAction::Resolve);
    world_.advance(seconds{1});
    act(engine::Acknowledge{"ana"});
    world_.advance(seconds{10});
    EXPECT_EQ(there_.arrived(), Words{"acknowledge b by ana"});
}

TEST_F(TwoWay, AnAcknowledgementThatCrossesACloseIsSettled) {
    create("a");
    there_.act("a", AlertAction::Resolve, seconds{20});
    act(engine::Acknowledge{"ana"});
    world_.advance(hours{1});
    EXPECT_EQ(there_.arrived(), Words{"acknowledge a by ana"});
    EXPECT_EQ(first().state, IncidentState::Resolved);
    EXPECT_EQ(there_.decided(PageState::Delivered), 1U);
}

TEST_F(TwoWay, MergedAlertsFollowTheIncidentThatTheyAreInNow) {
    create("a");
    create("b", "another");
    act(engine::Acknowledge{"ana"});
    world_.merge(IncidentId{2}, kFirst);
    act(engine::Resolve{"ana", "mended"});
    world_.advance(minutes{1});
    EXPECT_TRUE(there_.is_closed("a") && there_.is_closed("b"));
    const auto& arrived = there_.arrived();
    EXPECT_EQ(std::count(arrived.begin(), arrived.end(), "acknowledge b by person-1"), 1)
        << "it was merged into what somebody has";
    EXPECT_EQ(arrived.size(), 4U);
}

TEST_F(TwoWay, WhatWasRefusedForGoodIsInTheTimelineAndNotTriedAgain) {
    create("a");
    world_.advance(seconds{5});
    world_.reject_next_sends(1);
    act(engine::Acknowledge{"ana"});
    world_.advance(hours{1});
    EXPECT_EQ(there_.arrived(), Words{"unacknowledge a by "}) << "the acknowledgement has ended meanwhile";
    EXPECT_EQ(entries(Reason::RelayFailed), 1U);
    EXPECT_EQ(entries(Reason::PageFailed), 0U);
}

TEST_F(TwoWayDown, OnlyWhatIsStillTrueLeavesAfterAnOutageAndNoPageWaitsForIt) {
    create("a");
    act(engine::Acknowledge{"ana"});
    act(engine::Unacknowledge{"ana"});
    act(engine::Acknowledge{"bob"});
    world_.advance(minutes{20});
    act(engine::Resolve{"bob", "mended"});
    world_.advance(minutes{20});
    EXPECT_EQ(there_.arrived(), Words{});
    world_.end_faults();
    world_.advance(minutes{5});
    EXPECT_EQ(there_.arrived(), Words{"close a by bob"});
    EXPECT_EQ(there_.decided(PageState::Overtaken), 3U);
}

TEST_F(TwoWayDown, ACloseIsTriedForHoursAndThenGivenUp) {
    create("a");
    act(engine::Resolve{"ana", "mended"});
    world_.advance(hours{5});
    EXPECT_EQ(there_.decided(PageState::Pending), 1U);
    world_.advance(hours{2});
    EXPECT_EQ(there_.decided(PageState::Failed), 1U);
    EXPECT_EQ(entries(Reason::RelayFailed), 1U);
}

TEST_F(TwoWayDown, ACrashForgetsNothingThatIsToBeTold) {
    create("a");
    act(engine::Acknowledge{"ana"});
    world_.end_faults();
    world_.crash();
    world_.advance(minutes{2});
    EXPECT_EQ(there_.arrived(), Words{"acknowledge a by ana"});
}

TEST_F(TwoWayDown, ASourceThatIsTwoWayNoLongerWedgesNothing) {
    create("a");
    act(engine::Acknowledge{"ana"});
    world_.end_faults();
    world_.tell({}, [](const Page&) {});
    world_.reject_next_sends(1);  // As the channel does then.
    world_.advance(minutes{5});
    EXPECT_EQ(there_.decided(PageState::Failed), 1U);
    act(engine::Resolve{"ana", ""});
    EXPECT_EQ(there_.decided(), 1U);
}

/// People here and there do whatever comes to their minds.
class Crowd {
public:
    Crowd(std::uint64_t seed, Faults faults)
        : are_faults_on_(faults.crash > 0), world_(small_team(), seed, faults), there_(world_) {}

    void live(int events) {
        for (int i = 0; i < events; ++i) something_happens();
        world_.end_faults();
        world_.advance(hours{12});
        for (const auto& incident : world_.open_incidents()) world_.act(incident.id, engine::Resolve{"person-1", "it is late"});
        world_.advance(hours{12});
    }
    void expect_promises(std::uint64_t seed) {
        for (const auto& what : world_.broken()) ADD_FAILURE() << "seed " << seed << ": " << what;
        for (const auto& what : sent_back_) ADD_FAILURE() << "seed " << seed << ": " << what;
        EXPECT_EQ(there_.decided(PageState::Pending), 0U) << "seed " << seed << ": something is never settled";
        EXPECT_EQ(entries_without_deed(), 0) << "seed " << seed;
    }
    [[nodiscard]] std::size_t arrived() const { return there_.arrived().size(); }

private:
    void something_happens() {
        auto& rng = world_.rng();
        const auto name = fmt::format("alert-{}", rng.below(12));
        const auto open = world_.open_incidents();
        there_.echo_after(Duration{rng.below(200'000)});
        switch (rng.below(6)) {
            case 0:
                return there_.create(fmt::format("alert-{}", created_++ % 12),
                                     verdict(fmt::format("key-{}", rng.below(4)), "two-steps"));
            case 1:
                if (created_ >= 12) word_from_there(name);
                return;
            case 2:
            case 3:
                if (!open.empty()) act_here(open[rng.below(open.size())].id);
                return;
            default: return world_.advance(seconds{static_cast<std::int64_t>(rng.below(600))});
        }
    }
    /// Their words come at once here, so that what follows can be seen.
    void word_from_there(const std::string& name) {
        constexpr AlertAction kActions[] = {AlertAction::Acknowledge, AlertAction::Unacknowledge, AlertAction::Note,
                                            AlertAction::Resolve};
        const auto before = there_.decided();
        auto word = alert(OverThere::kSource, name, kActions[world_.rng().below(4)]);
        word.actor = "somebody there";
        world_.follow_up(std::move(word));
        if (there_.decided() != before && !are_faults_on_)
            sent_back_.push_back(fmt::format("a word about {} was sent back", name));
    }
    void act_here(IncidentId id) {
        auto& rng = world_.rng();
        switch (rng.below(5)) {
            case 0: return world_.act(id, engine::Unacknowledge{"person-1"});
            case 1: return world_.act(id, engine::Snooze{"person-1", world_.clock().now() + minutes{20}});
            case 2: return world_.act(id, engine::Resolve{"person-1", "mended"});
            case 3: return world_.act(id, engine::Note{"person-1", "looking"});
            default: return world_.act(id, engine::Acknowledge{"person-1"});
        }
    }
    /// Every entry of a relay stands behind what it relays, at the same instant.
    [[nodiscard]] int entries_without_deed() const {
        int without = 0;
        for (const auto& [id, timeline] : world_.database().timeline) {
            for (std::size_t i = 0; i < timeline.size(); ++i) {
                if (timeline[i].reason == Reason::Relayed && (i == 0 || timeline[i - 1].at != timeline[i].at)) ++without;
            }
        }
        return without;
    }

    bool are_faults_on_;  ///< Then a word is taken together with what is due.
    World world_;
    OverThere there_;
    int created_ = 0;
    std::vector<std::string> sent_back_;
};

TEST(TwoWayCrowd, NothingThatCameFromThereIsSentBackAndAllThatIsDoneHereIsSettled) {
    std::size_t arrived = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Crowd crowd{seed, {}};
        crowd.live(200);
        crowd.expect_promises(seed);
        arrived += crowd.arrived();
    }
    EXPECT_GT(arrived, 1'000U) << "hardly anything was told";
}

TEST(TwoWayCrowd, TheSameUnderEveryFault) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Crowd crowd{seed, every_fault()};
        crowd.live(200);
        crowd.expect_promises(seed);
    }
}

}  // namespace
}  // namespace tocsin::simulation::two_way_test
