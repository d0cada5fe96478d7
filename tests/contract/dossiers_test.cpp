// What clients of the Opsgenie API have put together: kept whole, found by its names, with its incident.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::dossiers_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Dossiers : public StoreContract {
protected:
    static Dossier dossier(std::string id, std::string alias) {
        Dossier one;
        one.id = std::move(id);
        one.source = "og";
        one.alias = std::move(alias);
        one.created_at = one.updated_at = one.last_occurred_at = at(1);
        return one;
    }
    std::vector<Dossier> found(const DossierName& name) { return locked({{.dossier = &name}}).dossiers; }
};
INSTANTIATE_TEST_SUITE_P(All, Dossiers, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Dossiers, AreKeptWholeAndSurviveReopening) {
    auto full = dossier("d1", "disk");
    full.message = "m";
    full.description = "d";
    full.entity = "e";
    full.origin = "s";
    full.priority = "P2";
    full.owner = "ana";
    full.tags = {"a,b", "c\"d"};
    full.actions = {"restart"};
    full.details = {{"k", "v"}, {"l", ""}};
    full.responders = {{"team", "ops"}};
    full.count = 7;
    full.acknowledged_at = at(5);
    full.acknowledged_by = "ana";
    full.snoozed_until = at(9);
    commit({.dossiers = {full}});
    full.tiny_id = 1;
    reopen();
    EXPECT_THAT(found({"og", {}, "disk"}), ElementsAre(full));
    EXPECT_THAT(found({"og", "d1", {}}), ElementsAre(full));
}

TEST_P(Dossiers, AreOnlyTheirSources) {
    commit({.dossiers = {dossier("d1", "disk")}});
    EXPECT_THAT(found({"other", {}, "disk"}), IsEmpty());
    EXPECT_THAT(found({"other", "d1", {}}), IsEmpty());
}

TEST_P(Dossiers, AreFoundByAliasOnlyWhileTheyAreOpen) {
    auto one = dossier("d1", "disk");
    one.state = DossierState::Closed;
    commit({.dossiers = {one}});
    EXPECT_THAT(found({"og", {}, "disk"}), IsEmpty());
    EXPECT_THAT(found({"og", "d1", {}}), SizeIs(1));
    one.state = DossierState::Deleted;
    commit({.dossiers = {one}});
    EXPECT_THAT(found({"og", "d1", {}}), IsEmpty());
}

TEST_P(Dossiers, OneThatEndsMakesRoomForTheNextWithItsAlias) {
    auto one = dossier("d1", "disk");
    commit({.dossiers = {one}});
    one.state = DossierState::Closed;
    commit({.dossiers = {one, dossier("d2", "disk")}});
    const auto open = found({"og", {}, "disk"});
    ASSERT_THAT(open, SizeIs(1));
    EXPECT_EQ(open.front().id, "d2");
    EXPECT_EQ(open.front().tiny_id, 2);
}

TEST_P(Dossiers, AreLockedWithTheIncidentThatTheirsWasMergedInto) {
    auto merged = resolved(incident(1, "a"));
    merged.merged_into = {2};
    auto one = dossier("d1", "disk");
    one.incident = {1};
    commit({.incidents = {incident(2, "b"), merged}, .dossiers = {one}});
    const DossierName name{"og", {}, "disk"};
    const auto held = locked({{.dossier = &name}});
    ASSERT_THAT(held.dossiers, SizeIs(1));
    EXPECT_EQ(held.dossiers.front().incident, IncidentId{2});
    ASSERT_THAT(held.incidents, SizeIs(1));
    EXPECT_EQ(held.incidents.front().id, IncidentId{2});
}

TEST_P(Dossiers, AreKeptWithTheirIncidentUntilItIsOver) {
    auto open = dossier("00000000-0000-7000-8000-000000000001", "disk");
    open.incident = {1};
    commit({.incidents = {incident(1, "a"), resolved(incident(2, "b")), incident(3, "c")},
            .dossiers = {open, dossier("00000000-0000-7000-8000-000000000002", "newest")}});
    PruneLimits limits;
    limits.incidents_before = at(10'000'000);
    limits.rows_max = 100;
    ASSERT_TRUE(store().prune(limits));
    EXPECT_THAT(found({"og", {}, "disk"}), SizeIs(1));
    commit(resolved(incident(1, "a")));
    ASSERT_TRUE(store().prune(limits));
    EXPECT_THAT(found({"og", {}, "disk"}), IsEmpty());
    EXPECT_THAT(found({"og", {}, "newest"}), SizeIs(1)) << "its number is not given to another";
}

}  // namespace
}  // namespace tocsin::contract::dossiers_test
