// What lock() finds, and that transactions take turns.
#include "tests/contract/stores.hpp"

namespace tocsin::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

IncidentRef by_key(std::string_view key) { return {key, {}, {}, {}}; }
IncidentRef by_id(std::int64_t id) { return {{}, {id}, {}, {}}; }
IncidentRef by_member(std::string_view alert_key) { return {{}, {}, "opsgenie", alert_key}; }
IncidentRef by_key_and_member(std::string_view key, std::string_view alert_key) { return {key, {}, "opsgenie", alert_key}; }
Member member(std::int64_t incident, std::string alert_key) { return {{incident}, "opsgenie", std::move(alert_key), true}; }

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
}  // namespace tocsin::contract
