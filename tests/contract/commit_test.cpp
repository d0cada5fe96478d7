// What a commit makes of its writes: all of them or none, and every field as it was given.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::commit_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Committing : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(All, Committing, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Committing, KeepsEveryFieldOfAnIncident) {
    commit(full_incident(1));
    EXPECT_EQ(*reader().incident({1}), full_incident(1));
}

TEST_P(Committing, ReplacesEveryFieldOfAnIncident) {
    commit(incident(1, "disk"));
    commit(full_incident(1));
    EXPECT_EQ(*reader().incident({1}), full_incident(1));
    commit(incident(1, "disk"));
    EXPECT_EQ(*reader().incident({1}), incident(1, "disk"));
}

TEST_P(Committing, KeepsWhatARepeatedAlertChanges) {
    auto repeated = full_incident(1);
    commit(repeated);
    repeated.last_alert_at = at(1'000);
    repeated.alerts += 1;
    repeated.firing += 2;
    repeated.resolve_due_at.reset();
    commit(repeated);
    EXPECT_EQ(*reader().incident({1}), repeated);
    EXPECT_THAT(locked({{repeated.key, {}, {}, {}}}).incidents, ElementsAre(repeated));
}

TEST_P(Committing, KeepsEveryFieldOfAPage) {
    commit({.incidents = {incident(1, "disk")}, .pages = {full_page(9, 1)}});
    EXPECT_EQ(only_page(), full_page(9, 1));
}

TEST_P(Committing, KeepsEveryFieldOfATimelineEntry) {
    commit({.incidents = {incident(1, "disk")}, .timeline = {entry(1, "nobody answered")}});
    EXPECT_THAT(*reader().timeline({1}), ElementsAre(entry(1, "nobody answered")));
}

TEST_P(Committing, KeepsEveryFieldOfAnAlert) {
    commit({.incidents = {incident(1, "disk")}, .alerts = {alert(4, 1)}});
    const auto kept = reader().alerts({1}, 10)->at(0);
    const auto given = alert(4, 1);
    EXPECT_EQ(std::tie(kept.id, kept.incident, kept.received_at, kept.source, kept.action),
              std::tie(given.id, given.incident, given.received_at, given.source, given.action));
    EXPECT_EQ(std::tie(kept.key, kept.trace, kept.rule, kept.payload),
              std::tie(given.key, given.trace, given.rule, given.payload));
}

TEST_P(Committing, NothingHappensWhenItIsRolledBack) {
    ASSERT_TRUE(store().lock({}));
    store().roll_back();
    EXPECT_THAT(*reader().incidents({}), IsEmpty());
    commit(incident(1, "disk"));
    EXPECT_EQ(reader().incidents({})->size(), 1U);
}

TEST_P(Committing, TakesNothingOfWritesThatOpenTwoIncidentsWithOneKey) {
    commit({.incidents = {incident(1, "disk")}, .pages = {page(1, 1, at(0))}});
    ASSERT_TRUE(store().lock({}));
    const auto refused = store().commit({.incidents = {incident(2, "cpu"), incident(3, "disk")},
                                         .members = {{{1}, "opsgenie", "a", true}},
                                         .alerts = {alert(1, 1)},
                                         .timeline = {entry(1, "no")},
                                         .overtaken = {{1}},
                                         .pages = {page(2, 1, at(0))}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::Conflict);
    EXPECT_EQ(reader().incidents({})->size(), 1U);
    EXPECT_THAT(*reader().alerts({1}, 10), IsEmpty());
    EXPECT_THAT(*reader().timeline({1}), IsEmpty());
    EXPECT_EQ(only_page(), page(1, 1, at(0)));
    EXPECT_THAT(locked({{"cpu", {}, {}, {}}, {{}, {}, "opsgenie", "a"}}).incidents, IsEmpty());
    EXPECT_EQ(store().next_due().value(), at(0));
}

TEST_P(Committing, TheTransactionIsOverAfterARefusal) {
    commit(incident(1, "disk"));
    ASSERT_TRUE(store().lock({}));
    ASSERT_FALSE(store().commit({.incidents = {incident(3, "disk")}}));
    EXPECT_TRUE(other_store().lock({}));
}

TEST_P(Committing, OneIncidentMayTakeOverTheKeyOfAnotherThatIsResolvedWithIt) {
    commit(incident(1, "disk"));
    commit({.incidents = {incident(2, "disk"), resolved(incident(1, "disk"))}});
    EXPECT_THAT(locked({{"disk", {}, {}, {}}}).incidents, ElementsAre(incident(2, "disk")));
}

TEST_P(Committing, AKeyThatAnIncidentGaveUpFindsItNoMore) {
    commit(incident(1, "disk"));
    commit(incident(1, "host"));
    EXPECT_THAT(locked({{"disk", {}, {}, {}}}).incidents, IsEmpty());
    EXPECT_THAT(locked({{"host", {}, {}, {}}}).incidents, ElementsAre(incident(1, "host")));
}

TEST_P(Committing, OvertakenPagesAreNotPendingAndNobodysAnyMore) {
    commit({.incidents = {incident(1, "disk")}, .pages = {leased(page(1, 1, at(0)), "node-a", at(60))}});
    commit({.overtaken = {{1}}});
    EXPECT_EQ(only_page().state, PageState::Overtaken);
    EXPECT_EQ(only_page().lease_owner, "");
    EXPECT_THAT(claimed_pages(store(), {"node-b", at(100), at(200), 10}), IsEmpty());
}

TEST_P(Committing, PagesOfTheSameWritesAreNotOvertaken) {
    commit({.incidents = {incident(1, "disk")}, .pages = {page(1, 1, at(0))}});
    commit({.overtaken = {{1}}, .pages = {page(2, 1, at(0))}});
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(0), at(60), 10}), ElementsAre(2));
}

TEST_P(Committing, OvertakingLeavesDeliveredPagesAndOtherIncidentsAlone) {
    auto delivered = page(1, 1, at(0));
    delivered.state = PageState::Delivered;
    commit({.incidents = {incident(1, "disk"), incident(2, "cpu")}, .pages = {delivered, page(2, 2, at(0))}});
    commit({.overtaken = {{1}}});
    EXPECT_EQ(only_page().state, PageState::Delivered);
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(0), at(60), 10}), ElementsAre(2));
}

TEST_P(Committing, OvertakingOnePersonsPagesLeavesThoseOfOthersPending) {
    auto others = page(2, 1, at(0));
    others.person = "somebody-else";
    auto delivered = page(3, 1, at(0));
    delivered.state = PageState::Delivered;
    const auto mine = page(1, 1, at(0));
    commit({.incidents = {incident(1, "disk"), incident(2, "cpu")}, .pages = {mine, others, delivered, page(4, 2, at(0))}});
    commit({.overtaken = {{{1}, mine.person}}});
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(0), at(60), 10}), ElementsAre(2, 4));
    const auto pages = reader().pages({1}).value();
    EXPECT_EQ(pages[0].state, PageState::Overtaken);
    EXPECT_EQ(pages[2].state, PageState::Delivered);
}

TEST_P(Committing, AnAttemptIsWrittenBackAndEndsItsLease) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    commit({.attempted = {attempted(born, PageState::Failed, "node-a")}});
    const auto expected = attempted(page(1, 1, at(0)), PageState::Failed, "");
    EXPECT_EQ(only_page(), expected);
}

TEST_P(Committing, AnAttemptChangesNothingButItsOutcome) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    auto written = attempted(born, PageState::Pending, "node-a");
    written.person = "somebody-else";
    written.give_up_at = at(99'999);
    commit({.attempted = {written}});
    EXPECT_EQ(only_page(), attempted(page(1, 1, at(0)), PageState::Pending, ""));
}

TEST_P(Committing, AnAttemptWhoseLeaseWentToAnotherIsIgnored) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    ASSERT_THAT(claimed_pages(other_store(), {"node-b", at(60), at(120), 10}), ElementsAre(1));
    commit({.attempted = {attempted(born, PageState::Failed, "node-a")}});
    EXPECT_EQ(only_page(), leased(page(1, 1, at(0)), "node-b", at(120)));
}

TEST_P(Committing, APageThatWasOvertakenMeanwhileStaysSo) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    commit({.overtaken = {{1}}});
    commit({.attempted = {attempted(born, PageState::Pending, "node-a")}});
    EXPECT_EQ(only_page().state, PageState::Overtaken);
    EXPECT_EQ(store().next_due().value(), std::nullopt);
}

TEST_P(Committing, ADeliveryIsAFactEvenAfterThePageWasOvertaken) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    commit({.overtaken = {{1}}, .attempted = {attempted(born, PageState::Delivered, "node-a")}});
    EXPECT_EQ(only_page(), attempted(page(1, 1, at(0)), PageState::Delivered, ""));
}

TEST_P(Committing, ADeliveredPageIsNotChangedAgain) {
    const auto born = leased(page(1, 1, at(0)), "node-a", at(60));
    commit({.incidents = {incident(1, "disk")}, .pages = {born}});
    commit({.attempted = {attempted(born, PageState::Delivered, "node-a")}});
    commit({.overtaken = {{1}}, .attempted = {attempted(born, PageState::Failed, "node-a")}});
    EXPECT_EQ(only_page().state, PageState::Delivered);
}

TEST_P(Committing, GivesIdsInRisingOrderAndNeverTwice) {
    const auto first = store().reserve_ids({2, 3, 4}).value();
    const auto second = other_store().reserve_ids({1, 1, 1}).value();
    EXPECT_GT(first.first_incident, 0);
    EXPECT_GE(second.first_incident, first.first_incident + 2);
    EXPECT_GE(second.first_alert, first.first_alert + 3);
    EXPECT_GE(second.first_page, first.first_page + 4);
}

TEST_P(Committing, GivesNoIdAgainThatWasCommittedBeforeOpeningAgain) {
    const auto ids = store().reserve_ids({1, 1, 1}).value();
    commit({.incidents = {resolved(incident(ids.first_incident, "disk"))},
            .alerts = {alert(ids.first_alert, ids.first_incident)},
            .pages = {full_page(ids.first_page, ids.first_incident)}});
    reopen();
    const auto after = store().reserve_ids({1, 1, 1}).value();
    EXPECT_GT(after.first_incident, ids.first_incident);
    EXPECT_GT(after.first_alert, ids.first_alert);
    EXPECT_GT(after.first_page, ids.first_page);
}

TEST_P(Committing, GivesIdsInsideATransactionToo) {
    ASSERT_TRUE(store().lock({}));
    EXPECT_TRUE(store().reserve_ids({1, 1, 1}));
    EXPECT_TRUE(store().commit({}));
}

}  // namespace
}  // namespace tocsin::contract::commit_test
