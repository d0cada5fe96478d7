// What requests make of a dossier, and how one stands with its incident.
#include "core/engine/dossier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::engine::dossier_test {
namespace {

using Kind = DossierChange::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr TimePoint kNow = from_unix_ms(1'795'000'000'000);

Dossier dossier() {
    Dossier one;
    one.id = "d1";
    one.source = "og";
    one.alias = "disk";
    one.message = "disk full";
    one.tags = {"a", "b"};
    one.details = {{"k", "v"}};
    return one;
}

DossierChange change(Kind kind) {
    DossierChange asked;
    asked.kind = kind;
    return asked;
}

DossierStanding closed() {
    DossierStanding standing;
    standing.is_open = false;
    return standing;
}

TEST(Dossier, ACreateOfWhatIsOpenCountsAndChangesNothingElse) {
    auto again = change(Kind::Create);
    again.created.message = "another text";
    const auto step = change_dossier(dossier(), {}, again, kNow);
    EXPECT_EQ(step.status, "Created alert");
    EXPECT_EQ(step.dossier.count, 2);
    EXPECT_EQ(step.dossier.last_occurred_at, kNow);
    EXPECT_EQ(step.dossier.message, "disk full");
    EXPECT_THAT(step.entries, IsEmpty());
    EXPECT_TRUE(step.reaches_engine);
}

TEST(Dossier, ACreateBeginsOneWithItsTimesAndItsNote) {
    auto asked = change(Kind::Create);
    asked.created = dossier();
    asked.note = "look at this";
    const auto step = begin_dossier(asked, kNow);
    EXPECT_EQ(step.dossier.created_at, kNow);
    ASSERT_EQ(step.entries.size(), 2U);
    EXPECT_EQ(step.entries[1].kind, DossierEntry::Kind::Note);
    EXPECT_EQ(step.entries[1].text, "look at this");
}

TEST(Dossier, TagsAndDetailsComeAndGo) {
    auto add = change(Kind::AddTags);
    add.names = {"b", "c"};
    auto step = change_dossier(dossier(), {}, add, kNow);
    EXPECT_THAT(step.dossier.tags, ElementsAre("a", "b", "c"));
    auto remove = change(Kind::RemoveTags);
    remove.names = {"a", "nothing"};
    step = change_dossier(step.dossier, {}, remove, kNow);
    EXPECT_THAT(step.dossier.tags, ElementsAre("b", "c"));
    auto details = change(Kind::AddDetails);
    details.details = {{"k", "w"}, {"l", "x"}};
    step = change_dossier(step.dossier, {}, details, kNow);
    EXPECT_THAT(step.dossier.details,
                ElementsAre(std::pair<std::string, std::string>{"k", "w"}, std::pair<std::string, std::string>{"l", "x"}));
}

TEST(Dossier, WhatIsClosedTakesNotesAndRefusesAcknowledgements) {
    const auto refused = change_dossier(dossier(), closed(), change(Kind::Acknowledge), kNow);
    EXPECT_EQ(refused.outcome, DossierRequest::Outcome::Failed);
    EXPECT_EQ(refused.status, "Alert is already closed");
    EXPECT_FALSE(refused.reaches_engine);
    auto note = change(Kind::AddNote);
    note.note = "it was the cable";
    const auto noted = change_dossier(dossier(), closed(), note, kNow);
    EXPECT_EQ(noted.outcome, DossierRequest::Outcome::Done);
    EXPECT_FALSE(noted.reaches_engine);
    ASSERT_EQ(noted.entries.size(), 1U);
}

TEST(Dossier, ASecondAcknowledgementFails) {
    DossierStanding standing;
    standing.acknowledged_at = kNow;
    const auto step = change_dossier(dossier(), standing, change(Kind::Acknowledge), kNow);
    EXPECT_EQ(step.outcome, DossierRequest::Outcome::Failed);
    EXPECT_EQ(step.status, "Alert is already acknowledged");
}

TEST(Dossier, NobodyKnowsIt) {
    EXPECT_EQ(no_dossier({"og", {}, "disk"}).status, "Alert with alias [disk] does not exist");
    EXPECT_EQ(no_dossier({"og", "d1", "d1"}).status, "Alert with id [d1] does not exist");
}

TEST(DossierStanding, FollowsItsIncident) {
    auto one = dossier();
    one.incident = {7};
    Incident incident;
    incident.id = {7};
    EXPECT_TRUE(standing_of(one, &incident, kNow).is_open);
    incident.state = IncidentState::Acknowledged;
    incident.acknowledged_at = kNow;
    incident.acknowledged_by = "ana";
    EXPECT_EQ(standing_of(one, &incident, kNow).acknowledged_by, "ana");
    incident.state = IncidentState::Resolved;
    incident.resolved_at = kNow;
    incident.resolved_by = "ana";
    const auto over = standing_of(one, &incident, kNow);
    EXPECT_FALSE(over.is_open);
    EXPECT_EQ(over.closed_by, "ana");
}

TEST(DossierStanding, IsOverWithAnIncidentThatIsKeptNoLonger) {
    auto one = dossier();
    one.incident = {7};
    EXPECT_FALSE(standing_of(one, nullptr, kNow).is_open);
    EXPECT_TRUE(standing_of(dossier(), nullptr, kNow).is_open) << "one that was only recorded has no incident";
}

TEST(DossierStanding, ForgetsASnoozeThatIsOver) {
    auto one = dossier();
    one.snoozed_until = kNow;
    EXPECT_FALSE(standing_of(one, nullptr, kNow).snoozed_until);
    EXPECT_TRUE(standing_of(one, nullptr, kNow - Duration{1}).snoozed_until);
}

}  // namespace
}  // namespace tocsin::engine::dossier_test
