// Overrides and silences that people make at run time: whoever is paged is whom the calendar with the overrides names, what fires
// on when a silence ends is paged for, and nothing that was answered is lost.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "core/oncall/on_call.hpp"
#include "tests/simulation/story.hpp"
#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation::runtime_test {
namespace {

using runtime::ArrangeMessage;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

MadeSilence silence_of(const std::string& key, TimePoint from, TimePoint until) {
    return {{}, key, {}, from, until, {"person-1", {}, "patching"}};
}

/// What the silences say of alerts with this key: the match of each is a key.
std::optional<Silencing> covering(const std::vector<MadeSilence>& silences, const std::string& key, TimePoint now) {
    const auto holding = [&](TimePoint t) -> const MadeSilence* {
        const auto holds = [&](const MadeSilence& s) {
            return s.match == key && !s.origin.ended_at && s.from <= t && t < s.until;
        };
        const auto found = std::find_if(silences.begin(), silences.end(), holds);
        return found == silences.end() ? nullptr : &*found;
    };
    const auto* first = holding(now);
    if (first == nullptr) return {};
    Silencing silencing{first->id.is_set() ? first->name() : "", first->until};
    while (const auto* next = holding(silencing.until)) {
        silencing.until = next->until;
        silencing.also.push_back(next->id.is_set() ? next->name() : "");
    }
    return silencing;
}

class RuntimeStory : public StoryTest {
protected:
    [[nodiscard]] TimePoint in(Duration wait) const { return world_.clock().now() + wait; }
    [[nodiscard]] Verdict judged() const {
        auto said = verdict("disk", "two-steps");
        said.silenced = covering(world_.arrangements().silences, "disk", world_.clock().now());
        return said;
    }
    void fire() { world_.fire(alert("source", "disk full"), judged()); }
    /// The only thing that it makes.
    ArrangementId silence_for(Duration lasts) {
        const auto made = world_.arrange({runtime::MakeSilence{silence_of("disk", in({}), in(lasts)), {}}});
        return made && made->size() == 1 ? made->front() : ArrangementId{};
    }
    [[nodiscard]] runtime::EndSilence end(ArrangementId id) const { return {id, fmt::format("silence-{}", id.value), "bob", {}}; }
    [[nodiscard]] runtime::JudgedIncident judged_as(std::optional<Silencing> silencing) const {
        return {the_incident().id, the_incident().alerts, std::move(silencing)};
    }
    [[nodiscard]] std::string said(Reason reason) const {
        for (const auto& entry : timeline()) {
            if (entry.reason == reason) return entry.actor + ": " + entry.detail;
        }
        return "nothing";
    }
};

TEST_F(RuntimeStory, WhatASilenceCoveredIsPagedForAtOnceWhenSomebodyEndsIt) {
    const auto id = silence_for(hours{2});
    fire();
    world_.advance(minutes{10});
    EXPECT_EQ(paged(), People{});
    ASSERT_TRUE(world_.arrange({end(id)}));
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(said(Reason::SilenceEnded), "bob: \"silence-1\" was ended by hand");
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, OneThatIsEndedTwiceOrNeverWasIsNotFound) {
    const auto id = silence_for(hours{2});
    EXPECT_TRUE(world_.arrange({end(id)}));
    EXPECT_FALSE(world_.arrange({end(id)}));
    EXPECT_FALSE(world_.arrange({end({77})}));
}

TEST_F(RuntimeStory, WhatAnotherSilenceStillCoversStaysSilentWhenOneIsEnded) {
    const auto first = silence_for(hours{2});
    silence_for(hours{1});
    fire();
    ASSERT_EQ(the_incident().silence, "silence-1");
    auto ended = end(first);
    ended.judged = {judged_as(Silencing{"silence-2", in(hours{1})})};
    ASSERT_TRUE(world_.arrange({ended}));
    world_.advance(minutes{59});
    EXPECT_EQ(the_incident().silence, "silence-2");
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, WhatFollowsInAChainEndsTheIncidentsSilenceToo) {
    world_.arrange({runtime::MakeSilence{silence_of("disk", in({}), in(hours{1})), {}}});
    world_.arrange({runtime::MakeSilence{silence_of("disk", in(hours{1}), in(hours{3})), {}}});
    fire();
    ASSERT_EQ(the_incident().also_silenced_by, std::vector<std::string>{"silence-2"});
    ASSERT_TRUE(world_.arrange({end({2})}));
    EXPECT_EQ(paged(), People{"ana"}) << "not judged: loud rather than silent";
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, AnAlertThatWasJudgedBeforeTheEndIsNotSilencedByIt) {
    const auto id = silence_for(hours{2});
    const auto stale = judged();
    ASSERT_TRUE(stale.silenced);
    ASSERT_TRUE(world_.arrange({end(id)}));
    world_.fire(alert("source", "disk full"), stale);
    EXPECT_EQ(paged(), People{"ana"});
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, LaidOverAnIncidentThatPagesItCallsThePagesOff) {
    fire();
    EXPECT_EQ(paged(), People{"ana"});
    const auto made = world_.arrange(
        {runtime::MakeSilence{silence_of("disk", in({}), in(hours{1})), {judged_as(Silencing{"", in(hours{1})})}}});
    ASSERT_TRUE(made);
    EXPECT_EQ(said(Reason::Silenced), "person-1: by \"silence-1\" until 2026-03-01T01:00:00Z");
    world_.advance(minutes{59});
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, AJudgementOfAnIncidentThatHasGotAnotherAlertSinceIsVoid) {
    fire();
    EXPECT_EQ(paged(), People{"ana"});
    const auto judgement = judged_as(Silencing{"", in(hours{1})});
    fire();
    world_.arrange({runtime::MakeSilence{silence_of("disk", in({}), in(hours{1})), {judgement}}});
    EXPECT_FALSE(the_incident().is_silenced());
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, MadeLongerItHoldsLongerForWhatItCovers) {
    const auto id = silence_for(hours{1});
    fire();
    const auto until = in(hours{2});
    ASSERT_TRUE(world_.arrange({runtime::ExtendSilence{id, until, "bob", {judged_as(Silencing{"silence-1", until})}}}));
    world_.advance(minutes{119});
    EXPECT_EQ(paged(), People{});
    world_.advance(minutes{1});
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(world_.database().silences.at(id).origin.reason, "patching; until 2026-03-01T02:00:00Z by bob");
    act(engine::Resolve{"ana", ""});
}

TEST_F(RuntimeStory, WhatIsToldOnceIsToldOnceWhateverCrashes) {
    Page page;
    page.topic = "shift-primary-1";
    page.text = "You are on call";
    page.person = "ana";
    page.via = "contact-0";
    page.channel = "sim";
    page.urgency = Urgency::Notice;
    page.due_at = in({});
    page.give_up_at = in(minutes{10});
    const runtime::Tell tell{{"shift primary", in({})}, {page}};
    EXPECT_TRUE(world_.arrange({tell}));
    EXPECT_EQ(paged(), People{"ana"});
    EXPECT_EQ(world_.attempts().front().key, "shift-primary-1-ana-contact-0");
    EXPECT_TRUE(world_.arrange({tell}));
    world_.crash();
    EXPECT_TRUE(world_.arrange({tell}));
    world_.advance(hours{1});
    EXPECT_EQ(paged(), People{});
}

/// A made-up world of people who arrange things, beside alerts that come and go.
class RandomRuntime {
public:
    RandomRuntime(std::uint64_t seed, Faults faults)
        : team_rng_(seed), roster_(random_team(team_rng_)), world_(roster_, seed, faults) {}

    void run(int events) {
        for (int i = 0; i < events; ++i) {
            something_happens();
            check_nothing_is_lost();
        }
        world_.end_faults();
        world_.advance(hours{72});
        world_.check_liveness();
        check_nothing_is_lost();
    }
    [[nodiscard]] const std::vector<std::string>& broken() const { return broken_.empty() ? world_.broken() : broken_; }
    [[nodiscard]] std::size_t overridden() const { return overridden_; }
    [[nodiscard]] std::size_t lifted() const { return lifted_; }

private:
    Rng& rng() { return world_.rng(); }
    TimePoint now() { return world_.clock().now(); }
    std::string random_key() { return fmt::format("key-{}", rng().below(5)); }
    Duration random_wait(std::uint64_t minutes_max) { return minutes{static_cast<std::int64_t>(1 + rng().below(minutes_max))}; }
    template <class Map>
    std::string random_name(const Map& map) {
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(rng().below(map.size())))->first;
    }

    void something_happens() {
        world_.advance(Duration{1});  // What is arranged at the very instant of a page may come before or after it.
        switch (rng().below(9)) {
            case 0:
            case 1: return fire();
            case 2: return answer();
            case 3: return make_override();
            case 4: return end_override();
            case 5: return make_silence();
            case 6: return change_silence();
            case 7: return world_.crash();
            default: return world_.advance(seconds{static_cast<std::int64_t>(rng().below(3'600))});
        }
    }

    void fire() {
        const auto key = random_key();
        auto said = verdict(key, random_name(roster_->escalations));
        said.silenced = covering(world_.arrangements().silences, key, now());
        world_.fire(alert("source", key), std::move(said));
        count_overridden();
    }

    void count_overridden() {
        for (; seen_ < world_.attempts().size(); ++seen_) {
            for (const auto& made : world_.arrangements().overrides) {
                const auto stretch = made.in_force();
                const auto& attempt = world_.attempts()[seen_];
                if (stretch && stretch->person == attempt.person && stretch->from <= attempt.at && attempt.at < stretch->until)
                    ++overridden_;
            }
        }
    }

    void answer() {
        const auto open = world_.open_incidents();
        if (open.empty()) return;
        const auto& incident = open[rng().below(open.size())];
        if (rng().one_in(3)) return world_.act(incident.id, engine::Resolve{"person-1", ""});
        world_.act(incident.id, engine::Acknowledge{"person-1"});
    }

    void make_override() {
        MadeOverride made;
        made.schedule = random_name(roster_->schedules);
        made.person = random_name(roster_->people);
        made.from = now() + random_wait(120) - minutes{60};
        made.until = made.from + random_wait(24 * 60);
        made.origin = {"person-1", {}, "a wedding"};
        const auto ids = world_.arrange({runtime::MakeOverrides{{made}}});
        if (ids) overrides_[ids->front()] = false;
    }

    void end_override() {
        if (world_.arrangements().overrides.empty()) return;
        const auto id = world_.arrangements().overrides[rng().below(world_.arrangements().overrides.size())].id;
        if (world_.arrange({runtime::EndOverride{id, "person-1"}})) overrides_[id] = true;
    }

    /// Of every open incident, as far as somebody got round to it.
    std::vector<runtime::JudgedIncident> judged(const std::vector<MadeSilence>& silences) {
        std::vector<runtime::JudgedIncident> judgements;
        for (const auto& incident : world_.open_incidents()) {
            if (rng().one_in(4)) continue;
            const auto alerts = incident.alerts - (rng().one_in(6) ? 1 : 0);  // Some are void by now.
            judgements.push_back({incident.id, alerts, covering(silences, incident.key, now())});
        }
        return judgements;
    }

    void make_silence() {
        const auto from = now() + (rng().one_in(2) ? Duration{0} : random_wait(60));
        const auto made = silence_of(random_key(), from, from + random_wait(180));
        runtime::MakeSilence make{made, {}};
        if (rng().one_in(2)) {
            auto silences = world_.arrangements().silences;
            silences.push_back(made);
            for (auto& one : judged(silences)) {
                if (one.silencing) make.judged.push_back(std::move(one));
            }
        }
        const auto ids = world_.arrange({std::move(make)});
        if (ids) silences_[ids->front()] = false;
    }

    void change_silence() {
        auto silences = world_.arrangements().silences;
        if (silences.empty()) return;
        auto& made = silences[rng().below(silences.size())];
        if (rng().one_in(3)) {
            made.until += minutes{30};
            world_.arrange({runtime::ExtendSilence{made.id, made.until, "person-1", judged(silences)}});
            return;
        }
        made.origin.ended_at = now();
        const auto name = made.name();
        const auto before = world_.open_incidents();
        if (!world_.arrange({runtime::EndSilence{made.id, name, "person-1", judged(silences)}})) return;
        silences_[made.id] = true;
        lifted_ += static_cast<std::size_t>(
            std::count_if(before.begin(), before.end(), [&](const Incident& incident) { return incident.is_silenced_by(name); }));
        for (const auto& incident : world_.open_incidents()) {
            if (incident.is_silenced_by(name))
                broke(fmt::format("{} was ended and still silences incident {}", name, incident.id.value));
        }
    }

    /// What was answered is on the disk, and the process knows what is on the disk.
    void check_nothing_is_lost() {
        for (const auto& [id, is_ended] : overrides_) {
            const auto found = world_.database().overrides.find(id);
            if (found == world_.database().overrides.end()) return broke(fmt::format("override {} is lost", id.value));
            if (is_ended && !found->second.origin.ended_at) return broke(fmt::format("the end of override {} is lost", id.value));
        }
        for (const auto& [id, is_ended] : silences_) {
            const auto found = world_.database().silences.find(id);
            if (found == world_.database().silences.end()) return broke(fmt::format("silence {} is lost", id.value));
            if (is_ended && !found->second.origin.ended_at) return broke(fmt::format("the end of silence {} is lost", id.value));
            const auto* known = world_.arrangements().silence(id);
            const bool is_to_come = found->second.is_to_come(now());
            if (is_to_come && (known == nullptr || *known != found->second))
                broke(fmt::format("silence {} is forgotten", id.value));
        }
    }

    void broke(std::string what) { broken_.push_back(std::move(what)); }

    Rng team_rng_;
    std::shared_ptr<const Roster> roster_;
    World world_;
    std::map<ArrangementId, bool> overrides_;  ///< Whether it was ended, as far as that was answered.
    std::map<ArrangementId, bool> silences_;
    std::vector<std::string> broken_;
    std::size_t seen_ = 0;
    std::size_t overridden_ = 0;
    std::size_t lifted_ = 0;
};

TEST(RuntimeSimulation, PromisesHoldWhateverIsArrangedAndCrashes) {
    // Without clock steps: who was on call is asked again at every attempt, with what was arranged since.
    constexpr Faults kFaults{.store_refuses = 30, .crash = 60, .provider_fails = 5, .provider_rejects = 12, .provider_hangs = 20};
    std::size_t overridden = 0;
    std::size_t lifted = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomRuntime random{seed, kFaults};
        random.run(300);
        for (const auto& what : random.broken()) ADD_FAILURE() << "seed " << seed << ": " << what;
        overridden += random.overridden();
        lifted += random.lifted();
    }
    EXPECT_GT(overridden, 200U) << "hardly anybody was paged by an override";
    EXPECT_GT(lifted, 100U) << "hardly any silence covered anything when it was ended";
}

}  // namespace
}  // namespace tocsin::simulation::runtime_test
