// A two-way source: acknowledgements and ends made here reach Opsgenie's API, survive its failures and ours, and start no loop.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <string>

#include "tests/support/daemon.hpp"

namespace tocsin::test::two_way_test {
namespace {

constexpr const char* kApiKey = "opsgenie-api-key-0123456789";

/// An Opsgenie webhook about one alert; `through` did it.
std::string webhook(const std::string& action, const std::string& alert, const std::string& through = "web") {
    return fmt::format(
        R"({{"action": "{}", "alert": {{"alertId": "{}", "alias": "disk-db1", "message": "disk full", "username": "lahore-a", )"
        R"("source": "10.0.0.1"}}, "source": {{"name": "{}", "type": "API"}}, "integrationName": "to tocsin"}})",
        action, alert, through);
}

/// The source `opsgenie` is two-way from now on.
void make_two_way(Daemon& daemon, const std::string& url, const std::string& key) {
    daemon.stop();
    auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    const std::string header = fmt::format("header: {} }}", kSecretHeader);
    const auto at = settings.find(header);
    ASSERT_NE(at, std::string::npos) << settings;
    settings.replace(at, header.size(),
                     fmt::format("header: {}, two_way: {{ url: \"{}\", secret_file: secrets/there }} }}", kSecretHeader, url));
    daemon.folder().write("tocsin.yaml", settings);
    daemon.folder().write("secrets/there", key + "\n");
    daemon.start();
}

std::string base(const Receiver& opsgenie) { return opsgenie.url(""); }

Reply accepted(const Received&) { return {202, R"({"result":"Request will be processed","requestId":"r-1"})"}; }

void create(Daemon& daemon, const std::string& alert) {
    const auto answer = daemon.post("opsgenie", webhook("Create", alert));
    ASSERT_EQ(answer.status, 202U) << answer.body;
}

TEST(TwoWay, AnswersGivenHereReachOpsgenieAndItsWebhookAboutThemChangesNothing) {
    Receiver opsgenie;
    opsgenie.answer(accepted);
    Daemon daemon(Rulebook::tiny());
    make_two_way(daemon, base(opsgenie), kApiKey);
    create(daemon, "c1");
    ASSERT_EQ(daemon.act(1, "acknowledge", "lahore-a").status, 200U);
    const auto acknowledged = opsgenie.next();
    ASSERT_TRUE(acknowledged) << daemon.log();
    EXPECT_EQ(acknowledged->target, "/v2/alerts/c1/acknowledge?identifierType=id");
    EXPECT_EQ(acknowledged->header("Authorization"), std::string("GenieKey ") + kApiKey);
    EXPECT_EQ(acknowledged->body, R"({"user":"lahore-a","source":"tocsin/test"})");
    for (int times = 0; times < 2; ++times) {
        const auto echo = daemon.post("opsgenie", webhook("Acknowledge", "c1", "tocsin/test"));
        EXPECT_EQ(echo.status, 202U);
        EXPECT_EQ(echo["incident"], "1");
    }
    ASSERT_EQ(daemon.act(1, "unacknowledge", "lahore-a").status, 200U);
    ASSERT_TRUE(opsgenie.next());
    EXPECT_EQ(daemon.post("opsgenie", webhook("Acknowledge", "c1", "tocsin/test"))["state"], "triggered") << "it came late";
    ASSERT_EQ(daemon.act(1, "resolve", "lahore-a").status, 200U);
    const auto closed = opsgenie.next();
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->target, "/v2/alerts/c1/close?identifierType=id");
    EXPECT_EQ(closed->body, R"({"user":"lahore-a","source":"tocsin/test","note":"by a test"})");
    EXPECT_EQ(daemon.post("opsgenie", webhook("Close", "c1", "tocsin/test")).status, 202U);
    EXPECT_TRUE(opsgenie.stays_quiet_for(std::chrono::milliseconds{500}));
    EXPECT_EQ(daemon.metric(R"(tocsin_page_attempts_total{channel="@relay",outcome="delivered"})"), 3.0);
    EXPECT_EQ(daemon.log().find(kApiKey), std::string::npos);
}

TEST(TwoWay, WhatIsDoneInOpsgenieIsNotSentBack) {
    Receiver opsgenie;
    Daemon daemon(Rulebook::tiny());
    make_two_way(daemon, base(opsgenie), kApiKey);
    create(daemon, "c1");
    create(daemon, "c2");
    EXPECT_EQ(daemon.post("opsgenie", webhook("Acknowledge", "c1"))["state"], "acknowledged");
    EXPECT_EQ(daemon.post("opsgenie", webhook("Close", "c1"))["incident"], "1");
    EXPECT_TRUE(opsgenie.stays_quiet_for(std::chrono::milliseconds{500}));
}

TEST(TwoWay, WhatOpsgenieCouldNotTakeIsSentAgainAlsoAfterAKill) {
    Receiver opsgenie;
    opsgenie.answer([](const Received&) { return Reply{503, "{}"}; });
    Daemon daemon(Rulebook::tiny());
    make_two_way(daemon, base(opsgenie), kApiKey);
    create(daemon, "c1");
    ASSERT_EQ(daemon.act(1, "resolve", "lahore-a").status, 200U);
    ASSERT_TRUE(opsgenie.next());
    daemon.kill();
    opsgenie.answer(accepted);
    daemon.start();
    const auto again = opsgenie.next();
    ASSERT_TRUE(again) << daemon.log();
    EXPECT_EQ(again->target, "/v2/alerts/c1/close?identifierType=id");
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find(R"("state":"delivered")") != std::string::npos; }));
    opsgenie.ignore_the_rest();  // One that was under way at the kill may have been answered, too.
}

TEST(TwoWay, WhatOpsgenieRefusesForGoodIsSaidAndLeftAlone) {
    Receiver opsgenie;
    opsgenie.answer([](const Received&) { return Reply{404, R"({"message":"no such alert"})"}; });
    Daemon daemon(Rulebook::tiny());
    make_two_way(daemon, base(opsgenie), kApiKey);
    create(daemon, "c1");
    ASSERT_EQ(daemon.act(1, "acknowledge", "lahore-a").status, 200U);
    ASSERT_TRUE(opsgenie.next());
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("relay_failed") != std::string::npos; }));
    EXPECT_NE(daemon.incident(1).body.find("acknowledge of alert c1 at opsgenie, attempt 1"), std::string::npos);
    EXPECT_TRUE(opsgenie.stays_quiet_for(std::chrono::milliseconds{1'500}));
}

TEST(TwoWay, APageThatIsAnAlertInOpsgenieOpensNoIncidentWhenItsWebhookComes) {
    Receiver opsgenie;
    opsgenie.answer(accepted);
    Daemon daemon(Rulebook::tiny());
    make_two_way(daemon, base(opsgenie), kApiKey);
    daemon.stop();
    auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    const std::string to_log = "hook: { kind: log }";
    settings.replace(settings.find(to_log), to_log.size(),
                     fmt::format("hook: {{ kind: opsgenie, url: \"{}\", secret_file: secrets/there }}", base(opsgenie)));
    daemon.folder().write("tocsin.yaml", settings);
    auto rulebook = Rulebook::tiny().yaml;
    for (auto at = rulebook.find("hook: a"); at != std::string::npos; at = rulebook.find("hook: a"))
        rulebook.replace(at, 9, "hook: team:a");
    daemon.write_rulebook(rulebook);
    daemon.start();
    create(daemon, "c1");
    const auto page = opsgenie.next();
    ASSERT_TRUE(page) << daemon.log();
    ASSERT_EQ(page->target, "/v2/alerts");
    const auto alias = member(page->json(), "alias");
    const auto source = member(page->json(), "source");
    const auto answer = daemon.post(
        "opsgenie", fmt::format(R"({{"action": "Create", "alert": {{"alertId": "p1", "alias": "{}", "message": "disk full", )"
                                R"("source": "{}"}}, "source": {{"name": "{}", "type": "API"}}}})",
                                alias, source, source));
    EXPECT_EQ(answer.status, 202U) << answer.body;
    EXPECT_EQ(answer["incident"], "null") << answer.body;
    EXPECT_EQ(daemon.incident(2).status, 404U);
    EXPECT_TRUE(opsgenie.stays_quiet_for(std::chrono::milliseconds{500}));
}

TEST(TwoWay, AnotherTocsinCanBeWhatOpsgenieWas) {
    Daemon there(Rulebook::tiny());
    Daemon here(Rulebook::tiny());
    make_two_way(here, fmt::format("http://127.0.0.1:{}", there.port()), kGenieKey);
    const auto as_client = Daemon::proof_of("og");
    ASSERT_EQ(there.ask({"POST", "/v2/alerts", R"({"message":"disk full","alias":"disk-db1"})", as_client}).status, 202U);
    const auto known = there.ask({"GET", "/v2/alerts/disk-db1?identifierType=alias", "", as_client});
    const auto id = member(known.json().at("data"), "id");
    ASSERT_FALSE(id.empty()) << known.body;
    create(here, id);
    ASSERT_EQ(here.act(1, "note", "lahore-a").status, 200U);
    ASSERT_EQ(here.act(1, "acknowledge", "lahore-a").status, 200U);
    EXPECT_TRUE(there.eventually([&] { return there.incident(1)["state"] == "acknowledged"; })) << here.log();
    EXPECT_EQ(there.incident(1)["acknowledged_by"], "lahore-a");
    EXPECT_TRUE(there.eventually([&] { return there.incident(1).body.find("by a test") != std::string::npos; }));
    ASSERT_EQ(here.act(1, "resolve", "lahore-a").status, 200U);
    EXPECT_TRUE(there.eventually([&] { return there.incident(1)["state"] == "resolved"; })) << here.log();
}

}  // namespace
}  // namespace tocsin::test::two_way_test
