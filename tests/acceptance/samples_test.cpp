// Every sample has a test, and what is no alert is answered as what it is.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/recorded.hpp"

namespace tocsin::test::samples_test {
namespace {

/// Of those that are sent, the other tests of this name say where each lands.
TEST(Samples, AreInFoldersThatHaveATest) {
    const std::set<std::string> tested{"alertmanager_webhook",
                                       "callbacks",
                                       "grafana_webhook",
                                       "opsgenie_api",
                                       "opsgenie_api_responses",
                                       "opsgenie_webhook",
                                       "pagerduty_events",
                                       "prometheus_v2_alerts",
                                       "splunk",
                                       "splunk_o11y",
                                       "victorops"};
    std::set<std::string> there;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(source_path("tests/samples"))) {
        if (!entry.is_directory()) continue;
        there.insert(entry.path().filename().string());
        files += samples(entry.path().filename().string()).size();
    }
    EXPECT_EQ(there, tested);
    EXPECT_EQ(files, 131U);
}

/// What providers will say of pages. Nothing answers them yet, so they are refused, and do no harm.
TEST(Samples, OfCallbacksAreAnsweredByNothing) {
    const std::vector<std::pair<std::string, std::string>> sent_to{
        {"c_slack_block_actions.json", "/slack/actions"},
        {"pushover_receipt.json", "/pushover/receipt"},
        {"slack_am_message.json", "/services/T0/B0/x"},
        {"slack_docs_signature_vector.json", "/slack/commands"},
        {"twilio_gather_digits.json", "/twilio/gather?alert=42&lang=fr"},
        {"twilio_inbound_sms.json", "/twilio/sms"},
        {"twilio_status_no_params.json", "/twilio/status"},
    };
    Daemon daemon(Rulebook::tiny());
    std::vector<std::string> files;
    for (const auto& [file, target] : sent_to) {
        const auto answer = daemon.ask({"POST", target, sample("callbacks/" + file)});
        EXPECT_EQ(answer.status, 404U) << file << ": " << answer.body;
        files.push_back("callbacks/" + file);
    }
    EXPECT_EQ(files, samples("callbacks"));
    EXPECT_EQ(daemon.incident(1).status, 404U);
}

constexpr const char* kWeekly = R"(schedules:
  weekly:
    title: Weekly
    time_zone: Australia/Sydney
    layers: [{ name: rotation, people: [ana, ben], rotate: { every: 1w, from: 2026-11-02 09:00 } }]
escalations:
  db: { steps: [{ page: weekly }], fallback: meg }
services:
  db: { title: Databases, team: db, escalation: db }
heartbeats:
  backup: { title: Backup, every: 13m, service: db }
)";

class RecordedAnswers : public testing::Test {
protected:
    RecordedAnswers() {
        daemon_.folder().write("rules/weekly.yaml", kWeekly);
        EXPECT_EQ(daemon_.reload().status, 200U) << daemon_.reload().body;
    }
    HttpAnswer ask(const std::string& method, const std::string& target, const std::string& body = "") {
        return daemon_.ask({method, target, body, Daemon::proof_of("og")});
    }
    HttpAnswer status_of(const HttpAnswer& accepted) { return ask("GET", "/v2/alerts/requests/" + accepted["requestId"]); }
    void expect(const std::string& file, const HttpAnswer& answer) {
        expect_shape(file, answer);
        seen_.insert("opsgenie_api_responses/" + file);
    }

    Daemon daemon_{Rulebook::tiny()};
    std::set<std::string> seen_;
};

TEST_F(RecordedAnswers, HaveNoMemberThatOursLack) {
    const auto created = ask("POST", "/v2/alerts", R"({"message":"m","alias":"a","responders":[{"type":"team","id":"db"}]})");
    expect("accepted_202.json", created);
    expect("request_status_created.json", status_of(created));
    expect("get_alert.json", ask("GET", "/v2/alerts/a?identifierType=alias"));
    expect("request_status_acknowledge.json", status_of(ask("POST", "/v2/alerts/a/acknowledge?identifierType=alias")));
    expect("request_status_delete.json", status_of(ask("DELETE", "/v2/alerts/a?identifierType=alias")));
    expect("error_422.json", ask("POST", "/v2/alerts", R"({"message":"m","responders":[{"type":"bb","name":"x"}]})"));
    expect("error_401.json", daemon_.ask({"GET", "/v2/alerts"}));
    expect("error_403.json", ask("POST", "/v2/teams", "{}"));
    expect("heartbeat_pong.json", ask("PUT", "/v2/heartbeats/backup/ping"));
    expect("heartbeat_get.json", ask("GET", "/v2/heartbeats/backup"));
    expect("on_call.json", ask("GET", "/v2/schedules/weekly/on-calls"));
    expect("schedule.json", ask("GET", "/v2/schedules/weekly"));
    seen_.insert("opsgenie_api_responses/error_429.json");  // In opsgenie_api_test.cpp: it takes a limit.
    const auto files = samples("opsgenie_api_responses");
    EXPECT_EQ(seen_, std::set<std::string>(files.begin(), files.end()));
}

TEST(Samples, TheAnswerSaysWhatBecameOfTheAlert) {
    Daemon daemon(Rulebook::tiny());
    const auto first = daemon.post_sample("splunk", "splunk/rt_syslog_sudo.json");
    EXPECT_EQ(first["trace"].size(), 32U);
    EXPECT_EQ(first["trace"], first.header("X-Tocsin-Trace"));
    EXPECT_EQ(first["incident"], "1");
    EXPECT_EQ(first["state"], "triggered");
    EXPECT_EQ(first["new"], "true");
    EXPECT_EQ(first["rule"], "everything");
    EXPECT_EQ(first["service"], "site");
    EXPECT_EQ(first["severity"], "high");
    EXPECT_EQ(first["urgency"], "page");
    const auto again = daemon.post_sample("splunk", "splunk/rt_syslog_sudo.json");
    EXPECT_EQ(again["incident"], "1");
    EXPECT_EQ(again["new"], "false");
}

}  // namespace
}  // namespace tocsin::test::samples_test
