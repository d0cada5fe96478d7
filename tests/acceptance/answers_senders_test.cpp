// What every other sender is answered, byte for byte: status line, headers and body, for what is good and for what is not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"
#include "tests/support/transcript.hpp"

namespace tocsin::test::answers_senders_test {
namespace {

const std::string kLarge(70'000, 'x');
const HttpHeaders kJson{{"Content-Type", "application/json"}};

HttpHeaders with_token() { return {{"Authorization", fmt::format("Bearer {}", kApiToken)}}; }

class SenderAnswers : public testing::Test {
protected:
    static Rulebook rulebook() {
        auto rulebook = Rulebook::tiny();
        rulebook.yaml += "heartbeats:\n  backup: { title: Backup, every: 1h, service: site }\n";
        return rulebook;
    }
    SenderAnswers() {
        auto settings = read_file(daemon_.folder().path("tocsin.yaml"));
        const std::string limits = "limits: { ";
        settings.insert(settings.find(limits) + limits.size(), "body: 64KiB, ");
        daemon_.folder().write("tocsin.yaml", settings);
        daemon_.restart();
    }
    HttpAnswer post(const std::string& title, const std::string& target, const std::string& body) {
        return told_.ask(title, {"POST", target, body});
    }
    HttpAnswer read(const std::string& title, const std::string& target) { return told_.ask(title, {"GET", target}); }

    Daemon daemon_{rulebook()};
    Transcript told_{daemon_, kJson};
};

TEST_F(SenderAnswers, OfPagerDutysEventsAreWhatItsClientsKnow) {
    const auto sent = [&](const std::string& file) { return sample("pagerduty_events/" + file); };
    (void)post("a trigger", "/v2/enqueue", sent("pdjs_trigger_full.json"));
    (void)post("a trigger without a key", "/v2/enqueue", sent("pdjs_trigger_no_dedup.json"));
    (void)post("an acknowledgement", "/v2/enqueue", sent("pdjs_acknowledge.json"));
    (void)post("an acknowledgement of what nobody knows", "/v2/enqueue", sent("c_ack_unknown.json"));
    (void)post("a change", "/v2/change/enqueue", sent("pdjs_change.json"));
    (void)post("no summary", "/v2/enqueue", sent("c_no_summary.json"));
    (void)post("nothing", "/v2/enqueue", "{}");
    (void)post("an action that does not exist", "/v2/enqueue",
               R"({"routing_key":"0123456789abcdef0123456789abcdef","event_action":"close","dedup_key":"k"})");
    (void)post("a resolve without a key", "/v2/enqueue",
               R"({"routing_key":"0123456789abcdef0123456789abcdef","event_action":"resolve"})");
    (void)post("a change without a payload", "/v2/change/enqueue", R"({"routing_key":"0123456789abcdef0123456789abcdef"})");
    (void)post("a routing key that nobody knows", "/v2/enqueue",
               R"({"routing_key":"r","event_action":"trigger","payload":{"summary":"s"}})");
    (void)post("no JSON", "/v2/enqueue", "no");
    (void)post("too much", "/v2/enqueue", kLarge);
    (void)read("a wrong method", "/v2/enqueue");
    told_.expect("pagerduty.txt");
}

TEST_F(SenderAnswers, OfSplunkOnCallsMessagesAreWhatItsClientsKnow) {
    const std::string alerts = "/integrations/generic/20131114/alert/";
    const std::string target = alerts + sender_secret("victorops") + "/sre";
    (void)post("critical", target, sample("victorops/docs_critical.json"));
    (void)post("acknowledged", target, sample("victorops/c_acknowledgement.json"));
    (void)post("information", target, sample("victorops/docs_annotation.json"));
    (void)post("recovered", target, sample("victorops/docs_recovery.json"));
    (void)post("the recovery of what nobody knows", target, R"({"message_type":"RECOVERY","entity_id":"unknown"})");
    (void)post("no entity", target, R"({"message_type":"warning"})");
    (void)post("no type", target, sample("victorops/c_missing_message_type.json"));
    (void)post("no JSON", target, "no");
    (void)post("too much", target, kLarge);
    (void)post("a key that nobody knows", alerts + "wrong/sre", "{}");
    (void)read("a wrong method", target);
    told_.expect("victorops.txt");
}

TEST_F(SenderAnswers, OfPrometheusAreAlertmanagers) {
    told_.begin(Daemon::proof_of("prometheus"));
    const std::string alerts = "/in/prometheus/api/v2/alerts";
    (void)post("alerts", alerts, R"([{"labels":{"alertname":"A","severity":"critical"},"annotations":{"summary":"a is full"}}])");
    (void)post("none at all", alerts, "[]");
    (void)post("one that is none", alerts, R"([{"labels":{"alertname":"B"}},{"labels":{}},7])");
    (void)post("no list", alerts, "{}");
    (void)post("no JSON", alerts, "no");
    (void)post("too much", alerts, kLarge);
    (void)told_.ask("a wrong secret", {"POST", alerts, "[]", {{"Authorization", "Bearer wrong"}}});
    (void)post("the API before that one", "/in/prometheus/api/v1/alerts", R"([{"labels":{"alertname":"C"}}])");
    told_.expect("prometheus.txt");
}

TEST_F(SenderAnswers, ToAmtoolAndDashboardsAreAlertmanagers) {
    (void)daemon_.ask({"POST", "/in/prometheus/api/v2/alerts",
                       R"([{"labels":{"alertname":"A","severity":"critical"},"annotations":{"summary":"a is full"}}])",
                       Daemon::proof_of("prometheus")});
    told_.begin(with_token());
    const std::string api = "/in/prometheus/api/v2/";
    (void)read("status", api + "status");
    (void)read("receivers", api + "receivers");
    (void)read("alerts", api + "alerts");
    (void)read("alerts, filtered", api + "alerts?filter=alertname%3D%22B%22");
    (void)read("alerts, in groups", api + "alerts/groups");
    (void)read("a filter that is none", api + "alerts?filter=alertname");
    const auto until = format_utc(wall_now() + std::chrono::hours{1});
    (void)post("a silence", api + "silences",
               R"({"matchers":[{"name":"alertname","value":"A","isRegex":false,"isEqual":true}],"startsAt":")" +
                   format_utc(wall_now()) + R"(","endsAt":")" + until + R"(","createdBy":"ana","comment":"replacing it"})");
    const std::string id = "00000000-0000-4000-8000-000000000001";
    (void)read("silences", api + "silences");
    (void)read("one silence", api + "silence/" + id);
    (void)told_.ask("a silence is ended", {"DELETE", api + "silence/" + id});
    (void)read("a silence that is not there", api + "silence/00000000-0000-4000-8000-000000000009");
    (void)read("a silence that has no id", api + "silence/x");
    (void)post("a silence without matchers", api + "silences", R"({"comment":"c","createdBy":"ana","matchers":[]})");
    (void)post("a silence that is no JSON", api + "silences", "no");
    (void)read("a part that is not answered", api + "unknown");
    (void)told_.ask("no token", {"GET", api + "status", "", kJson});
    told_.expect("alertmanager.txt");
}

struct PostedTo {
    std::string source;
    std::string good;
    HttpHeaders headers{};
};

TEST_F(SenderAnswers, AtTheDoorOfEachSourceSayWhatBecameOfIt) {
    const std::vector<PostedTo> all{
        {"splunk", sample("splunk/docs_null_search_name.json")},
        {"opsgenie", sample("opsgenie_webhook/create_2020_responders.json")},
        {"alertmanager", sample("alertmanager_webhook/firing_2.json")},
        {"grafana", sample("grafana_webhook/legacy_alerting.json")},
        {"splunk_o11y", sample("splunk_o11y/c_anomalous.json")},
        {"generic", R"({"title":"disk full","host":"db1"})"},
        {"cloudevents",
         R"({"specversion":"1.0","id":"1","source":"s","type":"t","subject":"disk","data":{"title":"disk full"}})"},
        {"mail", "From: nagios@example.org\nSubject: disk full\n\nall of it\n"},
    };
    for (const auto& [source, good, headers] : all) {
        told_.begin(Daemon::proof_of(source));
        const auto door = "/in/" + source;
        (void)post("good", door, good);
        (void)post("no JSON", door, "no");
        (void)post("nothing", door, "");
        (void)post("too much", door, kLarge);
        (void)read("a wrong method", door);
        (void)told_.ask("a wrong secret", {"POST", door, good, {{"Authorization", "Bearer wrong"}}});
        told_.expect("in_" + source + ".txt");
    }
}

TEST_F(SenderAnswers, AtTheDoorOfAnySourceAreTheSame) {
    told_.begin(Daemon::proof_of("generic"));
    (void)post("an alert again", "/in/generic", R"({"title":"disk full","key":"d"})");
    (void)post("and again", "/in/generic", R"({"title":"disk full","key":"d"})");
    (void)post("its end", "/in/generic", R"({"title":"disk full","key":"d","status":"resolved"})");
    (void)post("the end of what nobody knows", "/in/generic", R"({"key":"e","status":"resolved"})");
    (void)post("a list, one of which is none", "/in/generic", R"([{"title":"a"},7])");
    (void)post("a heartbeat", "/in/generic/heartbeat/backup", "");
    (void)read("a heartbeat, by GET", "/in/generic/heartbeat/backup");
    (void)post("a heartbeat that nobody knows", "/in/generic/heartbeat/backpu", "");
    (void)post("a source that nobody knows", "/in/unknown", "{}");
    (void)told_.ask(
        "a trace of the sender's own",
        {"POST",
         "/in/generic",
         R"({"title":"t"})",
         {Daemon::proof_of("generic").front(), {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}});
    told_.expect("in_any.txt");
}

}  // namespace
}  // namespace tocsin::test::answers_senders_test
