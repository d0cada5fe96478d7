// Every recorded, documented or composed Splunk body is understood as tests/samples/INDEX.md says.
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::splunk_samples_test {
namespace {

using namespace std::string_literals;

std::vector<ExpectedSample> recorded_or_documented() {
    return {
        {.file = "can_bus_csv.json",
         .key = "SpoofingGear: detected value out of the range/search/analyst",
         .title = "SpoofingGear: detected value out of the range",
         .fields = {{"payload.result.CAN_ID", "043f"},
                    {"payload.result.DATA_0", "00"},
                    {"payload.result._si", "splunk-mac.example.net | hcrl-car-hacking-dos-index"},
                    {"text", "1478200651.438389,0000,8,00,00,00,00,00,00,00,00,T"},
                    {"labels.host", "Vehicle1"},
                    {"labels.index", "hcrl-car-hacking-gear-index"},
                    {"labels.sourcetype", "csv"}}},
        {.file = "docs_null_search_name.json",
         .key = "/scheduler_admin_search_W2/search/admin",
         .title = "Splunk alert of app search",
         .fields = {{"payload.search_name", ""}, {"text", "sourcetype=mongod, count=8"}, {"labels.sourcetype", "mongod"}}},
        {.file = "email_owner_base64_sid.json",
         .key = "checkout-service error rate > 5%/search/oncall@example.org",
         .title = "checkout-service error rate > 5%",
         .fields = {{"text", "err=17.985"}, {"labels.owner", "oncall@example.org"}}},
        {.file = "missing_search_name.json",
         .key = "/sudo/search/admin",
         .title = "Splunk alert of app search",
         .fields = {{"labels.host", "myserver"}}},
        {.file = "multivalue_many.json",
         .key = "ai agent  powershell/Splunk_Security_Essentials/admin",
         .title = "ai agent  powershell",
         .fields = {{"payload.result.interpreters", "cmd | powershell | rundll32"},
                    {"payload.result.users", "Administrator | EC2AMAZ-EXAMPLE$"},
                    {"payload.result.integrity_levels",
                     "Mandatory Label\\High Mandatory Level | Mandatory Label\\System Mandatory Level"}}},
        {.file = "rt_syslog_sudo.json",
         .key = "sudo/search/admin",
         .title = "sudo",
         .fields =
             {{"payload.result._si", "myserver | main"},
              {"payload.result.USER", ""},
              {"text", "Jan  4 11:14:32 myserver sudo: pam_unix(sudo:session): session closed for user root"},
              {"url",
               "http://example.com:8000/app/search/search?q=%7Cloadjob%20rt_scheduler__admin__search__sudo_at_1483557185_2.2"
               "%20%7C%20head%201%20%7C%20tail%201&earliest=0&latest=now"}}},
        {.file = "ta_pushover_stdin.json",
         .key = "spam/TA-pushover/admin",
         .title = "spam",
         .fields = {{"text", "hello world"},
                    {"payload.session_key", "***"},
                    {"payload.server_uri", "https://127.0.0.1:8089"},
                    {"payload.configuration.priority", "0"}}},
        {.file = "tcp_raw_per_result.json",
         .key = "Webhook/search/admin",
         .title = "Webhook",
         .fields = {{"text", "Random number generator finishing."},
                    {"url", "http://splunkenterprise:8000/app/search/search?q=%7Cloadjob%20scheduler__admi..."}}},
        {.file = "windows_multiline_fields.json",
         .key = "T1078/search/admin",
         .title = "T1078",
         .fields = {{"payload.result.threat_level", "CRITICAL"}, {"payload.result.workstation", ""}}},
    };
}

std::vector<ExpectedSample> composed_of_odd_text() {
    return {
        {.file = "control_chars.json",
         .key = "ctrl/search/admin",
         .title = "ctrl",
         .fields = {{"payload.result._raw",
                     "a\0b\x01"
                     "c\x1b[31mred\x1b[0m\r\n"s}}},
        {.file = "lone_surrogate.json",
         .key = "bad bytes/search/admin",
         .title = "bad bytes",
         .fields = {{"text", "abc\uFFFD def"}}},
        {.file = "nested_field_names.json",
         .key = "json index/search/admin",
         .title = "json index",
         .fields = {{"payload.result.\"kubernetes.pod_name\"", "api-1"},
                    {"payload.result.\"items{}.name\"", "a | b"},
                    {"payload.result.tag::eventtype", "x"},
                    {"payload.result.\"k\\\"q\"", "v"},
                    {"payload.result.\"  spaced \"", "v"},
                    {"payload.result.\"\"", "empty key"},
                    {"payload.result.__mv_hidden", "$a$;$b$"}}},
        {.file = "numbers_as_strings.json",
         .key = "numeric zoo/search/admin",
         .title = "numeric zoo",
         .fields = {{"payload.result.avg(rt)", "1.2300000000000000001"},
                    {"payload.result.big", "9007199254740993"},
                    {"payload.result.neg", "-0"},
                    {"payload.result.sci", "1e400"},
                    {"payload.result.empty", ""}}},
        {.file = "unicode_escaped.json",
         .key = "Płatności – błąd 支払い 🚨/search/admin",
         .title = "Płatności – błąd 支払い 🚨",
         .fields = {{"text", "Überlauf: 支払い失敗 🚨 \u202Etxt"}, {"payload.result.city", "Kraków"}}},
        {.file = "very_long_raw.json",
         .key = "Java stack trace/search/admin",
         .title = "Java stack trace",
         .fields = {{"labels.host", "app01"}}},
    };
}

std::vector<ExpectedSample> composed_of_odd_shape() {
    return {
        {.file = "empty_result_object.json",
         .key = "No heartbeat seen/search/admin",
         .title = "No heartbeat seen",
         .fields = {{"status", "firing"}}},
        {.file = "es_notable.json",
         .key = "Brute Force Access Behavior Detected/SplunkEnterpriseSecuritySuite/admin",
         .title = "Brute Force Access Behavior Detected",
         .priority = "high",
         .fields = {{"labels.owner", "admin"}, {"payload.result.owner", "unassigned"}, {"payload.result.user", "root | admin"}}},
        {.file = "itsi_episode.json",
         .key = "/itsi:f3da1f7e-4ea2-4e8d-a8af-dd40b8019c8f/SA-ITOA/system",
         .title = "Customer Transaction Issue",
         .priority = "critical",
         .fields = {{"text", "Database Events status was critical (Health Score=10.59)"},
                    {"payload.result.alert_value", "10.59"}}},
        {.file = "null_result.json",
         .key = "No heartbeat seen/search/admin",
         .title = "No heartbeat seen",
         .fields = {{"payload.result", ""}}},
        {.file = "splunk_cloud_link.json",
         .key = "Cloud alert/search/nobody",
         .title = "Cloud alert",
         .fields = {{"url",
                     "https://acme.splunkcloud.com/en-US/app/search/@go?sid=scheduler__nobody__search__"
                     "RMD5deadbeefdeadbeef0_at_1790000000_1"}}},
    };
}

const std::vector<ExpectedSample>& table() {
    static const std::vector<ExpectedSample> all = [] {
        auto rows = recorded_or_documented();
        for (const auto& more : {composed_of_odd_text(), composed_of_odd_shape()})
            rows.insert(rows.end(), more.begin(), more.end());
        return rows;
    }();
    return all;
}

class SplunkSample : public testing::TestWithParam<std::string> {};

TEST_P(SplunkSample, IsUnderstoodAsTheIndexSays) {
    const auto* expected = find_expected(table(), GetParam());
    ASSERT_NE(expected, nullptr) << "say in splunk_samples_test.cpp what must be understood of " << GetParam();

    const auto arrival = parsed("splunk", sample("splunk", GetParam())).arrivals.at(0);

    expect_sample(arrival, *expected);
    EXPECT_FALSE(arrival.alert.is_followed_up) << "Splunk never says that it is over";
    EXPECT_FALSE(arrival.alert.until);
    EXPECT_EQ(arrival.alert.source, "a-source");
    EXPECT_EQ(arrival.alert.kind, "splunk");
}

INSTANTIATE_TEST_SUITE_P(Corpus, SplunkSample, testing::ValuesIn(sample_names("splunk")), test_name);

TEST(SplunkSamples, EachExpectationHasItsFile) {
    const auto names = sample_names("splunk");
    for (const auto& expected : table()) EXPECT_TRUE(std::count(names.begin(), names.end(), expected.file)) << expected.file;
}

TEST(SplunkSamples, AVeryLongTextIsKeptWhole) {
    const auto fields = fields_of("splunk", sample("splunk", "very_long_raw.json"));

    EXPECT_GT(fields.first("payload.result._raw").size(), 200'000U);
    EXPECT_TRUE(fields.first("text").ends_with("\n\tat com.example.Foo.bar4999(Foo.java:4999)"));
}

TEST(SplunkSamples, OnlyTheLoneSurrogateNeedsMending) {
    for (const auto& name : sample_names("splunk")) {
        const auto mended = parsed("splunk", sample("splunk", name)).mended;
        const auto expected =
            name == "lone_surrogate.json" ? std::vector<std::string_view>{"lone_surrogate"} : std::vector<std::string_view>{};
        EXPECT_EQ(mended, expected) << name;
    }
}

}  // namespace
}  // namespace tocsin::intake::splunk_samples_test
