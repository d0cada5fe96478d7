// What batches make of an Opsgenie client's requests: dossier and incident go together, in the order of the mailbox.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/runtime/batch.hpp"
#include "tests/support/fake_store.hpp"

namespace tocsin::runtime::dossiers_test {
namespace {

using Kind = engine::DossierChange::Kind;

constexpr TimePoint kNow = from_unix_ms(1'795'000'000'000);

AlertMessage said(AlertAction action) {
    AlertMessage message;
    message.alert.source = "og";
    message.alert.kind = "opsgenie_api";
    message.alert.action = action;
    message.alert.key = "disk";
    message.alert.is_followed_up = true;
    message.verdict.incident_key = "og disk";
    message.verdict.summary = "disk full";
    return message;
}

Message create(std::string id) {
    DossierMessage message;
    message.request = "request of " + id;
    message.name = {"og", {}, "disk"};
    message.change.created.id = std::move(id);
    message.change.created.source = "og";
    message.change.created.alias = "disk";
    message.alert = said(AlertAction::Fire);
    return {std::move(message), {}};
}

Message change(Kind kind, AlertAction action, const std::string& id = {}) {
    DossierMessage message;
    message.request = std::string(to_string(kind));
    message.name = {"og", id, "disk"};
    message.change.kind = kind;
    message.alert = said(action);
    return {std::move(message), {}};
}

/// A store in memory, and one batch after the other on it.
class World {
public:
    void batch(std::vector<Message> messages, TimePoint now = kNow) {
        std::vector<IncidentRef> refs;
        for (const auto& message : messages) add_refs(message, now, refs);
        auto locked = store_.lock(refs);
        ASSERT_TRUE(locked);
        Batch one({roster_, now, "node", rng_, [this] { return Result<IncidentId>{IncidentId{++last_}}; }, store_, nothing_},
                  std::move(*locked));
        for (auto& message : messages) ASSERT_TRUE(one.apply(message));
        ASSERT_TRUE(store_.commit(one.finish({next_ += 100, next_, now})));
    }
    [[nodiscard]] const Incident& incident(std::int64_t id) const { return store_.database()->incidents.at({id}); }
    [[nodiscard]] const Dossier& dossier(const std::string& id) const { return store_.database()->dossiers.at(id); }
    [[nodiscard]] const DossierRequest& request(const std::string& id) const {
        return store_.database()->dossier_requests.at(id);
    }
    [[nodiscard]] std::size_t incidents() const { return store_.database()->incidents.size(); }

private:
    FakeStore store_;
    Roster roster_;
    Rng rng_{1};
    const Arrangements nothing_;
    std::int64_t last_ = 0;
    std::int64_t next_ = 1;
};

TEST(Dossiers, AnUpdateInTheSameBatchFindsTheCreate) {
    World world;
    world.batch({create("d1"), change(Kind::Acknowledge, AlertAction::Acknowledge)});
    EXPECT_EQ(world.request("Acknowledge").outcome, DossierRequest::Outcome::Done);
    EXPECT_EQ(world.incident(1).state, IncidentState::Acknowledged);
    EXPECT_EQ(world.dossier("d1").incident, IncidentId{1});
}

TEST(Dossiers, AnUpdateBeforeTheCreateFailsAndLosesNothing) {
    World world;
    world.batch({change(Kind::Close, AlertAction::Resolve), create("d1")});
    EXPECT_EQ(world.request("Close").outcome, DossierRequest::Outcome::Failed);
    EXPECT_EQ(world.incident(1).state, IncidentState::Triggered);
    EXPECT_EQ(world.dossier("d1").state, DossierState::Open);
}

TEST(Dossiers, CloseAndCreateInOneBatchBeginANewOne) {
    World world;
    world.batch({create("d1"), change(Kind::Close, AlertAction::Resolve), create("d2")});
    EXPECT_EQ(world.dossier("d1").state, DossierState::Closed);
    EXPECT_EQ(world.dossier("d2").state, DossierState::Open);
    EXPECT_EQ(world.dossier("d2").count, 1);
}

TEST(Dossiers, ARepeatedCreateCounts) {
    World world;
    world.batch({create("d1")});
    world.batch({create("d2"), create("d3")});
    EXPECT_EQ(world.dossier("d1").count, 3);
    EXPECT_EQ(world.incidents(), 1U);
    EXPECT_EQ(world.request("request of d3").dossier, "d1");
}

TEST(Dossiers, ACreateAfterAPersonResolvedTheIncidentBeginsANewOne) {
    World world;
    world.batch({create("d1")});
    world.batch({{ActionMessage{{1}, engine::Resolve{"ana", ""}}, {}}});
    world.batch({create("d2")});
    EXPECT_EQ(world.dossier("d1").state, DossierState::Closed);
    EXPECT_EQ(world.dossier("d1").closed_by, "ana");
    EXPECT_EQ(world.dossier("d2").incident, IncidentId{2});
}

TEST(Dossiers, AnActionOnAnOldOneLeavesTheNewOnesIncidentAlone) {
    World world;
    world.batch({create("d1"), change(Kind::Close, AlertAction::Resolve)});
    world.batch({create("d2")}, kNow + std::chrono::days{2});
    world.batch({change(Kind::Acknowledge, AlertAction::Acknowledge, "d1")}, kNow + std::chrono::days{2});
    EXPECT_EQ(world.request("Acknowledge").status, "Alert is already closed");
    EXPECT_EQ(world.incident(world.dossier("d2").incident.value).state, IncidentState::Triggered);
}

TEST(Dossiers, WhatIsOnlyRecordedHasItsOwnWord) {
    World world;
    auto recorded = create("d1");
    std::get<DossierMessage>(recorded.what).alert.verdict.urgency = Urgency::Record;
    world.batch({std::move(recorded)});
    EXPECT_EQ(world.incidents(), 0U);
    world.batch({change(Kind::Close, AlertAction::Resolve)});
    EXPECT_EQ(world.dossier("d1").state, DossierState::Closed);
}

}  // namespace
}  // namespace tocsin::runtime::dossiers_test
