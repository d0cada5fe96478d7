// Who gets what is due: timers of incidents, and pages.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::claims_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Claims : public StoreContract {
protected:
    /// Open incidents 1, 2, ... that wake at the given times.
    void open_waking_at(const std::vector<std::int64_t>& times) {
        Writes writes;
        std::int64_t id = 0;
        for (const auto time : times) {
            ++id;
            writes.incidents.push_back(waking(incident(id, "key-" + std::to_string(id)), at(time)));
        }
        commit(writes);
    }
    /// Incident 1 with pages 1, 2, ... due at the given times.
    void page_at(const std::vector<std::int64_t>& times) {
        Writes writes{.incidents = {incident(1, "disk")}};
        for (const auto time : times) {
            writes.pages.push_back(page(static_cast<std::int64_t>(writes.pages.size()) + 1, 1, at(time)));
        }
        commit(writes);
    }
    std::optional<TimePoint> next_due() { return store().next_due().value(); }
};
INSTANTIATE_TEST_SUITE_P(All, Claims, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Claims, GivesDueIncidentsLongestDueFirst) {
    open_waking_at({30, 10, 20, 31});
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(30), at(90), 10}), ElementsAre(2, 3, 1));
}

TEST_P(Claims, GivesNoMoreIncidentsThanAskedFor) {
    open_waking_at({30, 10, 20});
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(30), at(90), 2}), ElementsAre(2, 3));
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(30), at(90), 0}), IsEmpty());
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(30), at(90), 2}), ElementsAre(1));
}

TEST_P(Claims, GivesAnIncidentToOneOnly) {
    open_waking_at({10});
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(10), at(70), 10}), ElementsAre(1));
    EXPECT_THAT(claimed_incidents(other_store(), {"node-b", at(69), at(129), 10}), IsEmpty());
}

TEST_P(Claims, GivesAnIncidentToAnotherWhenTheLeaseHasEnded) {
    open_waking_at({10});
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(10), at(70), 10}), ElementsAre(1));
    EXPECT_THAT(claimed_incidents(other_store(), {"node-b", at(70), at(130), 10}), ElementsAre(1));
}

TEST_P(Claims, KeepsALeaseWhenTheClockStepsBack) {
    open_waking_at({10, 11});
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(20), at(80), 1}), ElementsAre(1));
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(80), at(140), 0}), IsEmpty());
    EXPECT_THAT(claimed_incidents(store(), {"node-b", at(20), at(80), 10}), ElementsAre(2));
}

TEST_P(Claims, WritingAnIncidentGivesItsLeaseBack) {
    open_waking_at({10});
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(10), at(70), 10}), ElementsAre(1));
    commit(waking(incident(1, "key-1"), at(15)));
    EXPECT_THAT(claimed_incidents(other_store(), {"node-b", at(15), at(75), 10}), ElementsAre(1));
}

TEST_P(Claims, DoesNotGiveResolvedIncidents) {
    open_waking_at({10});
    commit(resolved(waking(incident(1, "key-1"), at(10))));
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(10), at(70), 10}), IsEmpty());
    EXPECT_EQ(next_due(), std::nullopt);
}

TEST_P(Claims, DoesNotGiveIncidentsThatHaveNoTimerAnyMore) {
    open_waking_at({10});
    commit(incident(1, "key-1"));
    EXPECT_THAT(claimed_incidents(store(), {"node-a", at(10), at(70), 10}), IsEmpty());
}

TEST_P(Claims, GivesDuePagesLongestDueFirstWithTheirIncident) {
    page_at({30, 10, 31});
    const auto claimed = store().claim_due_pages({"node-a", at(30), at(90), 10}).value();
    ASSERT_EQ(claimed.size(), 2U);
    EXPECT_EQ(claimed[0].page, leased(page(2, 1, at(10)), "node-a", at(90)));
    EXPECT_EQ(claimed[1].page, leased(page(1, 1, at(30)), "node-a", at(90)));
    EXPECT_EQ(claimed[0].incident, incident(1, "disk"));
}

TEST_P(Claims, GivesPagesOfAResolvedIncidentToo) {
    commit({.incidents = {resolved(incident(1, "disk"))}, .pages = {page(1, 1, at(0))}});
    const auto claimed = store().claim_due_pages({"node-a", at(0), at(60), 10}).value();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].incident, resolved(incident(1, "disk")));
}

TEST_P(Claims, GivesNoMorePagesThanAskedForAndEachToOneOnly) {
    page_at({30, 10, 20});
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(30), at(90), 2}), ElementsAre(2, 3));
    EXPECT_THAT(claimed_pages(other_store(), {"node-b", at(30), at(90), 10}), ElementsAre(1));
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(89), at(149), 10}), IsEmpty());
}

TEST_P(Claims, APageBornWithALeaseIsItsOwnersUntilTheLeaseEnds) {
    commit({.incidents = {incident(1, "disk")}, .pages = {leased(page(1, 1, at(0)), "node-a", at(60))}});
    EXPECT_THAT(claimed_pages(other_store(), {"node-b", at(59), at(119), 10}), IsEmpty());
    EXPECT_EQ(next_due(), at(60));
    EXPECT_THAT(claimed_pages(other_store(), {"node-b", at(60), at(120), 10}), ElementsAre(1));
}

TEST_P(Claims, TheLeaseOfAPageIsSeenByReaders) {
    page_at({10});
    ASSERT_THAT(claimed_pages(store(), {"node-a", at(10), at(70), 10}), ElementsAre(1));
    EXPECT_EQ(only_page(), leased(page(1, 1, at(10)), "node-a", at(70)));
}

TEST_P(Claims, APageWrittenBackAsPendingIsDueWhenItSays) {
    page_at({10});
    const auto claimed = store().claim_due_pages({"node-a", at(10), at(70), 10}).value();
    commit({.attempted = {attempted(claimed.at(0).page, PageState::Pending, "node-a")}});
    EXPECT_EQ(next_due(), at(777));
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(776), at(900), 10}), IsEmpty());
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(777), at(900), 10}), ElementsAre(1));
}

TEST_P(Claims, ReleasesTheLeasesOfOneOwnerOnly) {
    open_waking_at({10, 20});
    commit({.pages = {leased(page(1, 1, at(10)), "node-a", at(900)), leased(page(2, 1, at(20)), "node-b", at(900))}});
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(20), at(900), 1}), ElementsAre(1));
    ASSERT_THAT(claimed_incidents(other_store(), {"node-b", at(20), at(900), 1}), ElementsAre(2));
    ASSERT_TRUE(store().release_leases("node-a"));
    EXPECT_THAT(claimed_incidents(store(), {"node-c", at(20), at(80), 10}), ElementsAre(1));
    EXPECT_THAT(claimed_pages(store(), {"node-c", at(20), at(80), 10}), ElementsAre(1));
}

TEST_P(Claims, LeasesOfPagesOutliveTheProcessUntilTheyAreReleased) {
    commit({.incidents = {incident(1, "disk")}, .pages = {leased(page(1, 1, at(10)), "node-a", at(900))}});
    reopen();
    EXPECT_THAT(claimed_pages(store(), {"node-b", at(20), at(80), 10}), IsEmpty());
    ASSERT_TRUE(store().release_leases("node-a"));
    EXPECT_THAT(claimed_pages(store(), {"node-b", at(20), at(80), 10}), ElementsAre(1));
}

TEST_P(Claims, TimersAndPendingPagesAreDueAfterOpeningAgain) {
    open_waking_at({10});
    commit({.pages = {page(1, 1, at(5))}});
    reopen();
    EXPECT_EQ(next_due(), at(5));
    EXPECT_THAT(claimed_incidents(store(), {"node-b", at(1'000), at(1'060), 10}), ElementsAre(1));
    EXPECT_THAT(claimed_pages(store(), {"node-b", at(1'000), at(1'060), 10}), ElementsAre(1));
}

TEST_P(Claims, NothingIsNextInAnEmptyStore) { EXPECT_EQ(next_due(), std::nullopt); }

TEST_P(Claims, TheEarliestTimerOrPageIsNext) {
    open_waking_at({50, 40});
    EXPECT_EQ(next_due(), at(40));
    commit({.pages = {page(1, 1, at(30))}});
    EXPECT_EQ(next_due(), at(30));
}

TEST_P(Claims, TheEndOfALeaseIsNextWhenNothingIsFreeBefore) {
    open_waking_at({40, 90});
    ASSERT_THAT(claimed_incidents(store(), {"node-a", at(40), at(80), 1}), ElementsAre(1));
    EXPECT_EQ(next_due(), at(80));
}

TEST_P(Claims, ALeaseThatEndsBeforeTheTimerDoesNotMakeItDueEarlier) {
    open_waking_at({40});
    commit({.pages = {leased(page(1, 1, at(30)), "node-a", at(10))}});
    EXPECT_EQ(next_due(), at(30));
}

}  // namespace
}  // namespace tocsin::contract::claims_test
