// What Prometheus posts to an Alertmanager: a list without a status, in which the end says whether it fires.
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::prometheus_test {
namespace {

TimePoint at(const char* time) { return *parse_rfc3339(time); }

Parsed received(const std::string& body, const char* when = "2026-11-22T04:01:00Z") {
    auto result = parse("prometheus", "a-source", body, at(when));
    if (!result) ADD_FAILURE() << result.error().message();
    return result ? std::move(*result) : Parsed{};
}

TEST(Prometheus, AnEndToComeMeansThatItFiresUntilThen) {
    const auto alert = received(sample("prometheus_v2_alerts", "firing_first.json")).arrivals.at(0).alert;

    EXPECT_EQ(alert.action, AlertAction::Fire);
    EXPECT_EQ(alert.ends_at, at("2026-11-22T04:01:33.632Z"));
    EXPECT_EQ(alert.began_at, at("2026-11-22T04:00:53.632Z"));
    EXPECT_EQ(alert.title, "Instance 127.0.0.1:1 down");
    EXPECT_EQ(alert.priority, "critical");
    EXPECT_TRUE(alert.is_followed_up);
}

TEST(Prometheus, AnEndThatHasComeMeansThatItIsOver) {
    const auto alert = received(sample("prometheus_v2_alerts", "resolved.json"), "2026-11-22T04:01:13.632Z").arrivals.at(0).alert;

    EXPECT_EQ(alert.action, AlertAction::Resolve);
    EXPECT_EQ(alert.ends_at, std::nullopt);
}

TEST(Prometheus, SaidAgainItIsTheSameAlert) {
    EXPECT_EQ(received(sample("prometheus_v2_alerts", "firing_first.json")).arrivals.at(0).alert.key,
              received(sample("prometheus_v2_alerts", "firing_resend.json")).arrivals.at(0).alert.key);
}

TEST(Prometheus, WhatIsKeptSaysTheSameWheneverItIsReadAgain) {
    const auto first = received(sample("prometheus_v2_alerts", "resolved.json"), "2026-11-22T04:02:00Z");

    const auto again = parse("prometheus", "a-source", first.arrivals.at(0).payload);

    ASSERT_TRUE(again);
    EXPECT_EQ(again->arrivals.at(0).alert.action, AlertAction::Resolve);
    EXPECT_EQ(again->arrivals.at(0).payload, first.arrivals[0].payload);
    EXPECT_EQ(first.arrivals[0].fields.first("payload.status"), "resolved");
}

TEST(Prometheus, GoodAlertsAreTakenAndTheOthersNamed) {
    const auto parsed = received(R"([{"labels": {"alertname": "A"}}, {"labels": {}}, 7, {"labels": {"a": 1}},
                                     {"labels": {"a": "b"}, "startsAt": "2026-11-22T04:00:00Z", "endsAt": "2026-11-22T03:00:00Z"}])");

    ASSERT_EQ(parsed.arrivals.size(), 1U);
    EXPECT_EQ(parsed.arrivals[0].alert.title, "A");
    EXPECT_EQ(parsed.refused,
              (std::vector<std::string>{"alert 2: it has no labels", "alert 3: not a JSON object",
                                        "alert 4: `labels` is no object of texts", "alert 5: `endsAt` is before `startsAt`"}));
}

TEST(Prometheus, LabelsWithoutAValueAreNone) {
    const auto with = received(R"([{"labels": {"alertname": "A", "empty": ""}}])").arrivals.at(0);

    EXPECT_EQ(with.alert.key, received(R"([{"labels": {"alertname": "A"}}])").arrivals.at(0).alert.key);
    EXPECT_FALSE(with.fields.has("labels.empty"));
}

TEST(Prometheus, TheYearOneIsNoEnd) {
    const auto alert = received(R"([{"labels": {"a": "b"}, "endsAt": "0001-01-01T00:00:00Z"}])").arrivals.at(0).alert;

    EXPECT_EQ(alert.action, AlertAction::Fire);
    EXPECT_EQ(alert.ends_at, std::nullopt);
}

TEST(Prometheus, AnEmptyListIsNoAlert) { EXPECT_TRUE(received("[]").arrivals.empty()); }

TEST(Prometheus, ABodyThatIsNoListOfObjectsIsRefusedWithItsPlace) {
    const auto refused = parse("prometheus", "a-source", R"([{"labels": })");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message(), "reading what a-source sent: not JSON: unexpected '}' at byte 13, line 1, column 13");
}

}  // namespace
}  // namespace tocsin::intake::prometheus_test
