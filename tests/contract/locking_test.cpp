// What lock() finds, and that transactions take turns.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::locking_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

IncidentRef by_key(std::string_view key) { return {key, {}, {}, {}}; }
IncidentRef by_id(std::int64_t id) { return {{}, {id}, {}, {}}; }
IncidentRef by_member(std::string_view alert_key) { return {{}, {}, "opsgenie", alert_key}; }
IncidentRef by_key_and_member(std::string_view key, std::string_view alert_key) { return {key, {}, "opsgenie", alert_key}; }
Member member(std::int64_t incident, std::string alert_key) { return {{incident}, "opsgenie", std::move(alert_key), true}; }

IncidentRef by_key_since(std::string_view key, TimePoint since) {
    auto ref = by_key(key);
    ref.resolved_since = since;
    return ref;
}
IncidentRef whole(std::int64_t id) {
    auto ref = by_id(id);
    ref.members = IncidentRef::Members::All;
    return ref;
}
Incident resolved_at(Incident incident, TimePoint when) {
    incident = resolved(std::move(incident));
    incident.resolved_at = when;
    return incident;
}
Incident merged(Incident incident, std::int64_t into) {
    incident = resolved(std::move(incident));
    incident.merged_into = {into};
    return incident;
}
Incident with_origin(Incident incident, std::string key) {
    incident.origin_key = std::move(key);
    return incident;
}

class Locking : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(All, Locking, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Locking, FindsTheOpenIncidentByItsKey) {
    commit(incident(1, "disk"));
    EXPECT_THAT(locked({by_key("disk")}).incidents, ElementsAre(incident(1, "disk")));
}

TEST_P(Locking, FindsNothingByTheKeyOfAResolvedIncident) {
    commit(incident(1, "disk"));
    commit(resolved(incident(1, "disk")));
    EXPECT_THAT(locked({by_key("disk")}).incidents, IsEmpty());
}

TEST_P(Locking, FindsTheNewerIncidentByAKeyThatTwoHad) {
    commit(resolved(incident(1, "disk")));
    commit(incident(2, "disk"));
    EXPECT_THAT(locked({by_key("disk")}).incidents, ElementsAre(incident(2, "disk")));
}

TEST_P(Locking, FindsAnOpenIncidentById) {
    commit(incident(1, "disk"));
    EXPECT_THAT(locked({by_id(1)}).incidents, ElementsAre(incident(1, "disk")));
}

TEST_P(Locking, FindsAResolvedIncidentById) {
    commit(resolved(incident(1, "disk")));
    EXPECT_THAT(locked({by_id(1)}).incidents, ElementsAre(resolved(incident(1, "disk"))));
}

TEST_P(Locking, FindsNothingByAnIdThatDoesNotExist) { EXPECT_THAT(locked({by_id(7), by_key("disk")}).incidents, IsEmpty()); }

TEST_P(Locking, GivesEachIncidentOnceHoweverOftenItIsReferredTo) {
    commit(incident(1, "disk"));
    commit(resolved(incident(2, "cpu")));
    const auto found = locked({by_key("disk"), by_id(1), by_key("disk"), by_id(2), by_id(2)});
    EXPECT_THAT(found.incidents, UnorderedElementsAre(incident(1, "disk"), resolved(incident(2, "cpu"))));
}

TEST_P(Locking, FindsEveryOpenIncidentOfAMember) {
    commit({.incidents = {incident(1, "disk"), incident(2, "host"), incident(3, "cpu")},
            .members = {member(1, "a"), member(2, "a"), member(3, "b")}});
    const auto found = locked({by_member("a"), by_member("a")});
    EXPECT_THAT(found.incidents, UnorderedElementsAre(incident(1, "disk"), incident(2, "host")));
    EXPECT_THAT(found.members, UnorderedElementsAre(member(1, "a"), member(2, "a")));
}

TEST_P(Locking, FindsAMemberThatHasEnded) {
    auto ended = member(1, "a");
    ended.is_firing = false;
    commit({.incidents = {incident(1, "disk")}, .members = {member(1, "a")}});
    ended.began_at = at(5);
    commit({.members = {ended}});
    EXPECT_THAT(locked({by_member("a")}).members, ElementsAre(ended));
}

TEST_P(Locking, DoesNotFindTheResolvedIncidentsOfAMember) {
    commit({.incidents = {incident(1, "disk")}, .members = {member(1, "a")}});
    commit(resolved(incident(1, "disk")));
    const auto found = locked({by_member("a")});
    EXPECT_THAT(found.incidents, IsEmpty());
    EXPECT_THAT(found.members, IsEmpty());
}

TEST_P(Locking, WithAKeySaysOnlyWhetherTheAlertIsAMemberOfThatIncident) {
    commit({.incidents = {incident(1, "disk"), incident(2, "host")}, .members = {member(1, "a"), member(2, "a")}});
    const auto found = locked({by_key_and_member("disk", "a"), by_key_and_member("disk", "b")});
    EXPECT_THAT(found.incidents, ElementsAre(incident(1, "disk")));
    EXPECT_THAT(found.members, ElementsAre(member(1, "a")));
}

TEST_P(Locking, TellsTwoSourcesWithTheSameAlertKeyApart) {
    commit({.incidents = {incident(1, "disk")}, .members = {{{1}, "splunk", "a", true}}});
    EXPECT_THAT(locked({by_member("a")}).incidents, IsEmpty());
}

TEST_P(Locking, FindsTheMembersOfAnIncidentThatWasOpenedAgain) {
    commit({.incidents = {incident(1, "disk")}, .members = {member(1, "a")}});
    commit(resolved(incident(1, "disk")));
    commit(incident(1, "disk"));
    EXPECT_THAT(locked({by_member("a")}).members, ElementsAre(member(1, "a")));
    EXPECT_THAT(locked({by_key("disk")}).incidents, ElementsAre(incident(1, "disk")));
}

TEST_P(Locking, FindsTheIncidentThatWasResolvedLastIfItMayBeReopened) {
    commit(resolved_at(incident(1, "disk"), at(100)));
    commit(resolved_at(incident(2, "disk"), at(200)));
    EXPECT_THAT(locked({by_key_since("disk", at(200))}).incidents, ElementsAre(resolved_at(incident(2, "disk"), at(200))));
    EXPECT_THAT(locked({by_key_since("disk", at(201))}).incidents, IsEmpty());
    EXPECT_THAT(locked({by_key("disk")}).incidents, IsEmpty());
}

TEST_P(Locking, FindsAllMembersOfTheIncidentThatMayBeReopened) {
    commit({.incidents = {incident(1, "disk")}, .members = {member(1, "a"), member(1, "b")}});
    commit(resolved_at(incident(1, "disk"), at(100)));
    EXPECT_THAT(locked({by_key_since("disk", at(0))}).members, UnorderedElementsAre(member(1, "a"), member(1, "b")));
}

TEST_P(Locking, FindsTheOpenIncidentRatherThanOneThatMayBeReopened) {
    commit(resolved_at(incident(1, "disk"), at(100)));
    commit(incident(2, "disk"));
    EXPECT_THAT(locked({by_key_since("disk", at(0))}).incidents, ElementsAre(incident(2, "disk")));
}

TEST_P(Locking, ReopenedAndResolvedUnderAnotherKeyNoLongerHoldsTheOldOne) {
    commit(resolved_at(incident(1, "disk"), at(100)));
    commit(incident(1, "disk"));
    commit({.incidents = {with_origin(incident(1, "disk#1"), "disk"), incident(2, "disk")}});
    commit(resolved_at(incident(2, "disk"), at(150)));
    EXPECT_THAT(locked({by_key_since("disk", at(0))}).incidents, ElementsAre(resolved_at(incident(2, "disk"), at(150))));
}

TEST_P(Locking, FindsByItsOldKeyWhatAnIncidentWasMergedInto) {
    commit({.incidents = {incident(1, "disk"), incident(2, "host")}, .members = {member(2, "a")}});
    commit(merged(incident(1, "disk"), 2));
    const auto found = locked({by_key_and_member("disk", "a")});
    EXPECT_THAT(found.incidents, UnorderedElementsAre(merged(incident(1, "disk"), 2), incident(2, "host")));
    EXPECT_THAT(found.members, ElementsAre(member(2, "a")));
}

TEST_P(Locking, FollowsOneMergeAfterAnotherAndAfterOpeningAgain) {
    commit({.incidents = {incident(1, "disk"), incident(2, "host"), incident(3, "rack")}});
    commit(merged(incident(1, "disk"), 2));
    commit(merged(incident(2, "host"), 3));
    reopen();
    EXPECT_THAT(locked({by_key("disk")}).incidents,
                UnorderedElementsAre(merged(incident(1, "disk"), 2), merged(incident(2, "host"), 3), incident(3, "rack")));
}

TEST_P(Locking, FindsNothingByAKeyThatWasMergedIntoWhatIsResolved) {
    commit({.incidents = {incident(1, "disk"), incident(2, "host")}});
    commit(merged(incident(1, "disk"), 2));
    commit(resolved(incident(2, "host")));
    EXPECT_THAT(locked({by_key("disk")}).incidents, IsEmpty());
}

TEST_P(Locking, FindsTheMemberOfAnIncidentThatHadTheKeyBefore) {
    commit(
        {.incidents = {incident(1, "disk"), with_origin(incident(2, "disk#2"), "disk"), with_origin(incident(3, "cpu#3"), "cpu")},
         .members = {member(2, "a"), member(3, "a")}});
    const auto found = locked({by_key_and_member("disk", "a")});
    EXPECT_THAT(found.incidents, UnorderedElementsAre(incident(1, "disk"), with_origin(incident(2, "disk#2"), "disk")));
    EXPECT_THAT(found.members, ElementsAre(member(2, "a")));
}

TEST_P(Locking, GivesAllMembersOfAnIncidentThatIsAskedForWhole) {
    auto ended = member(1, "b");
    ended.is_firing = false;
    commit({.incidents = {incident(1, "disk"), incident(2, "cpu")}, .members = {member(1, "a"), ended, member(2, "a")}});
    EXPECT_THAT(locked({whole(1), by_key_and_member("disk", "a")}).members, UnorderedElementsAre(member(1, "a"), ended));
    commit(resolved(incident(2, "cpu")));
    EXPECT_THAT(locked({whole(2)}).members, ElementsAre(member(2, "a")));
}

TEST_P(Locking, KnowsWhatMayBeReopenedAfterOpeningAgain) {
    commit({.incidents = {incident(1, "disk")}, .members = {member(1, "a")}});
    commit(resolved_at(incident(1, "disk"), at(100)));
    reopen();
    const auto found = locked({by_key_since("disk", at(100))});
    EXPECT_THAT(found.incidents, ElementsAre(resolved_at(incident(1, "disk"), at(100))));
    EXPECT_THAT(found.members, ElementsAre(member(1, "a")));
}

TEST_P(Locking, RefusesASecondTransactionWhileOneIsUnderWay) {
    ASSERT_TRUE(store().lock({}));
    const auto second = other_store().lock({});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), Errc::Unavailable);
    EXPECT_TRUE(second.error().retry().allowed());
    store().roll_back();
    EXPECT_TRUE(other_store().lock({}));
}

TEST_P(Locking, FindsTheSameAfterOpeningAgain) {
    commit({.incidents = {full_incident(1), resolved(incident(2, "cpu"))}, .members = {member(1, "a"), member(2, "b")}});
    reopen();
    const auto found = locked({by_key(full_incident(1).key), by_key("cpu"), by_member("a"), by_member("b")});
    EXPECT_THAT(found.incidents, ElementsAre(full_incident(1)));
    EXPECT_THAT(found.members, ElementsAre(member(1, "a")));
}

}  // namespace
}  // namespace tocsin::contract::locking_test
