// Senders that post JSON of their own shape are read as the rulebook's mappings say: by the daemon, by explain and by replay.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::mapping_test {
namespace {

using testing::HasSubstr;

/// One source takes what two senders post.
constexpr const char* kMappings = R"(
mappings:
  - name: Uptime Kuma
    source: generic
    match: { payload.heartbeat.status: { present: true } }
    key: "${payload.monitor.id}"
    title: "${payload.monitor.name} is down"
    status: { from: "${payload.heartbeat.status}", firing: 0, resolved: 1 }
  - name: CloudWatch
    source: generic
    json: payload.Message
    each: payload.Records
    key: "${payload.Message.AlarmName}"
    title: "${payload.Message.AlarmName}: ${payload.Message.NewStateReason}"
    status: { from: "${payload.Message.NewStateValue}", firing: ALARM, resolved: OK }
  - name: events
    source: cloudevents
    key: "${payload.data.disk}"
    title: "disk ${payload.data.disk}"
    status: { from: "${payload.data.full}", firing: "true", resolved: "false" }
)";

constexpr const char* kDown = R"({"heartbeat":{"status":0},"monitor":{"id":7,"name":"checkout"},"msg":"[checkout] down"})";
constexpr const char* kUp = R"({"heartbeat":{"status":1},"monitor":{"id":7,"name":"checkout"},"msg":"[checkout] up"})";

std::string alarm(const std::string& state) {
    return R"({"Type":"Notification","Message":"{\"AlarmName\":\"queue\",\"NewStateValue\":\")" + state +
           R"(\",\"NewStateReason\":\"crossed\"}"})";
}

Rulebook mapped() { return {Rulebook::tiny().yaml + kMappings}; }

TEST(Mapping, TwoForeignFormatsOpenAndResolveTheirIncidents) {
    Daemon daemon(mapped());
    EXPECT_EQ(daemon.post("generic", kDown).status, 202U);
    EXPECT_EQ(daemon.post("generic", alarm("ALARM")).status, 202U);
    EXPECT_EQ(daemon.post("generic", kDown).status, 202U);
    EXPECT_EQ(daemon.incident(1)["summary"], "checkout is down");
    EXPECT_EQ(daemon.incident(2)["summary"], "queue: crossed");
    EXPECT_EQ(daemon.incident(3).status, 404U) << "said again, it is the same alert";
    EXPECT_EQ(daemon.post("generic", kUp)["incident"], "1");
    EXPECT_EQ(daemon.post("generic", alarm("OK"))["incident"], "2");
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    EXPECT_EQ(daemon.incident(2)["state"], "resolved");
}

TEST(Mapping, WhatItCannotReadIsTakenAsUsualAndCounted) {
    Daemon daemon(mapped());
    EXPECT_EQ(daemon.post("generic", R"({"title":"something else","status":"firing"})").status, 202U);
    EXPECT_EQ(daemon.incident(1)["summary"], "something else");
    EXPECT_EQ(daemon.metric(R"(tocsin_mapping_missed_total{source="generic"})"), 1);
}

TEST(Mapping, EachElementOfAListIsAnAlert) {
    Daemon daemon(mapped());
    const auto answer = daemon.post("generic", R"({"Records":[{"id":1},{"id":2}],"Message":"x","title":"t"})").json();
    ASSERT_EQ(answer.at("alerts").as_array().size(), 2U);
}

TEST(Mapping, EventsInBinaryModeAreMappedByTheirData) {
    Daemon daemon(mapped());
    auto headers = Daemon::proof_of("cloudevents");
    headers.insert(headers.end(), {{"ce-specversion", "1.0"}, {"ce-type", "t"}, {"ce-source", "/x"}, {"ce-id", "1"}});
    EXPECT_EQ(daemon.ask({"POST", "/in/cloudevents", R"({"disk":"sda","full":true})", headers}).status, 202U);
    EXPECT_EQ(daemon.incident(1)["summary"], "disk sda");
    EXPECT_EQ(daemon.ask({"POST", "/in/cloudevents", R"({"disk":"sda","full":false})", headers}).status, 202U);
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
}

TEST(Mapping, AChangedOneCountsFromTheReloadAndAnEndFindsItsIncidentByTheSameKey) {
    Daemon daemon(mapped());
    EXPECT_EQ(daemon.post("generic", kDown).status, 202U);
    auto changed = mapped().yaml;
    const std::string title = "${payload.monitor.name} is down";
    changed.replace(changed.find(title), title.size(), "no answer from ${payload.monitor.name}");
    daemon.write_rulebook(changed);
    EXPECT_EQ(daemon.reload().status, 200U);
    EXPECT_EQ(daemon.post("generic", kUp)["incident"], "1");
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    daemon.restart();
    EXPECT_EQ(daemon.post("generic", R"({"heartbeat":{"status":0},"monitor":{"id":8,"name":"mail"}})").status, 202U);
    EXPECT_EQ(daemon.incident(2)["summary"], "no answer from mail");
}

TEST(Mapping, ReplayShowsWhatAChangedOneWouldHaveDone) {
    Daemon daemon(mapped());
    EXPECT_EQ(daemon.post("generic", kDown).status, 202U);
    EXPECT_EQ(daemon.post("generic", R"({"heartbeat":{"status":0},"monitor":{"id":9,"name":"checkout"}})").status, 202U);
    auto changed = mapped().yaml;
    const std::string key = "key: \"${payload.monitor.id}\"";
    changed.replace(changed.find(key), key.size(), "key: \"${payload.monitor.name}\"");
    daemon.folder().write("changed/rules.yaml", changed);
    const auto replayed = run({{built_path("tocsin"), "replay", "--config", daemon.folder().path("tocsin.yaml"), "--rulebook",
                                daemon.folder().path("changed")}});
    EXPECT_EQ(replayed.exit.code, 0) << replayed.error;
    EXPECT_THAT(replayed.out, HasSubstr("incidents: 1 fewer"));
}

TEST(Mapping, ExplainSaysHowEachThingWasRead) {
    TempDir folder;
    folder.write("rules/rules.yaml", mapped().yaml);
    folder.write("down.json", R"({"heartbeat":{"status":0},"monitor":{"name":"checkout"}})");
    const auto explained = run({{built_path("tocsin"), "explain", "--kind", "generic", "--source", "generic", "--rulebook",
                                 folder.path("rules"), folder.path("down.json")}});
    EXPECT_EQ(explained.exit.code, 0) << explained.error;
    EXPECT_THAT(explained.out, HasSubstr("Read by the mapping \"Uptime Kuma\" at "));
    EXPECT_THAT(explained.out, HasSubstr("as usual: payload.monitor.id is not there"));
    EXPECT_THAT(explained.out, HasSubstr("\"0\" means firing"));
    EXPECT_THAT(explained.out, HasSubstr("checkout is down"));
}

TEST(Mapping, OneThatIsWrongIsRefusedOnReloadAndTheOldStaysInForce) {
    Daemon daemon(mapped());
    auto wrong = mapped().yaml;
    const std::string key = "source: cloudevents";
    wrong.replace(wrong.find(key), key.size(), "source: cloudevnts");
    daemon.write_rulebook(wrong);
    const auto answer = daemon.reload();
    EXPECT_EQ(answer.status, 422U);
    EXPECT_THAT(answer.body, HasSubstr("did you mean \\\"cloudevents\\\"?"));
    const auto taken = daemon.post("generic", kDown);
    EXPECT_EQ(taken.status, 202U);
    EXPECT_EQ(daemon.get("/api/v1/incidents/" + taken["incident"])["summary"], "checkout is down");
}

}  // namespace
}  // namespace tocsin::test::mapping_test
