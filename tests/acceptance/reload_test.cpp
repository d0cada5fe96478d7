// A bad rulebook never takes effect; a good one does without a restart.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::reload_test {
namespace {

std::string with(std::string yaml, const std::string& old, const std::string& now) {
    const auto at = yaml.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return yaml.replace(at, old.size(), now);
}

TEST(Reload, ABadRulebookIsRefusedAndTheOldOneStays) {
    Daemon daemon(Rulebook::tiny());
    daemon.write_rulebook(with(Rulebook::tiny().yaml, "escalation: site", "escalation: sit"));
    const auto answer = daemon.reload();
    EXPECT_EQ(answer.status, 422U) << answer.body;
    EXPECT_NE(answer.body.find("did you mean"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("rules.yaml:"), std::string::npos) << answer.body;
    EXPECT_EQ(daemon.post("splunk", splunk_alert("disk full"))["rule"], "everything");
}

TEST(Reload, AGoodRulebookTakesEffect) {
    Daemon daemon(Rulebook::tiny());
    daemon.write_rulebook(with(Rulebook::tiny().yaml, "severity: high", "severity: critical"));
    EXPECT_EQ(daemon.reload().status, 200U);
    EXPECT_EQ(daemon.post("splunk", splunk_alert("disk full"))["severity"], "critical");
}

std::string calendar_of(const std::string& who) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\n"
           "RRULE:FREQ=DAILY\r\nDTEND:20260102T000000Z\r\nSUMMARY:" +
           who + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

TEST(Reload, AChangedCalendarAloneIsAnotherRulebook) {
    Daemon daemon(Rulebook::tiny());
    daemon.folder().write("rules/site.ics", calendar_of("ana"));
    daemon.folder().write("rules/z.yaml", "schedules: { site-rota: { time_zone: UTC, ical: site.ics } }\n");
    const auto before = daemon.reload();
    EXPECT_EQ(before.status, 200U) << before.body;
    daemon.folder().write("rules/site.ics", calendar_of("nobody"));
    const auto after = daemon.reload();
    EXPECT_EQ(after.status, 200U) << after.body;
    EXPECT_EQ(after["rulebook"].size(), 16U);
    EXPECT_NE(after["rulebook"], before["rulebook"]);
}

TEST(Reload, TheSignalHupReloadsToo) {
    Daemon daemon(Rulebook::tiny());
    daemon.write_rulebook(with(Rulebook::tiny().yaml, "severity: high", "severity: low"));
    daemon.process().signal(SIGHUP);
    EXPECT_TRUE(daemon.eventually([&] { return daemon.post("splunk", splunk_alert("disk full"))["severity"] == "low"; }));
}

TEST(Reload, ADaemonDoesNotStartWithABadRulebook) {
    TempDir folder;
    folder.write("tocsin.yaml", "data: data\nrulebook: rules\n");
    folder.write("rules/rules.yaml", "rules: [ { name: x, severty: high } ]\n");
    const auto outcome = run({{built_path("tocsin"), "serve", "--config", folder.path("tocsin.yaml")}});
    EXPECT_EQ(outcome.exit.code, 78) << outcome.error;
    EXPECT_NE(outcome.error.find("severty"), std::string::npos) << outcome.error;
}

/// A rule that comes before that of Rulebook::tiny(), by the order of the files' names.
std::string team_rule(const std::string& severity) {
    return "rules: [ { name: team a, match: { title: team a }, service: site, severity: " + severity + " } ]\n";
}
constexpr const char* kBrokenFile = "rules: [ { name: team a, severty: high } ]\n";

/// Adds a.yaml, and loads it.
void add_team_a(Daemon& daemon) {
    daemon.folder().write("rules/a.yaml", team_rule("low"));
    ASSERT_EQ(daemon.reload().status, 200U);
}

boost::json::value rulebook_of(Daemon& daemon) { return daemon.get("/api/v1/rulebook").json(); }

TEST(Reload, ABrokenFileKeepsItsLastGoodVersionWhileTheOthersLoad) {
    Daemon daemon(Rulebook::tiny());
    add_team_a(daemon);
    daemon.folder().write("rules/a.yaml", kBrokenFile);
    daemon.write_rulebook(with(Rulebook::tiny().yaml, "severity: high", "severity: critical"));
    const auto answer = daemon.reload();
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer["result"], "partial");
    EXPECT_NE(answer.body.find("severty"), std::string::npos) << answer.body;
    EXPECT_EQ(daemon.post("splunk", splunk_alert("team a"))["severity"], "low");
    EXPECT_EQ(daemon.post("splunk", splunk_alert("disk full"))["severity"], "critical");

    const auto file = daemon.folder().path("rules/a.yaml");
    EXPECT_EQ(daemon.metric("tocsin_rulebook_file_stale{file=\"" + file + "\"}"), 1.0);
    EXPECT_EQ(daemon.metric("tocsin_rulebook_reload_success"), 0.0);
    EXPECT_NE(daemon.log().find("event=rulebook_partial"), std::string::npos) << daemon.log();
    const auto shown = rulebook_of(daemon);
    EXPECT_EQ(shown.at("state").as_string(), "stale");
    EXPECT_EQ(shown.at("files").at(0).at("state").as_string(), "stale");
    EXPECT_EQ(shown.at("files").at(1).at("state").as_string(), "current");

    daemon.folder().write("rules/a.yaml", team_rule("high"));
    EXPECT_EQ(daemon.reload()["result"], "loaded");
    EXPECT_EQ(daemon.metric("tocsin_rulebook_file_stale{file=\"" + file + "\"}"), 0.0);
    EXPECT_EQ(rulebook_of(daemon).at("state").as_string(), "current");
}

TEST(Reload, ABrokenFileIsAnAlertThatItsOwnRulesSendToItsOwner) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    daemon.folder().write("rules/a.yaml",
                          "rules: [ { name: our file, match: { source: tocsin, labels.what: { suffix: a.yaml } }, "
                          "service: site, severity: high, summary: \"${title}\" } ]\n");
    ASSERT_EQ(daemon.reload().status, 200U);
    daemon.folder().write("rules/a.yaml", kBrokenFile);
    EXPECT_EQ(daemon.reload().status, 422U) << "nothing else has changed";
    const auto page = receiver.next();
    ASSERT_TRUE(page) << daemon.log();
    EXPECT_NE(page->body.find("a.yaml has mistakes"), std::string::npos) << page->body;
    EXPECT_EQ(daemon.incident(1)["rule"], "our file");
    EXPECT_EQ(daemon.reload().status, 422U);
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::milliseconds{200})) << "it was said already";

    daemon.folder().write("rules/a.yaml", "rules: []\n");
    ASSERT_EQ(daemon.reload().status, 200U);
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "resolved"; })) << daemon.incident(1).body;
}

TEST(Reload, ADaemonThatRestartsWithABadRulebookStartsWithTheLastGoodOne) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    const auto hash = rulebook_of(daemon).at("rulebook").as_string();
    daemon.write_rulebook(kBrokenFile);
    daemon.restart();
    EXPECT_NE(daemon.log().find("event=rulebook_restored"), std::string::npos) << daemon.log();
    EXPECT_NE(daemon.log().find("severty"), std::string::npos) << daemon.log();
    const auto shown = rulebook_of(daemon);
    EXPECT_EQ(shown.at("rulebook").as_string(), hash);
    EXPECT_EQ(shown.at("last_reload").at("result").as_string(), "refused");
    ASSERT_TRUE(receiver.next()) << "the catch-all rule pages for what tocsin says of itself too";
    EXPECT_EQ(daemon.incident(1)["source"], "tocsin");

    daemon.stop();
    daemon.write_rulebook(Rulebook::tiny().yaml);
    daemon.start();
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "resolved"; })) << daemon.incident(1).body;
}

TEST(Reload, AWatchedRulebookReloadsByItself) {
    Daemon daemon(Rulebook::tiny());
    auto settings = daemon.folder().read("tocsin.yaml");
    daemon.folder().write("tocsin.yaml", with(settings, "rulebook: rules", "rulebook: { path: rules, watch: true }"));
    daemon.restart();
    daemon.folder().write("rules/a-team/a.yaml", team_rule("low"));  // In a folder that was not there before.
    EXPECT_TRUE(daemon.eventually([&] { return daemon.post("splunk", splunk_alert("team a"))["severity"] == "low"; }));
    daemon.write_rulebook(with(Rulebook::tiny().yaml, "name: everything", "name: everything else"));
    EXPECT_TRUE(daemon.eventually([&] { return daemon.post("splunk", splunk_alert("x"))["rule"] == "everything else"; }));
    daemon.folder().write("rules/a-team/a.yaml", kBrokenFile);
    EXPECT_TRUE(daemon.eventually([&] { return rulebook_of(daemon).at("state").as_string() == "stale"; }));
}

/// The bound is generous, as the machine may be busy; tests/bench/reload/run.sh measures.
TEST(Reload, AlertsDoNotWaitForReloads) {
    Daemon daemon(Rulebook::tiny());
    std::string many = "rules:\n";
    for (int i = 0; i < 5'000; ++i) {
        many += "  - { name: r" + std::to_string(i) + ", match: { title: t" + std::to_string(i) +
                " }, service: site, urgency: record }\n";
    }
    daemon.folder().write("rules/many.yaml", many);
    ASSERT_EQ(daemon.reload().status, 200U);
    Duration worst{0};
    for (int round = 0; round < 3; ++round) {
        const auto before = rulebook_of(daemon).at("rulebook").as_string();
        daemon.folder().write("rules/many.yaml", many + "# " + std::to_string(round) + "\n");
        daemon.process().signal(SIGHUP);
        const auto until = monotonic_now() + kSlowness * kPatience;
        while (rulebook_of(daemon).at("rulebook").as_string() == before) {
            ASSERT_LT(monotonic_now(), until) << daemon.log();
            const auto began = monotonic_now();
            ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
            worst = std::max(worst, std::chrono::duration_cast<Duration>(monotonic_now() - began));
        }
    }
    EXPECT_LT(worst, kSlowness * std::chrono::milliseconds{500});
}

}  // namespace
}  // namespace tocsin::test::reload_test
