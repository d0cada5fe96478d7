// Every body that Alertmanager, Prometheus, Grafana, PagerDuty's clients and Splunk Observability were ever seen to send lands
// where tests/samples/INDEX.md says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/landing.hpp"

namespace tocsin::test::samples_others_test {
namespace {

TEST(Samples, OfAlertmanagerLandAsTheirIndexSays) {
    expect_story({"alertmanager_webhook",
                  "alertmanager",
                  "/in/alertmanager",
                  {
                      {"firing_1.json", 202, {{"firing", "ffe254c6c6bef15c", 1}}},
                      {"firing_2.json", 202, {{"firing", "ffe254c6c6bef15c", 1}, {"firing", "55327c72d2c05639", 2}}},
                      {"max_alerts_truncated.json", 202, {{"firing", "ffe254c6c6bef15c", 1}}},
                      {"resolved.json", 202, {{"resolved", "55327c72d2c05639", 2}}},
                      {"no_annotations.json", 202, {{"firing", "448881ef475b9b26", 0}}},
                      {"oncall_extended.json", 202, {{"firing", "f404ecabc8dd5cd7", 3}, {"firing", "f8f08d4e32c61a9d", 4}}},
                      {"public_2018_minimal.json", 202, {{"fire", "b29784719d6a11e6", 5}}},
                      {"public_v3_numeric_groupkey.json", 202, {{"firing", "d2089d8d0f422129", 6}}},
                  },
                  {{"critical", "triggered"},
                   {"critical", "resolved"},
                   {"critical", "triggered"},
                   {"critical", "triggered"},
                   {"low", "triggered"},
                   {"critical", "triggered"}}});
}

TEST(Samples, OfGrafanaLandAsTheirIndexSays) {
    expect_story(
        {"grafana_webhook",
         "grafana",
         "/in/grafana",
         {
             {"legacy_alerting.json", 202, {{"alerting", "rule 7", 1}}},
             {"legacy_ok.json", 202, {{"ok", "rule 7", 1}}},
             {"legacy_test_notification.json", 202, {{"ok", "rule 0 of org 0", 0}}},
             {"unified_v11_values.json", 202, {{"firing", "e6349a25f5ef0e9e", 2}}},
             {"unified_v9_mixed.json",
              202,
              {{"resolved", "aaafafe0953f0962", 0}, {"resolved", "fb31814ac93dbe7d", 0}, {"firing", "6f9cd313db421ef1", 3}}},
         },
         {{"moderate", "resolved"}, {"moderate", "triggered"}, {"moderate", "triggered"}}});
}

TEST(Samples, OfSplunkObservabilityLandAsTheirIndexSays) {
    expect_story({"splunk_o11y",
                  "splunk_o11y",
                  "/in/splunk_o11y",
                  {
                      {"c_anomalous.json", 200, {{"anomalous", "GBBBBBBBBBB", 1}}},
                      {"c_manually_resolved.json", 200, {{"manually resolved", "GBBBBBBBBBB", 1}}},
                      {"c_stopped.json", 200, {{"stopped", "GBBBBBBBBBB", 0}}},
                      {"docs_anomalous_bad_timestamp.json", 200, {{"anomalous", "<id>", 2}}},
                      {"docs_ok_duplicate_key.json", 200, {{"ok", "BCDEFGHIJKL", 0}}},
                      {"keep_mock_anomalous.json", 200, {{"anomalous", "1234", 3}}},
                      {"legacy_2015.json", 200, {{"too high", "XXXXXXX", 4}}},
                  },
                  {{"critical", "resolved"}, {"critical", "triggered"}, {"critical", "triggered"}, {"high", "triggered"}},
                  {"signature_vector.json"}});
}

TEST(Samples, TheSignatureOfSplunkObservabilityIsProof) {
    Daemon daemon(Rulebook::as_sent());
    const auto vector = boost::json::parse(sample("splunk_o11y/signature_vector.json"));
    daemon.folder().write("secrets/splunk_o11y", member(vector, "shared_secret") + "\n");
    daemon.restart();
    const auto post = [&](const std::string& kind) {
        const HttpHeaders signature{{"X-SFX-Signature", member(vector, "X-SFX-Signature_" + kind)}};
        return daemon.ask({"POST", "/in/splunk_o11y", sample("splunk_o11y/" + member(vector, "file")), signature}).status;
    };
    EXPECT_EQ(post("sha256_base64"), 200U);
    EXPECT_EQ(post("sha1_base64_legacy"), 401U);
}

TEST(Samples, OfPagerDutyLandAsTheirIndexSays) {
    const std::string kGroup = "c8585f9b51f733fdc2786ad26589d86072c7d1a8e8fed5f15dcfbda766fd53c0";
    expect_story({"pagerduty_events",
                  "pagerduty",
                  "/v2/enqueue",
                  {
                      {"am_trigger_1.json", 202, {{"trigger", kGroup, 1}}},
                      {"am_resolve.json", 202, {{"resolve", kGroup, 1}}},
                      {"pdjs_trigger_full.json", 202, {{"trigger", "srv01/HTTP", 0}}},
                      {"pdjs_acknowledge.json", 202, {{"acknowledge", "srv01/HTTP", 0}}},
                      {"pdjs_trigger_no_dedup.json", 202, {{"trigger", kMadeHere, 2}}},
                      {"pdjs_change.json", 202, {{"change", "change", 0}}, "POST /v2/change/enqueue"},
                      {"c_ack_unknown.json", 202, {{"acknowledge", "never-triggered", 0}}},
                      {"c_no_summary.json", 400},
                  },
                  {{"critical", "resolved"}, {"critical", "triggered"}}});
}

/// A sample whose alert ends so long from now, as it did when it was sent.
std::string ending_in(const std::string& file, Duration when) {
    auto body = sample("prometheus_v2_alerts/" + file);
    constexpr std::string_view kEnd = "\"endsAt\":\"";
    const auto from = body.find(kEnd) + kEnd.size();
    return body.replace(from, body.find('"', from) - from, format_utc(wall_now() + when));
}

TEST(Samples, OfPrometheusLandAsTheirIndexSays) {
    const std::string key = "85f0717e5338a700";
    expect_story(
        {"prometheus_v2_alerts",
         "prometheus",
         "/in/prometheus/api/v2/alerts",
         {
             {"firing_first.json", 200, {{"firing", key, 1}}, "", ending_in("firing_first.json", std::chrono::seconds{40})},
             {"firing_resend.json", 200, {{"firing", key, 1}}, "", ending_in("firing_resend.json", std::chrono::seconds{52})},
             {"resolved.json", 200, {{"resolved", "06f3d35a3ddc9940", 0}}},
         },
         {{"critical", "triggered"}}});
}

}  // namespace
}  // namespace tocsin::test::samples_others_test
