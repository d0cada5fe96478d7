// What is told to two-way sources, and what of their words is our own.
#include "core/engine/relay.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/engine/delivery.hpp"

namespace tocsin::engine::relay_test {
namespace {

using std::chrono::minutes;
using Relays = std::vector<Relay>;
constexpr TimePoint kNow = from_unix_ms(1'795'000'000'000);

const Roster kNobody;

Incident incident(IncidentState state = IncidentState::Triggered) {
    Incident made;
    made.id = IncidentId{42};
    made.state = state;
    made.urgency = Urgency::Page;
    made.firing = 1;
    if (state == IncidentState::Acknowledged) made.acknowledged_by = "ana";
    return made;
}

Relays relays(const Incident& before, const Event& event) {
    return relays_of(standing_of(before), advance(before, event, kNobody, kNow));
}

const auto kTriggered = incident();
const auto kAcknowledged = incident(IncidentState::Acknowledged);
const auto kResolved = incident(IncidentState::Resolved);

TEST(Relays, SayWhoDidItAndWhatTheySaid) {
    EXPECT_EQ(relays(kTriggered, Acknowledge{"ana"}), (Relays{{RelayAction::Acknowledge, "ana", ""}}));
    EXPECT_EQ(relays(kTriggered, Note{"ana", "looking"}), (Relays{{RelayAction::Note, "ana", "looking"}}));
    EXPECT_EQ(relays(kAcknowledged, Resolve{"bob", "mended"}), (Relays{{RelayAction::Close, "bob", "mended"}}));
    EXPECT_EQ(relays(kAcknowledged, Unacknowledge{"ana"}), (Relays{{RelayAction::Unacknowledge, "ana", "unacknowledged"}}));
}

TEST(Relays, ASnoozeIsOneAndItsEndGivesTheAlertBack) {
    const Snooze snooze{"ana", kNow + minutes{30}};
    const Relays expected{{RelayAction::Snooze, "ana", "until 2026-11-18T11:36:40Z"}};
    EXPECT_EQ(relays(kTriggered, snooze), expected);
    EXPECT_EQ(relays(kAcknowledged, snooze), expected);
    auto snoozed = kAcknowledged;
    snoozed.snoozed_until = kNow;
    EXPECT_EQ(relays(snoozed, Woke{}), (Relays{{RelayAction::Unacknowledge, "", "snooze ended"}}));
    EXPECT_EQ(relays(snoozed, Acknowledge{"bob"}), (Relays{{RelayAction::Acknowledge, "bob", ""}}));
}

TEST(Relays, WhatTocsinDecidesByItselfIsToldWithItsReason) {
    auto quiet = kTriggered;
    quiet.resolve_after = minutes{30};
    quiet.resolve_due_at = kNow;
    EXPECT_EQ(relays(quiet, Woke{}), (Relays{{RelayAction::Close, "", "no alert for 30m"}}));
    auto forgotten = kAcknowledged;
    forgotten.acknowledgement_ends_at = kNow;
    EXPECT_EQ(
        relays(forgotten, Woke{}),
        (Relays{{RelayAction::Unacknowledge, "", "acknowledgement ended: acknowledged by ana and silent since: paging again"}}));
}

TEST(Relays, AnIncidentThatIsGivenToSomebodyIsANoteOrIsGivenBack) {
    Roster roster;
    roster.people["bob"].id = "bob";
    const auto given = [&](const Incident& before) {
        return relays_of(standing_of(before), advance(before, Reassign{"ana", "bob", ""}, roster, kNow));
    };
    EXPECT_EQ(given(kTriggered), (Relays{{RelayAction::Note, "ana", "reassigned: to bob"}}));
    EXPECT_EQ(given(kAcknowledged), (Relays{{RelayAction::Unacknowledge, "ana", "reassigned: to bob"}}));
}

TEST(Relays, NothingIsToldOfWhatHasNoCounterpartOrIsOver) {
    EXPECT_EQ(relays(kTriggered, ChangeSeverity{"ana", Severity::Critical, ""}), Relays{});
    EXPECT_EQ(relays(kTriggered, Escalate{"ana"}), Relays{});
    EXPECT_EQ(relays(kTriggered, Communicate{"ana", "we know"}), Relays{});
    EXPECT_EQ(relays(kAcknowledged, Acknowledge{"bob"}), Relays{});
    EXPECT_EQ(relays(kResolved, Note{"ana", "it was the disk"}), Relays{});
    EXPECT_EQ(relays(kResolved, Resolve{"ana", ""}), Relays{});
    auto merged = kTriggered;
    merged.merged_into = IncidentId{7};
    EXPECT_EQ(relays(merged, Resolve{"ana", ""}), Relays{}) << "its alerts go on there";
}

Page page(RelayAction action) {
    return relay_page({action, "ana", "mended"}, kTriggered, {kTriggered.id, "opsgenie", "alert-1", true}, kNow);
}

TEST(RelayPage, IsOfTheAlertAndNobodyIsPagedByIt) {
    auto relay = page(RelayAction::Close);
    relay.id = PageId{1007};
    EXPECT_EQ(relay.key(), "42-relay-1007-opsgenie-close");
    EXPECT_EQ(relay.step_name(), "relay");
    EXPECT_EQ(relay.address, "alert-1");
    EXPECT_EQ(relay.channel, kRelayChannel);
    EXPECT_FALSE(relay.is_to_person());
    EXPECT_FALSE(relay.can_be_overtaken()) << "the incident's next answer is no reason to leave this one out";
}

TEST(RelayPage, IsPointlessOnceTheIncidentHasGoneOn) {
    EXPECT_FALSE(is_pointless(page(RelayAction::Acknowledge), kAcknowledged));
    EXPECT_TRUE(is_pointless(page(RelayAction::Acknowledge), kTriggered));
    EXPECT_TRUE(is_pointless(page(RelayAction::Acknowledge), kResolved)) << "a close follows";
    EXPECT_FALSE(is_pointless(page(RelayAction::Unacknowledge), kTriggered));
    EXPECT_TRUE(is_pointless(page(RelayAction::Unacknowledge), kAcknowledged));
    EXPECT_TRUE(is_pointless(page(RelayAction::Snooze), kAcknowledged));
    for (const auto& now : {kTriggered, kAcknowledged, kResolved}) {
        EXPECT_FALSE(is_pointless(page(RelayAction::Close), now));
        EXPECT_FALSE(is_pointless(page(RelayAction::Note), now));
    }
}

TEST(RelayPage, ThatWasPointlessIsOvertakenAndHasNoAttempt) {
    Rng rng{1};
    const auto after = after_attempt(page(RelayAction::Acknowledge), Result<void>{pointless()}, kNow, rng);
    EXPECT_EQ(after.state, PageState::Overtaken);
    EXPECT_EQ(after.attempts, 0);
    const Error stopping{Errc::Cancelled, "we are stopping", Retry::now()};
    EXPECT_EQ(after_attempt(page(RelayAction::Acknowledge), Result<void>{stopping}, kNow, rng).state, PageState::Pending);
}

TEST(RelayPage, ThatIsLostIsWrittenDownAndPagesNobody) {
    auto lost = page(RelayAction::Close);
    lost.state = PageState::Failed;
    lost.attempts = 3;
    lost.last_error = "answered 404";
    for (const auto& before : {kTriggered, kResolved}) {
        const auto after = advance(before, Undelivered{lost}, kNobody, kNow);
        ASSERT_EQ(after.timeline.size(), 1U);
        EXPECT_EQ(after.timeline[0].reason, Reason::RelayFailed);
        EXPECT_EQ(after.timeline[0].detail, "close of alert alert-1 at opsgenie, attempt 3: answered 404");
        EXPECT_TRUE(after.pages.empty());
    }
    EXPECT_TRUE(advance(kTriggered, Delivered{lost}, kNobody, kNow).timeline.empty());
}

const TwoWay kTwoWay{{"opsgenie"}, "tocsin"};

Alert word(AlertAction action, const std::string& through = "tocsin") {
    Alert alert;
    alert.source = "opsgenie";
    alert.action = action;
    alert.through = through;
    return alert;
}

TEST(Echo, IsWhatWeDidThereAndNothingElse) {
    EXPECT_TRUE(is_echo(word(AlertAction::Acknowledge), kAcknowledged, kTwoWay));
    EXPECT_TRUE(is_echo(word(AlertAction::Note), kTriggered, kTwoWay));
    EXPECT_FALSE(is_echo(word(AlertAction::Acknowledge, "web"), kAcknowledged, kTwoWay));
    EXPECT_FALSE(is_echo(word(AlertAction::Acknowledge, ""), kAcknowledged, kTwoWay));
    auto elsewhere = word(AlertAction::Acknowledge);
    elsewhere.source = "another";
    EXPECT_FALSE(is_echo(elsewhere, kAcknowledged, kTwoWay));
    EXPECT_FALSE(is_echo(word(AlertAction::Acknowledge, ""), kAcknowledged, {{}, ""}));
}

TEST(Echo, ThatComesLateIsOneStillAndACloseIsAFact) {
    auto given_back = kTriggered;
    given_back.cycle = 1;
    EXPECT_TRUE(is_echo(word(AlertAction::Acknowledge), given_back, kTwoWay));
    auto taken_again = kAcknowledged;
    taken_again.cycle = 1;
    EXPECT_TRUE(is_echo(word(AlertAction::Unacknowledge), taken_again, kTwoWay));
    EXPECT_FALSE(is_echo(word(AlertAction::Resolve), kTriggered, kTwoWay));
}

TEST(Echo, IsNotWhatWeCannotHaveSaidYet) {
    EXPECT_FALSE(is_echo(word(AlertAction::Acknowledge), kTriggered, kTwoWay)) << "another tocsin of the same name did it";
    EXPECT_FALSE(is_echo(word(AlertAction::Unacknowledge), kAcknowledged, kTwoWay));
}

TEST(OwnPage, IsKnownByItsNameAndItsAlias) {
    const auto created = [](const std::string& alias, const std::string& source) {
        Alert alert;
        alert.kind = "opsgenie";
        alert.labels = {{"alias", alias}, {"source", source}};
        return is_own_page(alert, "tocsin/eu-1");
    };
    EXPECT_TRUE(created("tocsin-42", "tocsin/eu-1"));
    EXPECT_TRUE(created("tocsin-42-0-1-2-lahore-a-push", "tocsin/eu-1"));
    EXPECT_FALSE(created("tocsin-42", "tocsin/us-1")) << "another team's tocsin pages us";
    EXPECT_FALSE(created("tocsin-down", "prometheus")) << "who watches tocsin may say so";
    EXPECT_FALSE(created("disk", "tocsin/eu-1"));
    Alert of_splunk;
    of_splunk.labels = {{"alias", "tocsin-42"}, {"source", "tocsin/eu-1"}};
    EXPECT_FALSE(is_own_page(of_splunk, "tocsin/eu-1"));
}

}  // namespace
}  // namespace tocsin::engine::relay_test
