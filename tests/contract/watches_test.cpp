// Watches, and looking back: for triage, reports and drills.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::watches_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Watches : public StoreContract {
protected:
    static Watch watch(std::string key, std::int64_t due) { return {std::move(key), at(due), {}, {}}; }
    std::vector<std::string> due(std::int64_t ms) {
        auto keys = store().due_watches(at(ms));
        EXPECT_TRUE(keys);
        return keys ? *keys : std::vector<std::string>{};
    }
};
INSTANTIATE_TEST_SUITE_P(All, Watches, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Watches, AreKeptWholeAndSurviveReopening) {
    const Watch full{"heartbeat:a", at(10), at(5), at(7)};
    commit({.watches = {full, watch("drill:b", 20)}});
    reopen();
    EXPECT_THAT(*reader().watches(), ElementsAre(watch("drill:b", 20), full));
    EXPECT_THAT(locked({{.watch = "heartbeat:a"}}).watches, ElementsAre(full));
}

TEST_P(Watches, AreDueFromTheirTimeOn) {
    commit({.watches = {watch("heartbeat:a", 10), watch("heartbeat:b", 20)}});
    EXPECT_THAT(due(9), IsEmpty());
    EXPECT_THAT(due(10), ElementsAre("heartbeat:a"));
    EXPECT_THAT(due(20), ElementsAre("heartbeat:a", "heartbeat:b"));
    EXPECT_EQ(*store().next_due(), at(10));
    commit({.watches = {watch("heartbeat:a", 30)}, .forgotten_watches = {"heartbeat:b"}});
    EXPECT_THAT(due(29), IsEmpty());
    EXPECT_EQ(*store().next_due(), at(30));
}

TEST_P(Watches, AreLockedWithTheOpenIncidentOfTheSameKey) {
    commit({.incidents = {incident(1, "heartbeat:a"), incident(2, "heartbeat:c")},
            .watches = {watch("heartbeat:a", 10), watch("heartbeat:b", 20)}});
    const auto one = locked({{.key = "heartbeat:a", .watch = "heartbeat:a"}});
    EXPECT_EQ(one.incidents.size(), 1U);
    EXPECT_EQ(one.watches.size(), 1U);
    const auto all = locked({{.watch = kAllWatches}});
    EXPECT_EQ(all.watches.size(), 2U);
    ASSERT_EQ(all.incidents.size(), 1U);
    EXPECT_EQ(all.incidents.front().id, IncidentId{1});
    const auto without_watch = locked({{.key = "heartbeat:c", .watch = "heartbeat:c"}});
    EXPECT_EQ(without_watch.incidents.size(), 1U);
    EXPECT_TRUE(without_watch.watches.empty());
}

class Past : public StoreContract {
protected:
    static Incident opened(std::int64_t id, const std::string& key, std::int64_t ms) {
        auto one = incident(id, key);
        one.opened_at = at(ms);
        return one;
    }
    static Incident over(Incident one, std::int64_t ms) {
        one.state = IncidentState::Resolved;
        one.resolved_at = at(ms);
        one.resolved_by = "lahore-a";
        return one;
    }
    template <class Rows>
    static std::vector<std::int64_t> ids(const Rows& rows) {
        std::vector<std::int64_t> all;
        for (const auto& row : rows) all.push_back(row.id.value);
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(All, Past, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Past, HoldsWhatWasOpenedInAStretchWithItsFirstAnswerAndItsEnd) {
    commit({.incidents = {opened(1, "a", 5), over(opened(2, "b", 10), 40), opened(3, "c", 20)},
            .timeline = {{{2}, at(11), Reason::Acknowledged, "lahore-a", ""},
                         {{2}, at(12), Reason::Acknowledged, "lahore-b", ""},
                         {{2}, at(30), Reason::ResolvedBySource, "splunk", "over"},
                         {{2}, at(31), Reason::FiredAgain, "", ""},
                         {{2}, at(40), Reason::Resolved, "lahore-a", "restarted"}}});
    const auto past = reader().past({at(10), at(20)});
    ASSERT_TRUE(past);
    ASSERT_EQ(past->incidents.size(), 1U);
    const auto& found = past->incidents.front();
    EXPECT_EQ(found.id, IncidentId{2});
    EXPECT_EQ(found.key, "b");
    EXPECT_EQ(found.first_acknowledged_at, at(11));
    EXPECT_EQ(found.acknowledged_by, "lahore-a");
    EXPECT_EQ(found.resolved_at, at(40));
    EXPECT_EQ(found.resolution, Reason::Resolved);
    EXPECT_EQ(found.resolution_note, "restarted");
    EXPECT_FALSE(past->is_cut);
}

TEST_P(Past, LeavesTheOldestOutAndSaysSo) {
    commit({.incidents = {opened(1, "a", 5), opened(2, "b", 10), opened(3, "c", 20)}});
    const auto past = reader().past({at(0), at(100), 2});
    ASSERT_TRUE(past);
    EXPECT_THAT(ids(past->incidents), ElementsAre(2, 3));
    EXPECT_TRUE(past->is_cut);
}

TEST_P(Past, HoldsThePagesThatWereDecidedInTheStretch) {
    auto early = page(1, 1, at(5));
    early.decided_at = at(5);
    auto later = page(2, 1, at(15));
    later.decided_at = at(10);
    commit({.incidents = {incident(1, "a")}, .pages = {early, later}});
    const auto past = reader().past({at(10), at(20)});
    ASSERT_TRUE(past);
    ASSERT_EQ(past->pages.size(), 1U);
    EXPECT_EQ(past->pages.front(), (PastPage{{1}, "lahore-a", Urgency::Page, 0, PageState::Pending, at(15)}));
}

TEST_P(Past, TellsHowOftenAKeyWasSeenAndHowItEnded) {
    commit({.incidents = {over(opened(1, "a", 1), 10), over(opened(2, "a", 11), 20), over(opened(3, "a", 21), 30),
                          over(opened(4, "b", 22), 31), opened(5, "a", 32)}});
    const auto history = reader().history({.key = "a", .since = at(20), .but_of = {3}, .limit = 5});
    ASSERT_TRUE(history);
    EXPECT_EQ(history->count, 1);
    EXPECT_THAT(ids(history->latest), ElementsAre(2));
    const auto latest = reader().history({.key = "a", .since = at(0), .but_of = {5}, .limit = 2});
    EXPECT_EQ(latest->count, 3);
    EXPECT_THAT(ids(latest->latest), ElementsAre(3, 2));
}

TEST_P(Past, ListsDrillsNewestFirst) {
    auto first = opened(1, "drill:a", 1);
    first.is_drill = true;
    auto second = over(opened(3, "drill:a", 3), 9);
    second.is_drill = true;
    commit({.incidents = {first, opened(2, "b", 2), second},
            .timeline = {{{3}, at(3), Reason::Drill, "", "begun"}, {{3}, at(9), Reason::Drill, "", "passed"}}});
    const auto drills = reader().drills(10);
    ASSERT_TRUE(drills);
    EXPECT_THAT(ids(*drills), ElementsAre(3, 1));
    EXPECT_EQ(drills->front().resolution_note, "passed");
    EXPECT_EQ(drills->back().resolution, std::nullopt);
}

TEST_P(Past, ListsTheQueueOfTriage) {
    auto fresh = incident(1, "a");
    fresh.triage = TriageState::New;
    auto not_ours = incident(2, "b");
    not_ours.triage = TriageState::NotOurs;
    auto done = resolved(incident(3, "c"));
    done.triage = TriageState::New;
    commit({.incidents = {fresh, not_ours, done, incident(4, "d")}});
    IncidentFilter filter;
    filter.only_queued = true;
    const auto queue = reader().incidents(filter);
    ASSERT_TRUE(queue);
    EXPECT_THAT(ids(*queue), ElementsAre(1));
}

TEST_P(Past, AReplyToTheSenderIsNotCalledOff) {
    auto reply = page(1, 1, at(0));
    reply.step = kReplyStep;
    commit({.incidents = {incident(1, "a")}, .pages = {reply, page(2, 1, at(0))}});
    commit({.overtaken = {{{1}}}});
    const auto pages = reader().pages({1});
    ASSERT_TRUE(pages);
    EXPECT_EQ(pages->at(0).state, PageState::Pending);
    EXPECT_EQ(pages->at(1).state, PageState::Overtaken);
    reopen();
    EXPECT_THAT(claimed_pages(store(), {"node", at(1), at(2), 10}), ElementsAre(1));
}

}  // namespace
}  // namespace tocsin::contract::watches_test
