// POST /api/v1/explain, and `tocsin explain` for one rule.
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <string>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::explain_test {
namespace {

HttpAnswer ask(Daemon& daemon, const std::string& body, const HttpHeaders& headers) {
    return daemon.ask({"POST", "/api/v1/explain", body, headers});
}
HttpAnswer ask(Daemon& daemon, const std::string& body) {
    return ask(daemon, body, {{"Authorization", std::string("Bearer ") + kApiToken}});
}

TEST(ExplainApi, SaysWhatTheRulebookInForceWouldMakeOfAnAlert) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = ask(daemon, R"({"source": "splunk", "at": "2026-03-08T08:30:00Z",
        "payload": {"search_name": "disk full", "result": {"host": "web-1", "ratio": 100.50}}})");
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto alerts = answer.json().at("alerts").as_array();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].at("verdict").at("service").as_string(), "site");
    EXPECT_EQ(alerts[0].at("trail").at(0).at("is_deciding").as_bool(), true);
    EXPECT_EQ(alerts[0].at("pages").at(0).at("person").as_string(), "ana");
    EXPECT_EQ(alerts[0].at("pages").at(0).at("at").as_string(), "2026-03-08T08:30:00Z");
    EXPECT_NE(answer.body.find(R"("value":"100.50")"), std::string::npos) << "numbers keep their spelling";
    EXPECT_EQ(daemon.incident(1).status, 404U) << "nothing is kept";
}

TEST(ExplainApi, TakesATextAsItWouldBeSent) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = ask(daemon, R"({"kind": "splunk", "payload": "{\"search_name\": \"disk\"}"})");
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.json().at("alerts").at(0).at("verdict").at("summary").as_string(), "disk");
}

TEST(ExplainApi, SaysWhatIsWrongWithAQuestion) {
    Daemon daemon(Rulebook::tiny());
    EXPECT_EQ(ask(daemon, R"({"kind": "splunk", "payload": {}})", {}).status, 401U);
    EXPECT_EQ(daemon.get("/api/v1/explain").status, 405U);
    const auto error = [&](const std::string& body) {
        const auto answer = ask(daemon, body);
        EXPECT_EQ(answer.status, 400U) << answer.body;
        return answer["error"];
    };
    EXPECT_EQ(error("nonsense"), "the body is not a JSON object");
    EXPECT_NE(error(R"({"source": "splnk", "payload": {}})").find("no source is called \"splnk\""), std::string::npos);
    EXPECT_NE(error(R"({"payload": {}})").find("splunk"), std::string::npos);
    EXPECT_NE(error(R"({"kind": "splunk"})").find("\"payload\" is needed"), std::string::npos);
    EXPECT_NE(error(R"({"kind": "splunk", "payload": "no json"})").find("the payload: "), std::string::npos);
    EXPECT_NE(error(R"({"kind": "splunk", "payload": {}, "at": "soon"})").find("\"at\" is not a time"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::test::explain_test
