// Every body that the other senders were ever seen to send is taken, lands in the right incident, and is answered as they expect.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::senders_test {
namespace {

constexpr const char* kVictorOps = "/integrations/generic/20131114/alert/victorops-secret-0123456789/sre";
const HttpHeaders kJson{{"Content-Type", "application/json"}};

HttpAnswer posted(Daemon& daemon, const std::string& target, const std::string& body) {
    return daemon.ask({"POST", target, body, kJson});
}

std::string state_of(Daemon& daemon, const std::string& incident) { return daemon.get("/api/v1/incidents/" + incident)["state"]; }

TEST(Senders, AGroupOfAlertmanagersIsAnIncidentForEachAlert) {
    Daemon daemon(Rulebook::tiny());
    const auto firing = daemon.post_sample("alertmanager", "alertmanager_webhook/firing_2.json").json();
    ASSERT_EQ(firing.at("alerts").as_array().size(), 2U);
    EXPECT_EQ(member(firing.at("alerts").at(0), "incident"), "1");
    EXPECT_EQ(member(firing.at("alerts").at(1), "incident"), "2");
    (void)daemon.post_sample("alertmanager", "alertmanager_webhook/resolved.json");
    EXPECT_EQ(state_of(daemon, "2"), "resolved");
    EXPECT_EQ(state_of(daemon, "1"), "triggered");
}

TEST(Senders, PagerDutysEventsAreAnsweredAsPagerDutyDoes) {
    Daemon daemon(Rulebook::tiny());
    const auto send = [&](const std::string& file) { return posted(daemon, "/v2/enqueue", sample("pagerduty_events/" + file)); };

    const auto trigger = send("pdjs_trigger_full.json");
    EXPECT_EQ(trigger.status, 202U);
    EXPECT_EQ(trigger.body, R"({"status":"success","message":"Event processed","dedup_key":"srv01/HTTP"})");
    EXPECT_EQ(send("pdjs_acknowledge.json").status, 202U);
    EXPECT_EQ(state_of(daemon, "1"), "acknowledged");

    EXPECT_EQ(send("am_trigger_1.json").status, 202U);
    EXPECT_EQ(send("am_resolve.json").status, 202U);
    EXPECT_EQ(state_of(daemon, "2"), "resolved");

    const auto unknown = send("c_ack_unknown.json");
    EXPECT_EQ(unknown.status, 202U);
    EXPECT_EQ(unknown.body, R"({"status":"success","message":"Event processed","dedup_key":"never-triggered"})");

    const auto invalid = send("c_no_summary.json");
    EXPECT_EQ(invalid.status, 400U);
    EXPECT_EQ(invalid.body, R"({"status":"invalid event","message":"Event object is invalid",)"
                            R"("errors":["'payload.summary' is missing or blank"]})");

    const auto change = posted(daemon, "/v2/change/enqueue", sample("pagerduty_events/pdjs_change.json"));
    EXPECT_EQ(change.status, 202U);
    EXPECT_EQ(change.body, R"({"status":"success","message":"Change event processed"})");
    EXPECT_EQ(daemon.get("/api/v1/incidents/3").status, 404U);
}

TEST(Senders, ATriggerOfPagerDutysWithoutAKeyIsGivenOneThatResolvesIt) {
    Daemon daemon(Rulebook::tiny());
    const auto trigger = posted(daemon, "/v2/enqueue", sample("pagerduty_events/pdjs_trigger_no_dedup.json"));
    const auto key = trigger["dedup_key"];
    EXPECT_EQ(key.size(), 32U);
    const auto second = posted(daemon, "/v2/enqueue", sample("pagerduty_events/pdjs_trigger_no_dedup.json"));
    EXPECT_NE(second["dedup_key"], key);

    (void)posted(
        daemon, "/v2/enqueue",
        R"({"routing_key": "0123456789abcdef0123456789abcdef", "event_action": "resolve", "dedup_key": ")" + key + "\"}");

    EXPECT_EQ(state_of(daemon, "1"), "resolved");
    EXPECT_EQ(state_of(daemon, "2"), "triggered");
}

TEST(Senders, AnUnknownRoutingKeyIsRefusedAndNeverShown) {
    Daemon daemon(Rulebook::tiny());
    const auto refused = posted(daemon, "/v2/enqueue", R"({"routing_key": "wrong-key-wrong-key-wrong-key-00",
                                                           "event_action": "trigger", "payload": {"summary": "s"}})");
    EXPECT_EQ(refused.status, 400U);
    EXPECT_EQ(refused["status"], "invalid event");
    (void)posted(daemon, "/v2/enqueue", sample("pagerduty_events/am_trigger_1.json"));
    EXPECT_EQ(daemon.get("/api/v1/incidents/1").body.find("0123456789abcdef0123456789abcdef"), std::string::npos);
    EXPECT_EQ(daemon.log().find("wrong-key"), std::string::npos);
}

TEST(Senders, SplunkOnCallsMessagesAreAnsweredAsItDoes) {
    Daemon daemon(Rulebook::tiny());
    const auto send = [&](const std::string& file) { return posted(daemon, kVictorOps, sample("victorops/" + file)); };

    const auto critical = send("docs_critical.json");
    EXPECT_EQ(critical.status, 200U);
    EXPECT_EQ(critical.body, R"({"result":"success","entity_id":"disk space/db01.mycompany.com"})");
    EXPECT_EQ(send("c_acknowledgement.json").status, 200U);
    EXPECT_EQ(state_of(daemon, "1"), "acknowledged");
    EXPECT_EQ(send("docs_recovery.json").status, 200U);
    EXPECT_EQ(state_of(daemon, "1"), "resolved");

    const auto missing = send("c_missing_message_type.json");
    EXPECT_EQ(missing.status, 400U);
    EXPECT_EQ(missing.body, R"({"result":"failure","message":"Missing fields: message_type"})");

    for (const auto& file : samples("victorops")) {
        if (file.find("c_missing") == std::string::npos) {
            EXPECT_EQ(posted(daemon, kVictorOps, sample(file)).status, 200U) << file;
        }
    }
}

TEST(Senders, AKeyInThePathIsNeverLogged) {
    Daemon daemon(Rulebook::tiny());
    const auto refused = posted(daemon, "/integrations/generic/20131114/alert/a-wrong-key-0123456789/x", "{}");
    EXPECT_EQ(refused.status, 401U);
    EXPECT_EQ(posted(daemon, kVictorOps, "{}").status, 400U);
    EXPECT_EQ(daemon.log().find("0123456789"), std::string::npos) << daemon.log();
}

TEST(Senders, ADetectorsSignatureIsProofEnoughAndAWrongOneIsNot) {
    Daemon daemon(Rulebook::tiny());
    // The vector is of another secret than the test's: the daemon's own is what openssl made of it.
    const auto body = sample("splunk_o11y/c_anomalous.json");
    EXPECT_EQ(daemon.ask({"POST", "/in/splunk_o11y", body, {{"X-SFX-Signature", "XJ4LHQnb2g9b1cYKDtOpTBr5rPUB+p2zgamtTTMjsFI="}}})
                  .status,
              401U);
    EXPECT_EQ(daemon.ask({"POST", "/in/splunk_o11y", body, {}}).status, 401U);
    daemon.folder().write("secrets/splunk_o11y", "example-shared-secret\n");
    daemon.restart();
    EXPECT_EQ(daemon.ask({"POST", "/in/splunk_o11y", body, {{"X-SFX-Signature", "XJ4LHQnb2g9b1cYKDtOpTBr5rPUB+p2zgamtTTMjsFI="}}})
                  .status,
              200U);
}

TEST(Senders, GoodAlertsOfAListAreTakenAndTheOthersNamed) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.ask({"POST", "/in/prometheus/api/v2/alerts", R"([{"labels": {"alertname": "A"}}, {"labels": {}}])",
                                    Daemon::proof_of("prometheus")});
    EXPECT_EQ(answer.status, 400U);
    EXPECT_EQ(answer.body, R"("alert 2: it has no labels")");
    EXPECT_EQ(state_of(daemon, "1"), "triggered");
}

TEST(Senders, ThePasswordOfBasicAuthenticationIsTheSecret) {
    Daemon daemon(Rulebook::tiny());
    // prometheus:prometheus-secret-0123456789
    const auto answer = daemon.ask({"POST",
                                    "/in/prometheus/api/v2/alerts",
                                    "[]",
                                    {{"Authorization", "Basic cHJvbWV0aGV1czpwcm9tZXRoZXVzLXNlY3JldC0wMTIzNDU2Nzg5"}}});
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(daemon.ask({"POST", "/in/prometheus/api/v2/alerts", "[]", {{"Authorization", "Basic bm9ib2R5Om5v"}}}).status, 401U);
}

TEST(Senders, AMessageIsPipedInByAMailServer) {
    Daemon daemon(Rulebook::tiny());
    daemon.folder().write("mail-secret", sender_secret("mail"));
    Command command{{built_path("tocsin"), "send", "--mail", "mail", "--secret-file", daemon.folder().path("mail-secret"),
                     "--server", "http://127.0.0.1:" + std::to_string(daemon.port())}};
    command.input = "From: nagios@example.org\nSubject: PROBLEM: disk full\n\nall of it\n";
    EXPECT_EQ(run(command).exit.code, 0);
    EXPECT_EQ(daemon.incident(1)["summary"], "disk full");
    daemon.stop();
    EXPECT_EQ(run(command).exit.code, 75);
}

TEST(Senders, TheExamplesForThemAreFreeOfWarningsAndTheirTestsPass) {
    for (const auto* example : {"senders", "splunk"}) {
        const auto folder = source_path(std::string("rules/examples/") + example);
        const auto checked = run({{built_path("tocsin"), "check", "--strict", folder}});
        EXPECT_EQ(checked.exit.code, 0) << checked.out << checked.error;
        const auto tested = run({{built_path("tocsin"), "test", folder}});
        EXPECT_EQ(tested.exit.code, 0) << tested.out << tested.error;
    }
}

}  // namespace
}  // namespace tocsin::test::senders_test
