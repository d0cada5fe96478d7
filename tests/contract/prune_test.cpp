// What is kept no longer goes, the oldest first and a little at a time, and nothing that is still needed goes with it.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::prune_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Pruning : public StoreContract {
protected:
    Pruned prune(const PruneLimits& limits) {
        const auto pruned = store().prune(limits);
        EXPECT_TRUE(pruned) << pruned.error().message();
        return pruned ? *pruned : Pruned{};
    }
    std::vector<std::int64_t> alerts_of(std::int64_t incident) {
        std::vector<std::int64_t> ids;
        const auto alerts = reader().alerts({incident}, 100);
        EXPECT_TRUE(alerts);
        if (alerts) {
            for (const auto& alert : *alerts) ids.push_back(alert.id.value);
        }
        return ids;
    }
    std::vector<std::int64_t> incidents() {
        std::vector<std::int64_t> ids;
        const auto found = reader().incidents({});
        EXPECT_TRUE(found);
        if (found) {
            for (const auto& incident : *found) ids.push_back(incident.id.value);
        }
        return ids;
    }
    static StoredAlert alert_of(std::int64_t id, std::int64_t incident, TimePoint received_at) {
        auto made = alert(id, incident);
        made.received_at = received_at;
        return made;
    }
    static Incident resolved_at(std::int64_t id, TimePoint when) {
        auto made = resolved(incident(id, std::to_string(id)));
        made.opened_at = at(0);
        made.resolved_at = when;
        return made;
    }
};
INSTANTIATE_TEST_SUITE_P(All, Pruning, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Pruning, DeletesAlertsThatAreOldAndLeavesTheRestOfTheChain) {
    commit({.incidents = {incident(1, "a")},
            .alerts = {alert_of(1, 1, at(1)), alert_of(2, 0, at(2)), alert_of(3, 1, at(3)), alert_of(4, 1, at(4))}});
    const auto pruned = prune({.alerts_before = at(3), .rows_max = 100});
    EXPECT_EQ(pruned.rows, 2);
    EXPECT_TRUE(pruned.is_done);
    EXPECT_EQ(pruned.oldest_alert, at(3));
    EXPECT_THAT(alerts_of(1), ElementsAre(4, 3));
}

TEST_P(Pruning, AnOpenIncidentWithoutAlertsTakesAnother) {
    commit({.incidents = {incident(1, "a"), incident(2, "b")}, .alerts = {alert_of(1, 1, at(1)), alert_of(2, 2, at(2))}});
    (void)prune({.alerts_before = at(9), .rows_max = 100});
    EXPECT_THAT(alerts_of(1), IsEmpty());
    commit({.incidents = {incident(1, "a")}, .alerts = {alert_of(3, 1, at(10))}});
    EXPECT_THAT(alerts_of(1), ElementsAre(3));
    reopen();
    EXPECT_THAT(alerts_of(1), ElementsAre(3));
}

TEST_P(Pruning, DeletesResolvedIncidentsWithAllThatIsTheirs) {
    commit({.incidents = {resolved_at(1, at(5)), resolved_at(2, at(50)), incident(3, "c")},
            .members = {{{1}, "opsgenie", "x", false}, {{2}, "opsgenie", "x", false}},
            .timeline = {entry(1, "one"), entry(1, "two"), entry(2, "other")},
            .pages = {page(1, 1, at(1)), page(2, 2, at(1))}});
    commit({.overtaken = {{1}, {2}}});
    EXPECT_TRUE(prune({.incidents_before = at(10), .rows_max = 100}).is_done);
    EXPECT_THAT(incidents(), ElementsAre(3, 2));
    EXPECT_THAT(*reader().timeline({1}), IsEmpty());
    EXPECT_THAT(*reader().pages({1}), IsEmpty());
    EXPECT_EQ(reader().timeline({2})->size(), 1U);
    EXPECT_EQ(reader().pages({2})->size(), 1U);
    EXPECT_EQ(reader().incident({1}).error().code(), Errc::NotFound);
}

TEST_P(Pruning, DeletesDigestsThatWereSentLongAgo) {
    const auto digest = [](std::int64_t id, TimePoint decided_at, PageState state) {
        auto made = page(id, 0, at(1));
        made.digest = std::to_string(id);
        made.decided_at = decided_at;
        made.state = state;
        return made;
    };
    commit({.incidents = {incident(1, "a")},
            .pages = {digest(1, at(1), PageState::Delivered), digest(2, at(20), PageState::Delivered),
                      digest(3, at(1), PageState::Pending), page(4, 1, at(1))}});
    EXPECT_EQ(prune({.incidents_before = at(10), .rows_max = 100}).rows, 1) << "one is too young, one is not sent yet";
}

TEST_P(Pruning, LeavesOpenIncidentsAlone) {
    commit({.incidents = {incident(1, "a"), incident(2, "b")}, .timeline = {entry(1, "one")}});
    EXPECT_EQ(prune({.incidents_before = at(1'000'000), .rows_max = 100}).rows, 0);
    EXPECT_THAT(incidents(), ElementsAre(2, 1));
}

TEST_P(Pruning, DeletesNothingWithoutALimit) {
    commit({.incidents = {resolved_at(1, at(5)), incident(2, "b")}, .alerts = {alert_of(1, 1, at(1)), alert_of(2, 1, at(2))}});
    EXPECT_EQ(prune({.rows_max = 100}).rows, 0);
    EXPECT_THAT(alerts_of(1), ElementsAre(2, 1));
    EXPECT_THAT(incidents(), ElementsAre(2, 1));
}

TEST_P(Pruning, GoesOnWhereItStoppedUntilItIsDone) {
    Writes writes{.incidents = {resolved_at(1, at(5)), resolved_at(2, at(5)), incident(3, "c")}};
    for (std::int64_t id = 1; id <= 5; ++id) writes.alerts.push_back(alert_of(id, 3, at(id)));
    for (int n = 0; n < 3; ++n) writes.timeline.push_back(entry(1, "much happened"));
    commit(writes);
    const PruneLimits limits{.alerts_before = at(100), .incidents_before = at(10), .rows_max = 2};
    EXPECT_FALSE(prune(limits).is_done);
    EXPECT_THAT(alerts_of(3), ElementsAre(5, 4, 3)) << "the oldest went first";
    int calls = 1;
    while (!prune(limits).is_done && calls < 20) ++calls;
    EXPECT_LT(calls, 20);
    EXPECT_THAT(alerts_of(3), ElementsAre(5)) << "the newest stays";
    EXPECT_THAT(incidents(), ElementsAre(3));
    EXPECT_EQ(prune(limits).rows, 0);
}

TEST_P(Pruning, GivesNoIdTwice) {
    ASSERT_TRUE(store().reserve_ids({2, 2, 2}));
    commit({.incidents = {resolved_at(1, at(5)), resolved_at(2, at(5))},
            .alerts = {alert_of(1, 1, at(1)), alert_of(2, 2, at(2))},
            .pages = {page(1, 1, at(1)), page(2, 1, at(1))}});
    commit({.overtaken = {{1}}});
    EXPECT_TRUE(prune({.alerts_before = at(100), .incidents_before = at(100), .rows_max = 100}).is_done);
    reopen();
    const auto ids = store().reserve_ids({1, 1, 1});
    ASSERT_TRUE(ids);
    EXPECT_EQ(ids->first_incident, 3);
    EXPECT_EQ(ids->first_alert, 3);
    EXPECT_EQ(ids->first_page, 3);
}

}  // namespace
}  // namespace tocsin::contract::prune_test
