// Nobody gets in: a source must prove who it is, in one of the ways that were agreed, and what it sends must be in bounds.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::door_test {
namespace {

/// An alert of `splunk` that proves itself in the way that each test tries.
HttpRequest alert(const std::string& target, HttpHeaders headers) {
    return {"POST", target, splunk_alert("disk full"), std::move(headers)};
}

TEST(Door, EveryAgreedProofIsTaken) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.ask(alert("/in/splunk", {{"Authorization", fmt::format("Bearer {}", kSplunkSecret)}})).status, 202U);
    EXPECT_EQ(daemon.ask(alert(fmt::format("/in/splunk/{}", kSplunkSecret), {})).status, 202U);
    EXPECT_EQ(daemon.ask(alert(fmt::format("/in/splunk?token={}", kSplunkSecret), {})).status, 202U);
    EXPECT_EQ(daemon.ask(alert("/in/opsgenie", {{kSecretHeader, kOpsgenieSecret}})).status, 202U);
}

TEST(Door, AProofThatWasNotAgreedIsRefused) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.ask(alert("/in/splunk", {{kSecretHeader, kSplunkSecret}})).status, 401U);
    EXPECT_EQ(daemon.ask(alert(fmt::format("/in/opsgenie/{}", kOpsgenieSecret), {})).status, 401U);
    EXPECT_EQ(daemon.ask(alert(fmt::format("/in/opsgenie?token={}", kOpsgenieSecret), {})).status, 401U);
}

TEST(Door, AWrongOrMissingSecretIsRefusedAndCounted) {
    Daemon daemon(Rulebook::tiny());
    const std::string wrong = "wrong-secret-0123456789";
    EXPECT_EQ(daemon.ask(alert("/in/splunk", {})).status, 401U);
    EXPECT_EQ(daemon.ask(alert("/in/splunk", {{"Authorization", "Bearer " + wrong}})).status, 401U);
    EXPECT_EQ(daemon.ask(alert("/in/splunk/" + wrong, {})).status, 401U);
    EXPECT_EQ(daemon.ask(alert("/in/splunk?token=" + wrong, {})).status, 401U);
    EXPECT_EQ(daemon.metric(R"(tocsin_alerts_refused_total{reason="unauthorized",source="splunk"})"), 4.0);
    EXPECT_EQ(daemon.get("/api/v1/incidents").json().at("incidents").as_array().size(), 0U);
}

TEST(Door, TheSecretOfOneSourceDoesNotOpenAnother) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.ask(alert("/in/opsgenie", {{kSecretHeader, kSplunkSecret}})).status, 401U);
    EXPECT_EQ(daemon.ask(alert("/in/nobody", {{"Authorization", fmt::format("Bearer {}", kSplunkSecret)}})).status, 401U);
}

TEST(Door, SecretsAreNeitherLoggedNorAnswered) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.ask(alert(fmt::format("/in/opsgenie/{}", kSplunkSecret), {}));
    EXPECT_EQ(answer.body.find(kSplunkSecret), std::string::npos) << answer.body;
    EXPECT_EQ(daemon.log().find(kSplunkSecret), std::string::npos) << daemon.log();
    EXPECT_EQ(daemon.ask({.target = "/metrics"}).body.find(kSplunkSecret), std::string::npos);
}

TEST(Door, AMethodThatAPathDoesNotHaveIsToldWithThoseThatItHas) {
    Daemon daemon(Rulebook::tiny());
    const auto allowed = [&](const std::string& method, const std::string& target) {
        const auto answer = daemon.ask({method, target, {}, {{"Authorization", fmt::format("Bearer {}", kApiToken)}}});
        EXPECT_EQ(answer.status, 405U) << target;
        return answer.header("allow");
    };
    EXPECT_EQ(allowed("PUT", "/api/v1/incidents"), "GET");
    EXPECT_EQ(allowed("GET", "/api/v1/incidents/1/acknowledge"), "POST");
    EXPECT_EQ(allowed("PUT", "/api/v1/digests/none"), "GET");
    EXPECT_EQ(allowed("PUT", "/api/v1/keys"), "GET, POST");
    EXPECT_EQ(allowed("PUT", "/api/v1/silences"), "GET, POST");
    EXPECT_EQ(allowed("GET", "/v2/enqueue"), "POST");
    EXPECT_EQ(allowed("GET", fmt::format("/in/splunk/{}", kSplunkSecret)), "POST, PUT");
}

TEST(Door, TheApiNeedsItsToken) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(daemon.ask({.target = "/api/v1/incidents"}).status, 401U);
    EXPECT_EQ(daemon.ask({.target = "/api/v1/oncall"}).status, 401U);
    EXPECT_EQ(daemon.ask({"POST", "/-/reload"}).status, 401U);
    EXPECT_EQ(daemon.ask({"GET", "/api/v1/incidents", "", {{"Authorization", fmt::format("Bearer {}", kSplunkSecret)}}}).status,
              401U);
}

TEST(Door, ABodyThatIsTooLargeIsRefused) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.post("splunk", std::string((std::size_t{4} << 20U) + 1, ' '));
    EXPECT_EQ(answer.status, 413U) << answer.body;
    EXPECT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
}

TEST(Door, WhatIsNoJsonIsRefusedWithThePlace) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.post("splunk", "{\"search_name\": \"disk full\",\n  \"result\": oops}");
    EXPECT_EQ(answer.status, 400U);
    EXPECT_NE(answer["error"].find("line 2"), std::string::npos) << answer.body;
    EXPECT_NE(answer["error"].find("column"), std::string::npos) << answer.body;
}

}  // namespace
}  // namespace tocsin::test::door_test
