// A silence of the rulebook, from outside: what fires under it is kept and told to nobody, and paged for once it is over.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "core/base/time.hpp"
#include "tests/support/daemon.hpp"

namespace tocsin::test::silence_test {
namespace {

/// As Rulebook::tiny() has it, with a silence for everything called "quiet ...".
Rulebook with_silence(const std::string& until) {
    auto rulebook = Rulebook::tiny();
    rulebook.yaml += "silences:\n  - name: the move\n    match: { title: { prefix: quiet } }\n    until: " + until +
                     "\n    reason: the data centre moves\n";
    return rulebook;
}

TEST(Silence, KeepsWhatFiresAndPagesNobody) {
    Receiver receiver;
    Daemon daemon(with_silence("2100-01-01"), receiver);
    const auto answer = daemon.post("splunk", splunk_alert("quiet disk"));
    ASSERT_EQ(answer.status, 202U);
    EXPECT_EQ(answer["silence"], "the move");
    EXPECT_EQ(answer["silenced_until"], "2100-01-01T00:00:00Z");
    ASSERT_EQ(daemon.post("splunk", splunk_alert("loud disk")).status, 202U);
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_EQ(page->body.find("quiet disk"), std::string::npos) << page->body;

    const auto incident = daemon.incident(1);
    EXPECT_EQ(incident["state"], "triggered");
    EXPECT_EQ(incident["silence"], "the move");
    EXPECT_EQ(incident["silenced_until"], "2100-01-01T00:00:00Z");
    EXPECT_EQ(daemon.metric("tocsin_alerts_silenced_total"), 1.0);
    EXPECT_EQ(daemon.metric("tocsin_decisions_total{reason=\"silenced\"}"), 1.0);
}

TEST(Silence, TakenOutOfTheRulebookEndsWithTheNextAlert) {
    Receiver receiver;
    Daemon daemon(with_silence("2100-01-01"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("quiet disk")).status, 202U);
    daemon.write_rulebook(Rulebook::tiny().yaml);
    ASSERT_EQ(daemon.reload().status, 200U);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("quiet disk")).status, 202U);
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_EQ(page->person(), "ana");
    EXPECT_EQ(daemon.incident(1)["silenced_until"], "null");
}

TEST(Silence, SurvivesKillAndPagesWhenItIsOver) {
    Receiver receiver;
    Daemon daemon(with_silence("2100-01-01"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("quiet disk")).status, 202U);
    daemon.kill();
    daemon.start();
    const auto opened = parse_rfc3339(daemon.incident(1)["opened_at"]);
    ASSERT_TRUE(opened);
    EXPECT_EQ(daemon.incident(1)["silence"], "the move");
    // It is made shorter: the next alert brings the new end along.
    daemon.write_rulebook(with_silence(format_utc(*opened + std::chrono::seconds{4})).yaml);
    ASSERT_EQ(daemon.reload().status, 200U);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("quiet disk")).status, 202U);
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_EQ(page->person(), "ana");
}

}  // namespace
}  // namespace tocsin::test::silence_test
