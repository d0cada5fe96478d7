// What the corpus of PagerDuty, Splunk On-Call, Grafana and Splunk Observability must be understood as.
#include "daemon/intake/cloudevents.hpp"
#include "daemon/intake/generic.hpp"
#include "daemon/intake/pagerduty.hpp"
#include "daemon/intake/victorops.hpp"
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::senders_samples_test {
namespace {

struct Corpus {
    std::string kind;
    std::string folder;
    std::vector<ExpectedSample> samples;
};

const std::string kGroupKey = "c8585f9b51f733fdc2786ad26589d86072c7d1a8e8fed5f15dcfbda766fd53c0";

const std::vector<Corpus>& corpora() {
    static const std::vector<Corpus> all{
        {"pagerduty",
         "pagerduty_events",
         {
             {"am_trigger_1.json",
              AlertAction::Fire,
              kGroupKey,
              "[FIRING:1] HighErrorRate prod-eu (api-1:9090 api critical)",
              "critical",
              {{"payload.routing_key", "***"}, {"labels.client", "Alertmanager"}}},
             {"am_resolve.json", AlertAction::Resolve, kGroupKey, "[RESOLVED] HighErrorRate prod-eu (api-2:9090 api critical)",
              "critical"},
             {"pdjs_trigger_full.json",
              AlertAction::Fire,
              "srv01/HTTP",
              "Example alert on host1.example.com",
              "info",
              {{"labels.component", "postgres"},
               {"labels.group", "prod-datapipe"},
               {"labels.class", "deploy"},
               {"url", "https://monitoring.example.com"},
               {"payload.payload.custom_details.\"load avg\"", "0.75"}}},
             {"pdjs_trigger_no_dedup.json", AlertAction::Fire, "summary:minimal", "minimal", "critical"},
             {"pdjs_acknowledge.json", AlertAction::Acknowledge, "srv01/HTTP", "PagerDuty event srv01/HTTP"},
             {"pdjs_change.json",
              AlertAction::Other,
              "change",
              "Build Success",
              "",
              {{"url", "https://acme.pagerduty.dev/build/2"}}},
             {"c_ack_unknown.json", AlertAction::Acknowledge, "never-triggered", "PagerDuty event never-triggered"},
             {"c_no_summary.json", AlertAction::Fire, "summary:", "PagerDuty event summary:", "critical"},
         }},
        {"victorops",
         "victorops",
         {
             {"am_critical.json",
              AlertAction::Fire,
              kGroupKey,
              "[FIRING:1] HighErrorRate prod-eu (api-1:9090 api critical)",
              "CRITICAL",
              {{"labels.monitoring_tool", "Alertmanager"}}},
             {"c_acknowledgement.json", AlertAction::Acknowledge, "disk space/db01.mycompany.com",
              "disk space/db01.mycompany.com"},
             {"c_missing_message_type.json", AlertAction::Fire, "x", "x"},
             {"docs_annotation.json",
              AlertAction::Fire,
              "disk.space/db01",
              "Approaching Low Disk Space on DB01",
              "INFO",
              {{"url", "https://help.victorops.com/knowledge-base/rest-endpoint-integration-guide/"}}},
             {"docs_critical.json", AlertAction::Fire, "disk space/db01.mycompany.com", "Critically Low Disk Space on DB01",
              "CRITICAL"},
             {"docs_recovery.json", AlertAction::Resolve, "disk space/db01.mycompany.com", "Critically Low Disk Space on DB01"},
             {"signalfx_via_victorops.json",
              AlertAction::Fire,
              "BCDEFGHIJKL",
              "Memory has reached 90% of maximum for 10 minutes",
              "critical",
              {{"labels.routing_key", "sre"}}},
             {"splunk_core_action.json",
              AlertAction::Fire,
              "Splunk",
              "slow query log",
              "CRITICAL",
              {{"payload.session_key", "***"}, {"labels.owner", "admin"}}},
         }},
        {"grafana",
         "grafana_webhook",
         {
             {"legacy_alerting.json", AlertAction::Fire, "rule 7", "Zeta CPU alert", "", {{"text", "boom!"}}},
             {"legacy_ok.json", AlertAction::Resolve, "rule 7", "Zeta CPU alert"},
             {"legacy_test_notification.json", AlertAction::Resolve, "rule 0 of org 0", "Test rule"},
             {"unified_v11_values.json",
              AlertAction::Fire,
              "e6349a25f5ef0e9e",
              "High memory usage",
              "",
              {{"payload.alerts.values.A", "2473545728"},
               {"url", "https://play.grafana.org/d/ece9fb32-7f71-4be9-bd94-2f23608ae5b9?orgId=1&viewPanel=2"}}},
         }},
        {"splunk_o11y",
         "splunk_o11y",
         {
             {"docs_anomalous_bad_timestamp.json",
              AlertAction::Fire,
              "<id>",
              "My detector rule",
              "Critical",
              {{"labels.detector", "My detector"}}},
             {"docs_ok_duplicate_key.json", AlertAction::Resolve, "BCDEFGHIJKL", "Running out of memory", "Minor"},
             {"legacy_2015.json", AlertAction::Fire, "XXXXXXX", "500 errors over 10", "Major"},
         }},
    };
    return all;
}

TEST(SendersSamples, AreUnderstoodAsTheTableSays) {
    for (const auto& corpus : corpora()) {
        for (const auto& expected : corpus.samples) {
            SCOPED_TRACE(corpus.folder + "/" + expected.file);
            const auto result = parse(corpus.kind, "a-source", sample(corpus.folder, expected.file));
            ASSERT_TRUE(result) << result.error().message();
            ASSERT_EQ(result->arrivals.size(), 1U);
            if (!expected.key.empty()) expect_sample(result->arrivals[0], expected);
        }
    }
}

TEST(SendersSamples, AreKeptSoThatTheyReadTheSameAgain) {
    for (const auto& corpus : corpora()) {
        for (const auto& name : sample_names(corpus.folder)) {
            SCOPED_TRACE(corpus.folder + "/" + name);
            const auto result = parse(corpus.kind, "a-source", sample(corpus.folder, name));
            ASSERT_TRUE(result) << result.error().message();
            for (const auto& arrival : result->arrivals) {
                const auto kept = arrival.payload.empty() ? result->payload : arrival.payload;
                const auto again = parse(corpus.kind, "a-source", kept);
                ASSERT_TRUE(again) << kept;
                ASSERT_EQ(again->arrivals.size(), 1U);
                EXPECT_EQ(listed(again->arrivals[0].fields), listed(arrival.fields));
            }
        }
    }
}

TEST(SplunkO11y, OnlyThreeWordsAreAnEnd) {
    const auto action = [](const std::string& status) {
        return alert_of("splunk_o11y", R"({"incidentId": "i", "status": "ok", "statusExtended": ")" + status + "\"}").action;
    };
    EXPECT_EQ(action("ok"), AlertAction::Resolve);
    EXPECT_EQ(action("manually resolved"), AlertAction::Resolve);
    EXPECT_EQ(action("Stopped"), AlertAction::Resolve);
    EXPECT_EQ(action("anomalous"), AlertAction::Fire);
    EXPECT_EQ(action("too high"), AlertAction::Fire);
}

TEST(SplunkO11y, WithoutAnIncidentTheDetectorAndItsRuleSayWhichItIs) {
    EXPECT_EQ(alert_of("splunk_o11y", R"({"detector": "d", "rule": "r"})").key, "d/r");
}

TEST(Grafana, AStateThatSaysNothingOfWhatIsWrongChangesNothing) {
    EXPECT_EQ(alert_of("grafana", R"({"ruleId": 1, "state": "paused"})").action, AlertAction::Other);
    EXPECT_EQ(alert_of("grafana", R"({"ruleId": 1, "state": "no_data"})").action, AlertAction::Fire);
}

TEST(Grafana, ATemplateOfTheUsersOwnIsUnderstoodByTheUsualNames) {
    const auto alert = alert_of("grafana", R"({"title": "Disk", "id": 7, "severity": "high", "status": "resolved"})");
    EXPECT_EQ(alert.title, "Disk");
    EXPECT_EQ(alert.key, "7");
    EXPECT_EQ(alert.priority, "high");
    EXPECT_EQ(alert.action, AlertAction::Resolve);
}

TEST(PagerDuty, SaysWhatMakesABodyNoEvent) {
    const auto errors = [](const std::string& body) {
        return read_pagerduty_event(body, PagerDutyEndpoint::Enqueue, "new").value().errors;
    };
    using Errors = std::vector<std::string>;
    EXPECT_EQ(errors("{}"), (Errors{"'routing_key' is missing or blank", "'event_action' is missing or blank"}));
    EXPECT_EQ(errors(R"({"routing_key": "r", "event_action": "resolve"})"), Errors{"'dedup_key' is missing or blank"});
    EXPECT_EQ(errors(R"({"routing_key": "r", "event_action": "trigger"})"), Errors{"'payload' is missing or blank"});
    EXPECT_EQ(errors(R"({"routing_key": "r", "event_action": "close"})").size(), 1U);
    EXPECT_EQ(errors(R"({"routing_key": "r", "event_action": "trigger", "payload": {"summary": "s"}})"), Errors{});
}

TEST(PagerDuty, ATriggerWithoutAKeyGetsTheNewOne) {
    const auto event = read_pagerduty_event(R"({"routing_key": "r", "event_action": "trigger", "payload": {"summary": "s"}})",
                                            PagerDutyEndpoint::Enqueue, "new");
    EXPECT_EQ(event->dedup_key, "new");
    EXPECT_EQ(alert_of("pagerduty", event->body).key, "new");
    EXPECT_EQ(parsed("pagerduty", event->body).payload.find("\"r\""), std::string::npos);
}

TEST(PagerDuty, AKeyThatIsTooLongIsAnsweredAsItWasSent) {
    const auto key = std::string(300, 'k');
    const auto event = read_pagerduty_event(
        R"({"routing_key": "r", "event_action": "trigger", "payload": {"summary": "s"}, "dedup_key": ")" + key + "\"}",
        PagerDutyEndpoint::Enqueue, "new");
    EXPECT_EQ(event->dedup_key, key);
    EXPECT_EQ(alert_of("pagerduty", event->body).key, key) << "who resolves by the key of the answer means this alert";
}

TEST(VictorOps, AMessageGetsTheNamesThatItLacks) {
    const auto message = read_victorops_message(R"({"message_type": "CRITICAL"})", {"id-1", "sre"});
    EXPECT_EQ(message->entity_id, "id-1");
    const auto alert = alert_of("victorops", message->body);
    EXPECT_EQ(alert.key, "id-1");
    EXPECT_EQ(alert.labels.at(0).second, "sre");
}

TEST(VictorOps, AWordThatNobodyDocumentedFires) {
    EXPECT_EQ(alert_of("victorops", R"({"message_type": "Panic", "entity_id": "x"})").action, AlertAction::Fire);
    EXPECT_EQ(alert_of("victorops", R"({"message_type": "acknowledgment", "entity_id": "x"})").action, AlertAction::Acknowledge);
}

TEST(Generic, TheUsualNamesAreUnderstood) {
    const auto alert =
        alert_of("generic", R"({"name": "Disk", "incident_id": 42, "state": "OK", "level": "warning", "link": "http://x",
                                               "description": "full", "host": "db1", "tags": ["a"], "labels": {"team": "b"}})");
    EXPECT_EQ(alert.title, "Disk");
    EXPECT_EQ(alert.key, "42");
    EXPECT_EQ(alert.action, AlertAction::Resolve);
    EXPECT_EQ(alert.priority, "warning");
    EXPECT_EQ(alert.url, "http://x");
    EXPECT_EQ(alert.text, "full");
    EXPECT_EQ(alert.tags, std::vector<std::string>{"a"});
    EXPECT_EQ(alert.labels.size(), 2U);
}

TEST(Generic, TwoHostsWithOneTitleAreTwoAlerts) {
    EXPECT_NE(alert_of("generic", R"({"title": "Disk", "host": "db1"})").key,
              alert_of("generic", R"({"title": "Disk", "host": "db2"})").key);
}

TEST(Generic, AListIsAnAlertForEachElement) {
    const auto result = parse("generic", "a-source", R"([{"title": "a"}, 7, {"title": "b"}])");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->arrivals.size(), 2U);
    EXPECT_EQ(result->refused, std::vector<std::string>{"alert 2: not a JSON object"});
}

TEST(CloudEvents, TheDataSaysWhatIsWrongAndTheEnvelopeStandsBeside) {
    const auto event =
        parsed("cloudevents", R"({"specversion": "1.0", "id": "1", "source": "/disk", "type": "org.example.disk.full",
                                                 "subject": "db1", "data": {"title": "Disk", "key": "k", "severity": "high"}})");
    expect_sample(event.arrivals[0], {.file = {},
                                      .key = "k",
                                      .title = "Disk",
                                      .priority = "high",
                                      .fields = {{"labels.type", "org.example.disk.full"}, {"payload.data.key", "k"}}});
}

TEST(CloudEvents, WithoutDataSourceAndSubjectAreTheKeyAndTheTypeSaysWhetherItIsOver) {
    const auto fired = alert_of("cloudevents", R"({"id": "1", "source": "/disk", "subject": "db1", "type": "disk.full"})");
    const auto over = alert_of("cloudevents", R"({"id": "2", "source": "/disk", "subject": "db1", "type": "disk.resolved"})");
    EXPECT_EQ(fired.key, "/disk/db1");
    EXPECT_EQ(over.key, fired.key);
    EXPECT_EQ(fired.action, AlertAction::Fire);
    EXPECT_EQ(over.action, AlertAction::Resolve);
}

TEST(CloudEvents, BinaryModeIsTheSameEvent) {
    const auto header = [](std::string_view name) -> std::string_view {
        if (name == "ce-id") return "1";
        if (name == "ce-source") return "/disk";
        if (name == "ce-type") return "disk.full";
        return name == "ce-specversion" ? "1.0" : "";
    };
    const auto alert = alert_of("cloudevents", structured_event(R"({"title": "Disk", "id": "k"})", header));
    EXPECT_EQ(alert.key, "k");
    EXPECT_EQ(alert_of("cloudevents", structured_event("it \"is\" full", header)).text, "it \"is\" full");
}

}  // namespace
}  // namespace tocsin::intake::senders_samples_test
