// What people and metrics see.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::reader_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Reading : public StoreContract {
protected:
    std::vector<std::int64_t> listed(const IncidentFilter& filter) {
        const auto incidents = reader().incidents(filter);
        EXPECT_TRUE(incidents);
        std::vector<std::int64_t> ids;
        if (incidents) {
            for (const auto& incident : *incidents) ids.push_back(incident.id.value);
        }
        return ids;
    }
    /// 1 resolved, 2 triggered, 3 acknowledged and of search, 4 resolved and of search, 5 triggered.
    void commit_five() {
        auto acknowledged = incident(3, "c");
        acknowledged.state = IncidentState::Acknowledged;
        acknowledged.service = "search";
        auto of_search = resolved(incident(4, "d"));
        of_search.service = "search";
        commit({.incidents = {resolved(incident(1, "a")), incident(2, "b"), acknowledged, of_search, incident(5, "e")}});
    }
};
INSTANTIATE_TEST_SUITE_P(All, Reading, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Reading, ListsIncidentsNewestFirst) {
    commit_five();
    EXPECT_THAT(listed({}), ElementsAre(5, 4, 3, 2, 1));
}

TEST_P(Reading, ListsOpenIncidentsOnly) {
    commit_five();
    IncidentFilter filter;
    filter.only_open = true;
    EXPECT_THAT(listed(filter), ElementsAre(5, 3, 2));
}

TEST_P(Reading, ListsIncidentsOfOneState) {
    commit_five();
    IncidentFilter filter;
    filter.state = IncidentState::Resolved;
    EXPECT_THAT(listed(filter), ElementsAre(4, 1));
    filter.state = IncidentState::Triggered;
    EXPECT_THAT(listed(filter), ElementsAre(5, 2));
}

TEST_P(Reading, ListsNothingThatIsBothResolvedAndOpen) {
    commit_five();
    IncidentFilter filter;
    filter.state = IncidentState::Resolved;
    filter.only_open = true;
    EXPECT_THAT(listed(filter), IsEmpty());
}

TEST_P(Reading, ListsIncidentsOfOneService) {
    commit_five();
    IncidentFilter filter;
    filter.service = "search";
    EXPECT_THAT(listed(filter), ElementsAre(4, 3));
    filter.only_open = true;
    EXPECT_THAT(listed(filter), ElementsAre(3));
}

TEST_P(Reading, PagesThroughIncidents) {
    commit_five();
    IncidentFilter filter;
    filter.limit = 2;
    EXPECT_THAT(listed(filter), ElementsAre(5, 4));
    filter.before = {4};
    EXPECT_THAT(listed(filter), ElementsAre(3, 2));
    filter.before = {1};
    EXPECT_THAT(listed(filter), IsEmpty());
}

TEST_P(Reading, PagesThroughOpenIncidents) {
    commit_five();
    IncidentFilter filter;
    filter.only_open = true;
    filter.before = {3};
    EXPECT_THAT(listed(filter), ElementsAre(2));
}

TEST_P(Reading, SaysThatAnIncidentDoesNotExist) {
    const auto found = reader().incident({7});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code(), Errc::NotFound);
}

TEST_P(Reading, GivesATimelineInTheOrderInWhichItHappened) {
    commit(
        {.incidents = {incident(1, "a"), incident(2, "b")}, .timeline = {entry(1, "first"), entry(2, "x"), entry(1, "second")}});
    commit({.timeline = {entry(1, "third")}});
    EXPECT_THAT(*reader().timeline({1}), ElementsAre(entry(1, "first"), entry(1, "second"), entry(1, "third")));
    EXPECT_THAT(*reader().timeline({9}), IsEmpty());
}

TEST_P(Reading, GivesThePagesOfAnIncidentOldestFirst) {
    commit(
        {.incidents = {incident(1, "a"), incident(2, "b")}, .pages = {page(1, 1, at(9)), page(2, 2, at(0)), page(3, 1, at(1))}});
    EXPECT_THAT(*reader().pages({1}), ElementsAre(page(1, 1, at(9)), page(3, 1, at(1))));
}

TEST_P(Reading, GivesTheNewestAlertsOfAnIncidentNewestFirst) {
    const auto ids = [&](std::int64_t incident, std::size_t limit) {
        std::vector<std::int64_t> found;
        for (const auto& alert : reader().alerts({incident}, limit).value()) found.push_back(alert.id.value);
        return found;
    };
    commit({.incidents = {incident(1, "a"), incident(2, "b")}, .alerts = {alert(1, 1), alert(2, 2), alert(3, 1)}});
    commit({.incidents = {incident(1, "a")}, .alerts = {alert(4, 1), alert(5, 0)}});
    commit({.alerts = {alert(6, 1)}});
    commit(resolved(incident(1, "a")));
    commit({.alerts = {alert(7, 1)}});
    commit({.incidents = {resolved(incident(1, "a"))}, .alerts = {alert(8, 1)}});
    EXPECT_THAT(ids(1, 100), ElementsAre(8, 7, 6, 4, 3, 1));
    EXPECT_THAT(ids(1, 3), ElementsAre(8, 7, 6));
    EXPECT_THAT(ids(1, 0), IsEmpty());
    EXPECT_THAT(ids(2, 100), ElementsAre(2));
    EXPECT_THAT(ids(9, 100), IsEmpty());
}

TEST_P(Reading, FollowsTheAlertsOfAnIncidentAcrossOpeningAgain) {
    commit({.incidents = {incident(1, "a")}, .alerts = {alert(1, 1)}});
    reopen();
    commit({.incidents = {incident(1, "a")}, .alerts = {alert(2, 1)}});
    EXPECT_EQ(reader().alerts({1}, 10)->size(), 2U);
}

TEST_P(Reading, CountsOpenIncidentsByStateAndSeverity) {
    auto bad = incident(2, "b");
    bad.severity = Severity::Critical;
    auto acknowledged = incident(3, "c");
    acknowledged.state = IncidentState::Acknowledged;
    commit({.incidents = {incident(1, "a"), bad, acknowledged, resolved(incident(4, "d")), incident(5, "e")}});
    const auto count_of = [&](IncidentState state, Severity severity) {
        std::int64_t count = 0;
        for (const auto& counted : reader().open_counts().value()) {
            if (counted.state == state && counted.severity == severity) count += counted.count;
        }
        return count;
    };
    EXPECT_EQ(count_of(IncidentState::Triggered, Severity::Moderate), 2);
    EXPECT_EQ(count_of(IncidentState::Triggered, Severity::Critical), 1);
    EXPECT_EQ(count_of(IncidentState::Acknowledged, Severity::Moderate), 1);
    EXPECT_EQ(count_of(IncidentState::Resolved, Severity::Moderate), 0);
}

TEST_P(Reading, CountsThePendingPagesAndSaysSinceWhenTheOldestIsDue) {
    auto delivered = page(4, 1, at(1));
    delivered.state = PageState::Delivered;
    commit({.incidents = {incident(1, "a")}, .pages = {page(1, 1, at(30)), page(2, 1, at(10)), page(3, 1, at(20)), delivered}});
    const auto state = reader().outbox(at(25)).value();
    EXPECT_EQ(state.pending, 3);
    EXPECT_EQ(state.oldest_due_at, at(10));
    EXPECT_EQ(reader().outbox(at(9))->oldest_due_at, std::nullopt);
}

TEST_P(Reading, ARelayThatIsDueIsPendingAndKeepsNoPageWaiting) {
    auto relay = page(1, 1, at(10));
    relay.step = kRelayStep;
    commit({.incidents = {incident(1, "a")}, .pages = {relay, page(2, 1, at(20))}});
    EXPECT_EQ(reader().outbox(at(15))->pending, 2);
    EXPECT_EQ(reader().outbox(at(15))->oldest_due_at, std::nullopt);
    EXPECT_EQ(reader().outbox(at(25))->oldest_due_at, at(20));
}

TEST_P(Reading, DoesNotWaitForATransactionThatIsUnderWay) {
    commit(incident(1, "a"));
    ASSERT_TRUE(store().lock({}));
    EXPECT_THAT(listed({}), ElementsAre(1));
}

TEST_P(Reading, GivesTheMembersOfAnIncidentInTheirOrder) {
    const Member a{{1}, "opsgenie", "a", true};
    const Member b{{1}, "opsgenie", "b", false};
    commit({.incidents = {incident(1, "disk"), incident(2, "cpu")}, .members = {b, a, {{2}, "opsgenie", "c", true}}});
    EXPECT_THAT(*reader().members({1}), ElementsAre(a, b));
    EXPECT_TRUE(reader().members({7})->empty());
}

}  // namespace
}  // namespace tocsin::contract::reader_test
