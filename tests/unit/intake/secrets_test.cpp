// Credentials in a body reach neither the fields that rules and people see nor the payload that is stored.
#include "daemon/intake/json_secrets.hpp"

#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::secrets_test {
namespace {

constexpr std::string_view kSecret = "SeCrEt^Session_0123456789";

void expect_hidden(std::string_view kind, const std::string& body) {
    ASSERT_NE(body.find(kSecret), std::string::npos) << "the test must hold the secret";
    const auto result = parsed(kind, body);
    EXPECT_EQ(result.payload.find(kSecret), std::string::npos) << result.payload;
    for (const auto& line : listed(result.arrivals[0].fields)) EXPECT_EQ(line.find(kSecret), std::string::npos) << line;
}

std::string with(std::string text) {
    const auto at = text.find("SECRET");
    return text.replace(at, std::string_view("SECRET").size(), kSecret);
}

TEST(Secrets, ASessionKeyIsHiddenInEachSpellingAndAtAnyDepth) {
    expect_hidden("splunk", with(R"({"session_key": "SECRET"})"));
    expect_hidden("splunk", with(R"({"sessionKey": "SECRET"})"));
    expect_hidden("splunk", with(R"({"a": [{"b": {"SESSION-KEY": "SECRET"}}]})"));
    expect_hidden("splunk", with(R"({"session\u005fkey": "SECRET"})"));
    expect_hidden("splunk", with(R"({"session_key": {"token": ["SECRET"]}})"));
    expect_hidden("opsgenie", with(R"({"alert": {"alertId": "a", "details": {"session_key": "SECRET"}}})"));
}

TEST(Secrets, AuthorizationIsHidden) {
    expect_hidden("splunk", with(R"({"headers": {"Authorization": "Splunk SECRET"}})"));
    expect_hidden("opsgenie", with(R"({"alert": {"details": {"proxy-authorization": "SECRET"}}})"));
}

TEST(Secrets, TheHeadersThatOpsgenieRepeatsAreHiddenWhateverTheirName) {
    expect_hidden("opsgenie",
                  with(R"({"action": "Escalate", "headers": {"X-Webhook-Token": "SECRET"}, "alert": {"alertId": "a"}})"));
}

TEST(Secrets, TheSameValueElsewhereIsHiddenToo) {
    expect_hidden("splunk", R"({"results_link": "http://h/?key=)" + std::string(kSecret) + R"(&x=1", "session_key": ")" +
                                std::string(kSecret) + "\"}");
}

TEST(Secrets, AShortSecretDoesNotBlankOutOtherValues) {
    const auto fields = fields_of("splunk", R"({"session_key": "admin", "owner": "admin"})");

    EXPECT_EQ(fields.first("payload.session_key"), "***");
    EXPECT_EQ(fields.first("payload.owner"), "admin");
}

TEST(Secrets, ASessionKeyInsideOfATextIsHidden) {
    expect_hidden("splunk", with(R"({"configuration": "{\"session_key\": \"SECRET\", \"app\": \"search\"}"})"));
    expect_hidden("splunk", with(R"({"configuration": "&quot;session_key&quot;:&quot;SECRET&quot;"})"));
    expect_hidden("splunk", with(R"({"url": "https://h/?SESSION_KEY=SECRET&x=1"})"));
    expect_hidden("splunk", with(R"({"xml": "<alert><session_key>SECRET</session_key></alert>"})"));
    expect_hidden("splunk", with(R"({"twice": "{\"p\": \"{\\\"sessionKey\\\": \\\"SECRET\\\"}\"}"})"));
}

TEST(Secrets, WhatStandsAroundASessionKeyInATextStays) {
    EXPECT_EQ(without_session_keys(R"({"session_key": "abc", "app": "search"})"), R"({"session_key": "***", "app": "search"})");
    EXPECT_EQ(without_session_keys("session_key=abc&x=1"), "session_key=***&x=1");
    EXPECT_EQ(without_session_keys("ession session_key=abc session_key=def"), "ession session_key=*** session_key=***");
}

TEST(Secrets, TextsThatOnlyMentionSessionsStayAsTheyAre) {
    for (const std::string_view text :
         {"pam_unix(sudo:session): session closed for user root", "session key is missing", "the session_key has expired",
          "session", "session_key", "session_key=", R"({"session_key": ""})", "obsession: 7"}) {
        EXPECT_EQ(without_session_keys(text), text);
    }
}

TEST(Secrets, OnlyTheSecretOfThePayloadIsChanged) {
    const auto result = parsed("splunk", R"({ "app":"search" ,"session_key" : "abc","n": 1.50, "t":"a\u0041" })");

    EXPECT_EQ(result.payload, R"({ "app":"search" ,"session_key" : "***","n": 1.50, "t":"a\u0041" })");
}

TEST(Secrets, ANumberIsHiddenAsATextSoThatThePayloadStaysJson) {
    EXPECT_EQ(parsed("splunk", R"({"session_key": 12345})").payload, R"({"session_key": "***"})");
    EXPECT_EQ(parsed("splunk", R"({"session_key": null})").payload, R"({"session_key": null})");
}

TEST(Secrets, AChangedTextIsWrittenAsJsonAgain) {
    const auto payload = parsed("splunk", R"({"t": "a\"b\\c\n\u0001é session_key=abc"})").payload;

    EXPECT_EQ(payload, R"({"t": "a\"b\\c\u000a\u0001é session_key=***"})");
}

TEST(Secrets, TheRecordedModularAlertKeepsEverythingElse) {
    const auto body = sample("splunk", "ta_pushover_stdin.json");
    auto expected = body;
    expected.replace(expected.find("\"REDACTED\""), std::string_view("\"REDACTED\"").size(), "\"***\"");

    EXPECT_EQ(parsed("splunk", body).payload, expected);
}

TEST(Secrets, KeysThatOnlyResembleASecretAreNoSecrets) {
    for (const std::string_view key : {"session", "session_keys", "key", "sessionkeyword", "authorization_result", ""}) {
        EXPECT_FALSE(is_secret_key(key)) << key;
    }
}

TEST(Secrets, ABodyFullOfSecretsIsReadInTimeThatGrowsWithItsSizeAlone) {
    std::string many = R"({"a": [)";
    for (int i = 0; i < 20'000; ++i) many += R"({"authorization": "secret-)" + std::to_string(i) + R"("}, )";
    std::string mentions = "sessionkey=";
    for (int i = 0; i < 100'000; ++i) mentions += i % 2 == 0 ? "sessionkey" : "session_key=x ";

    const auto payload = parsed("splunk", many + "1], \"text\": \"" + mentions + "\"}").payload;

    EXPECT_EQ(payload.find("secret-"), std::string::npos);
    EXPECT_EQ(payload.find("=x"), std::string::npos);
}

TEST(Secrets, AnErrorNeverQuotesTheBody) {
    const auto message = error_of(R"({"session_key": "SeCrEt^Session" oops})");

    EXPECT_EQ(message.find("SeCrEt"), std::string::npos) << message;
    EXPECT_EQ(message, "reading what a-source sent: not JSON: unexpected 'o' at byte 34, line 1, column 34");
}

}  // namespace
}  // namespace tocsin::intake::secrets_test
