// Heartbeats from outside: what is not heard opens an incident, what is heard again resolves it; and tocsin's own.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"

namespace tocsin::test::heartbeat_test {
namespace {

Rulebook with_heartbeat() {
    auto rulebook = Rulebook::tiny();
    rulebook.yaml +=
        "heartbeats:\n"
        "  backup: { title: The backup, every: 2s, service: site, severity: high, source: splunk }\n"
        "  watchdog: { every: 1h, service: site, match: { title: Watchdog } }\n";
    return rulebook;
}

HttpAnswer beat(Daemon& daemon, const std::string& name) {
    return daemon.ask({"GET", "/in/splunk/heartbeat/" + name, "", Daemon::proof_of("splunk")});
}

TEST(Heartbeat, MissingPagesAndTheNextBeatResolves) {
    Receiver receiver;
    Daemon daemon(with_heartbeat(), receiver);
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_NE(page->body.find("The backup is not heard of: never heard"), std::string::npos) << page->body;
    EXPECT_EQ(daemon.metric("tocsin_heartbeat_missing{heartbeat=\"backup\"}"), 1.0);
    EXPECT_NE(daemon.get("/api/v1/heartbeats").body.find(R"("name":"backup","title":"The backup","state":"missing")"),
              std::string::npos);
    const auto answer = beat(daemon, "backup");
    EXPECT_EQ(answer.status, 202U) << answer.body;
    EXPECT_EQ(answer["resolved"], "1");
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    EXPECT_NE(daemon.incident(1).body.find("heartbeat_back"), std::string::npos);
    receiver.ignore_the_rest();
}

TEST(Heartbeat, IsBeatenByTheSourceThatProvesItselfAndByAnAlertThatMatches) {
    Daemon daemon(with_heartbeat());
    EXPECT_EQ(daemon.ask({"POST", "/in/splunk/heartbeat/backup", "", {}}).status, 401U);
    EXPECT_EQ(daemon.ask({"POST", "/in/splunk/" + std::string(kSplunkSecret) + "/heartbeat/backup", "", {}}).status, 202U);
    EXPECT_EQ(daemon.ask({"POST", "/in/opsgenie/heartbeat/backup", "", Daemon::proof_of("opsgenie")}).status, 403U);
    const auto unknown = beat(daemon, "bakup");
    EXPECT_EQ(unknown.status, 404U);
    EXPECT_NE(unknown.body.find("did you mean"), std::string::npos) << unknown.body;
    ASSERT_EQ(daemon.post("splunk", splunk_alert("Watchdog")).status, 202U);
    EXPECT_NE(daemon.get("/api/v1/heartbeats").body.find(R"("name":"watchdog","title":"watchdog","state":"beating")"),
              std::string::npos);
}

TEST(Heartbeat, MissingUnderASilenceOfTheRulebookPagesNobody) {
    Receiver receiver;
    auto rulebook = with_heartbeat();
    rulebook.yaml +=
        "silences:\n  - { name: the move, match: { source: tocsin, service: site }, until: 2100-01-01, reason: racks }\n";
    Daemon daemon(rulebook, receiver);
    ASSERT_TRUE(daemon.eventually([&] { return daemon.incident(1).status == 200U; })) << daemon.log();
    EXPECT_EQ(daemon.incident(1)["key"], "heartbeat:backup");
    EXPECT_EQ(daemon.incident(1)["silence"], "the move");
    EXPECT_EQ(beat(daemon, "backup")["resolved"], "1");
}

TEST(Heartbeat, ThatIsMissingIsSilencedAndPagedForByHand) {
    Receiver receiver;
    Daemon daemon(with_heartbeat(), receiver);
    ASSERT_TRUE(receiver.next()) << daemon.log();
    const HttpHeaders token{{"Authorization", std::string("Bearer ") + kApiToken}};
    const auto made = daemon.ask(
        {"POST", "/api/v1/silences",
         R"({"match": {"key": "heartbeat:backup"}, "until": "+1h", "open": true, "reason": "racks", "by": "ana"})", token});
    ASSERT_EQ(made.status, 201U) << made.body;
    EXPECT_NE(made.body.find("hides 1 of 1 open incidents"), std::string::npos) << made.body;
    EXPECT_EQ(daemon.incident(1)["silence"], "silence-1");
    const auto ended = daemon.ask({"DELETE", "/api/v1/silences/1?by=ana", "", token});
    ASSERT_EQ(ended.status, 200U) << ended.body;
    EXPECT_TRUE(receiver.next()) << daemon.log();
    receiver.ignore_the_rest();
}

TEST(OwnHeartbeat, IsSentWhileAllIsWell) {
    Receiver elsewhere;
    Daemon daemon(Rulebook::tiny());
    daemon.stop();
    const auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    daemon.folder().write("tocsin.yaml", settings + "heartbeat: { url: \"" + elsewhere.url("/ping") + "\", every: 1s }\n");
    daemon.start();
    const auto beat = elsewhere.next();
    ASSERT_TRUE(beat) << daemon.log();
    EXPECT_EQ(beat->method, "GET");
    EXPECT_EQ(beat->target, "/ping");
    EXPECT_TRUE(daemon.eventually([&] { return daemon.metric("tocsin_own_heartbeat_sent") == 1.0; }));
    elsewhere.ignore_the_rest();
    daemon.stop();
}

}  // namespace
}  // namespace tocsin::test::heartbeat_test
