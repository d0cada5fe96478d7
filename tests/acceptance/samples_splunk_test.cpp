// Every body that Splunk was ever seen to send lands where tests/samples/INDEX.md says.
#include <gtest/gtest.h>

#include "tests/support/landing.hpp"

namespace tocsin::test::samples_splunk_test {
namespace {

TEST(Samples, OfSplunkLandAsTheirIndexSays) {
    // A search is an alert: "null_result" and "empty_result_object" are two runs of one.
    expect_story(
        {"splunk",
         "splunk",
         "/in/splunk",
         {
             {"docs_null_search_name.json", 202, {{"fire", "/scheduler_admin_search_W2/search/admin", 1}}},
             {"missing_search_name.json", 202, {{"fire", "/sudo/search/admin", 2}}},
             {"rt_syslog_sudo.json", 202, {{"fire", "sudo/search/admin", 3}}},
             {"email_owner_base64_sid.json", 202, {{"fire", "checkout-service error rate > 5%/search/oncall@example.org", 4}}},
             {"can_bus_csv.json", 202, {{"fire", "SpoofingGear: detected value out of the range/search/analyst", 5}}},
             {"multivalue_many.json", 202, {{"fire", "ai agent  powershell/Splunk_Security_Essentials/admin", 6}}},
             {"ta_pushover_stdin.json", 202, {{"fire", "spam/TA-pushover/admin", 7}}},
             {"tcp_raw_per_result.json", 202, {{"fire", "Webhook/search/admin", 8}}},
             {"windows_multiline_fields.json", 202, {{"fire", "T1078/search/admin", 9}}},
             {"es_notable.json", 202, {{"fire", "Brute Force Access Behavior Detected/SplunkEnterpriseSecuritySuite/admin", 10}}},
             {"itsi_episode.json", 202, {{"fire", "/itsi:f3da1f7e-4ea2-4e8d-a8af-dd40b8019c8f/SA-ITOA/system", 11}}},
             {"splunk_cloud_link.json", 202, {{"fire", "Cloud alert/search/nobody", 12}}},
             {"empty_result_object.json", 202, {{"fire", "No heartbeat seen/search/admin", 13}}},
             {"null_result.json", 202, {{"fire", "No heartbeat seen/search/admin", 13}}},
             {"control_chars.json", 202, {{"fire", "ctrl/search/admin", 14}}},
             {"lone_surrogate.json", 202, {{"fire", "bad bytes/search/admin", 15}}},
             {"nested_field_names.json", 202, {{"fire", "json index/search/admin", 16}}},
             {"numbers_as_strings.json", 202, {{"fire", "numeric zoo/search/admin", 17}}},
             {"unicode_escaped.json", 202, {{"fire", "Płatności – błąd 支払い 🚨/search/admin", 18}}},
             {"very_long_raw.json", 202, {{"fire", "Java stack trace/search/admin", 19}}},
         },
         {{"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"high", "triggered"},
          {"critical", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"}}});
}

TEST(Samples, OfSplunkOnCallLandAsTheirIndexSays) {
    const std::string kGroup = "c8585f9b51f733fdc2786ad26589d86072c7d1a8e8fed5f15dcfbda766fd53c0";
    // An INFO tells nobody. The action of the app for Splunk On-Call has a session_key with it.
    expect_story({"victorops",
                  "victorops",
                  "/integrations/generic/20131114/alert/" + sender_secret("victorops") + "/sre",
                  {
                      {"am_critical.json", 200, {{"CRITICAL", kGroup, 1}}},
                      {"docs_critical.json", 200, {{"CRITICAL", "disk space/db01.mycompany.com", 2}}},
                      {"c_acknowledgement.json", 200, {{"ACKNOWLEDGEMENT", "disk space/db01.mycompany.com", 2}}},
                      {"docs_recovery.json", 200, {{"RECOVERY", "disk space/db01.mycompany.com", 2}}},
                      {"docs_annotation.json", 200, {{"INFO", "disk.space/db01", 0}}},
                      {"signalfx_via_victorops.json", 200, {{"critical", "BCDEFGHIJKL", 3}}},
                      {"splunk_core_action.json", 200, {{"CRITICAL", "Splunk", 4}}},
                      {"c_missing_message_type.json", 400},
                  },
                  {{"critical", "triggered"}, {"critical", "resolved"}, {"critical", "triggered"}, {"critical", "triggered"}}});
}

}  // namespace
}  // namespace tocsin::test::samples_splunk_test
