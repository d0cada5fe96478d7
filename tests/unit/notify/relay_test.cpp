// Relays to Opsgenie: what is asked of it for each action, and what is not asked at all.
#include "daemon/notify/relay.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/engine/relay.hpp"
#include "tests/support/fake_outside.hpp"

namespace tocsin::notify::relay_test {
namespace {

using engine::RelayAction;
using test::FakeOutside;
using test::header;

constexpr auto kKey = "eb243592-faa2-4ba2-a551-key";
constexpr auto kAccepted = R"({"result":"Request will be processed","took":0.3,"requestId":"43a29c5c-3dbf"})";

Notification relay(const engine::Relay& what, const std::string& alert = "7ec331d7-1593475564295") {
    auto notification = test::a_notification();
    const Member member{notification.incident.id, "opsgenie", alert, true};
    notification.page = engine::relay_page(what, notification.incident, member, FakeOutside::kNow);
    return notification;
}

class RelayTest : public testing::Test {
protected:
    RelayTest() { world_.answers(202, kAccepted); }

    Result<Receipt> outcome(const Notification& notification, const std::string& url = "https://api.eu.opsgenie.com") {
        auto outside = world_.outside();
        outside.name = "tocsin/eu-1";
        const auto channel = make_relay_channel({{"opsgenie", *opsgenie_account(url, kKey)}}, std::move(outside));
        return *test::outcome_of(*channel, notification);
    }
    std::string target(const Notification& notification) {
        EXPECT_TRUE(outcome(notification));
        return world_.requests.back().url.target;
    }
    std::string body(const Notification& notification) {
        EXPECT_TRUE(outcome(notification));
        return world_.requests.back().body;
    }

    FakeOutside world_;
};

TEST_F(RelayTest, EachActionHasItsCallAndSaysWhoDidIt) {
    EXPECT_EQ(target(relay({RelayAction::Acknowledge, "lahore-a", ""})),
              "/v2/alerts/7ec331d7-1593475564295/acknowledge?identifierType=id");
    EXPECT_EQ(world_.requests.back().method, "POST");
    EXPECT_EQ(world_.requests.back().url.host, "api.eu.opsgenie.com");
    EXPECT_EQ(header(world_.requests.back(), "Authorization"), std::string("GenieKey ") + kKey);
    EXPECT_EQ(world_.requests.back().body, R"({"user":"lahore-a","source":"tocsin/eu-1"})");
    EXPECT_EQ(target(relay({RelayAction::Unacknowledge, "", ""})),
              "/v2/alerts/7ec331d7-1593475564295/unacknowledge?identifierType=id");
    EXPECT_EQ(target(relay({RelayAction::Note, "lahore-a", "x"})), "/v2/alerts/7ec331d7-1593475564295/notes?identifierType=id");
    EXPECT_EQ(body(relay({RelayAction::Close, "lahore-a", "mended"})),
              R"({"user":"lahore-a","source":"tocsin/eu-1","note":"mended"})");
    EXPECT_EQ(world_.requests.back().url.target, "/v2/alerts/7ec331d7-1593475564295/close?identifierType=id");
}

TEST_F(RelayTest, WhatTocsinDidByItselfIsItsOwn) {
    EXPECT_EQ(body(relay({RelayAction::Close, "", "no alert for 30m"})),
              R"({"user":"tocsin/eu-1","source":"tocsin/eu-1","note":"no alert for 30m"})");
}

TEST_F(RelayTest, ASnoozeEndsWhenTheIncidentsDoes) {
    auto snooze = relay({RelayAction::Snooze, "lahore-a", ""});
    snooze.incident.snoozed_until = parse_rfc3339("2026-11-24T18:00:00Z");
    EXPECT_EQ(body(snooze), R"({"user":"lahore-a","source":"tocsin/eu-1","endTime":"2026-11-24T18:00:00Z"})");
    snooze.incident.snoozed_until.reset();
    const auto pointless = outcome(snooze);
    ASSERT_FALSE(pointless);
    EXPECT_TRUE(engine::was_pointless(snooze.page, pointless.error()));
}

TEST_F(RelayTest, AnAlertIsNamedAsItsWebhookNamedIt) {
    const auto named = [this](const std::string& key) { return target(relay({RelayAction::Close, "ana", ""}, key)); };
    EXPECT_EQ(named("alias:disk/db 1"), "/v2/alerts/disk%2Fdb%201/close?identifierType=alias");
    EXPECT_EQ(named("tinyId:7"), "/v2/alerts/7/close?identifierType=tiny");
    const auto asked = world_.requests.size();
    for (const auto* key : {"unnamed", "message:disk full"}) {
        const auto refused = outcome(relay({RelayAction::Close, "ana", ""}, key));
        ASSERT_FALSE(refused);
        EXPECT_FALSE(refused.error().retry().allowed());
    }
    EXPECT_EQ(world_.requests.size(), asked);
}

TEST_F(RelayTest, TextsAreCutToOpsgeniesLimits) {
    const auto sent = body(relay({RelayAction::Note, std::string(200, 'u'), std::string(30'000, 'n')}));
    EXPECT_LT(sent.size(), 25'300U);
}

TEST_F(RelayTest, TheServicesOfJiraHaveAPath) {
    EXPECT_TRUE(outcome(relay({RelayAction::Close, "ana", ""}), "https://api.atlassian.com/jsm/ops/integration/"));
    EXPECT_EQ(world_.requests.back().url.target, "/jsm/ops/integration/v2/alerts/7ec331d7-1593475564295/close?identifierType=id");
}

TEST_F(RelayTest, WhatMayPassIsTriedAgainAndNothingElse) {
    const auto close = relay({RelayAction::Close, "ana", ""});
    world_.answers(429, R"({"message":"TooManyRequests"})", {{"Retry-After", "60"}});
    EXPECT_EQ(outcome(close).error().retry().delay, std::chrono::seconds{60});
    world_.answers(503);
    EXPECT_TRUE(outcome(close).error().retry().allowed());
    for (const unsigned status : {401U, 403U, 404U, 409U, 410U, 422U, 302U, 200U}) {
        world_.answers(status, R"({"message":"no such alert"})");
        EXPECT_FALSE(outcome(close).error().retry().allowed()) << status;
    }
    EXPECT_EQ(outcome(close).error().message().find(kKey), std::string::npos);
}

TEST_F(RelayTest, ASourceThatIsTwoWayNoLongerIsSaidToBe) {
    auto close = relay({RelayAction::Close, "ana", ""});
    close.page.person = "gone";
    const auto refused = outcome(close);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message(), "telling gone: the source has no `two_way` in tocsin.yaml (any more)");
    EXPECT_FALSE(refused.error().retry().allowed());
    EXPECT_TRUE(world_.requests.empty());
}

}  // namespace
}  // namespace tocsin::notify::relay_test
