// Alertmanager's webhook: each alert of the group is one of ours.
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::alertmanager_test {
namespace {

Parsed group(const std::string& body) {
    auto result = parse("alertmanager", "a-source", body);
    if (!result) ADD_FAILURE() << result.error().message();
    return result ? std::move(*result) : Parsed{};
}

TEST(Alertmanager, EachAlertOfTheGroupIsOneOfItsOwn) {
    const auto parsed = group(sample("alertmanager_webhook", "firing_2.json"));

    ASSERT_EQ(parsed.arrivals.size(), 2U);
    expect_sample(parsed.arrivals[0], {.file = {},
                                       .key = "ffe254c6c6bef15c",
                                       .title = "5xx above 5%",
                                       .priority = "critical",
                                       .fields = {{"labels.instance", "api-1:9090"},
                                                  {"text", "Error ratio 12% on api-1"},
                                                  {"payload.alerts.labels.instance", "api-1:9090"},
                                                  {"payload.groupKey", R"({}:{alertname="HighErrorRate", cluster="prod-eu"})"}}});
    EXPECT_EQ(parsed.arrivals[1].alert.key, "55327c72d2c05639");
    EXPECT_TRUE(parsed.arrivals[1].alert.is_followed_up);
}

TEST(Alertmanager, WhatIsKeptOfAnAlertIsTheGroupWithItAlone) {
    const auto parsed = group(sample("alertmanager_webhook", "firing_2.json"));

    const auto again = group(parsed.arrivals.at(1).payload);

    ASSERT_EQ(again.arrivals.size(), 1U);
    EXPECT_EQ(listed(again.arrivals[0].fields), listed(parsed.arrivals[1].fields));
    EXPECT_EQ(again.payload, parsed.arrivals[1].payload);
}

TEST(Alertmanager, AnAlertsOwnStatusCountsAndNotTheGroups) {
    const auto parsed = group(R"({"status": "firing", "alerts": [{"status": "resolved", "labels": {"a": "1"}},
                                                                 {"status": "firing", "labels": {"a": "2"}}]})");

    EXPECT_EQ(parsed.arrivals.at(0).alert.action, AlertAction::Resolve);
    EXPECT_EQ(parsed.arrivals.at(1).alert.action, AlertAction::Fire);
}

TEST(Alertmanager, TheGroupsStatusCountsWhereAnAlertHasNone) {
    EXPECT_EQ(group(R"({"status": "resolved", "alerts": [{"labels": {"a": "1"}}]})").arrivals.at(0).alert.action,
              AlertAction::Resolve);
}

TEST(Alertmanager, WithoutAFingerprintTheKeyIsTheOneThatAlertmanagerWouldGive) {
    auto body = sample("alertmanager_webhook", "firing_1.json");
    const auto with = group(body).arrivals.at(0).alert.key;
    const auto at = body.find(R"(,"fingerprint")");
    body.erase(at, body.find('}', at) - at);

    EXPECT_EQ(group(body).arrivals.at(0).alert.key, with);
}

TEST(Alertmanager, AnEmptyGroupIsNoAlert) { EXPECT_TRUE(group(R"({"alerts": []})").arrivals.empty()); }

TEST(Alertmanager, ALookAlikeWithoutAListIsOneAlert) {
    const auto parsed = group(R"({"status": "firing", "commonLabels": {"alertname": "Disk"}})");

    ASSERT_EQ(parsed.arrivals.size(), 1U);
    EXPECT_EQ(parsed.arrivals[0].alert.labels.at(0).second, "Disk");
}

TEST(Alertmanager, VersionThreeKeepsTheDigitsOfItsGroupKey) {
    const auto parsed = group(sample("alertmanager_webhook", "public_v3_numeric_groupkey.json"));

    EXPECT_EQ(parsed.arrivals.at(0).fields.first("payload.groupKey"), "5615590933959184469");
}

TEST(Alertmanager, MoreAlertsThanAreTakenAtOnceAreTooMuch) {
    std::string body = R"({"alerts": [{})";
    for (int i = 0; i < 10'000; ++i) body += ",{}";

    const auto refused = parse("alertmanager", "a-source", body + "]}");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::TooLarge);
}

TEST(Alertmanager, EverySampleIsUnderstood) {
    for (const auto& name : sample_names("alertmanager_webhook")) {
        const auto parsed = group(sample("alertmanager_webhook", name));
        EXPECT_FALSE(parsed.arrivals.empty()) << name;
        for (const auto& arrival : parsed.arrivals) {
            EXPECT_EQ(arrival.alert.key.size(), 16U) << name;
            EXPECT_FALSE(arrival.alert.title.empty()) << name;
            EXPECT_TRUE(arrival.fields.has("labels.alertname")) << name;
            EXPECT_TRUE(arrival.fields.has("payload.groupKey")) << name;
            EXPECT_EQ(arrival.alert.action, name == "resolved.json" ? AlertAction::Resolve : AlertAction::Fire) << name;
        }
    }
}

}  // namespace
}  // namespace tocsin::intake::alertmanager_test
