// The alerts that a daemon has kept are replayed beside it, against a changed rulebook; and what is kept too long goes.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::replay_test {
namespace {

class Replay : public testing::Test {
protected:
    Outcome replay(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {built_path("tocsin"), "replay", "--config", daemon_.folder().path("tocsin.yaml")});
        return run({std::move(arguments)});
    }
    /// A rulebook like the one in force, but for what stands where `severity: high` does.
    std::string changed(const std::string& severity) {
        auto yaml = Rulebook::tiny().yaml;
        const std::string old = "severity: high\n    urgency: page";
        yaml.replace(yaml.find(old), old.size(), severity);
        daemon_.folder().write("changed/rules.yaml", yaml);
        return daemon_.folder().path("changed");
    }
    /// Two alerts of one Splunk search; an Opsgenie alert, acknowledged and closed over there.
    void post_some() {
        for (int n = 0; n < 2; ++n) ASSERT_EQ(daemon_.post("splunk", splunk_alert("disk full")).status, 202U);
        for (const auto* file : {"opsgenie-p1", "opsgenie-p1-ack", "opsgenie-p1-close"}) {
            const auto path = source_path(std::string("rules/examples/learner/samples/") + file + ".json");
            ASSERT_EQ(daemon_.post("opsgenie", read_file(path)).status, 202U);
        }
    }

    Daemon daemon_{Rulebook::tiny()};
};

TEST_F(Replay, SaysWhatAChangedRulebookWouldHaveDoneWhileTheDaemonRuns) {
    post_some();
    const auto outcome = replay({"--rulebook", changed("urgency: record")});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.error;
    EXPECT_NE(outcome.out.find("Replayed 5 alerts (3 firing, 2 follow-ups)"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("rule \"everything\": "), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("ana loses"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("disk full"), std::string::npos) << outcome.out;
    const auto markdown = replay({"--rulebook", changed("urgency: record"), "-o", "markdown"});
    EXPECT_TRUE(markdown.out.starts_with("### Replay: 3 alerts mean something else; incidents: 2 fewer")) << markdown.out;
    const auto json = replay({"--rulebook", changed("urgency: record"), "-o", "json"});
    EXPECT_NE(json.out.find(R"("is_changed":true)"), std::string::npos) << json.out;
}

TEST_F(Replay, ComparesWithWhatIsInForceAndNotWithWhatIsOnDisk) {
    post_some();
    daemon_.write_rulebook("rulse: []\n");
    const auto same = replay({"--rulebook", changed("severity: high\n    urgency: page"), "--fail-on-change"});
    EXPECT_EQ(same.exit.code, 0) << same.out << same.error;
    EXPECT_NE(same.out.find("Nothing changes."), std::string::npos) << same.out;
    EXPECT_EQ(replay({"--rulebook", changed("severity: low"), "--fail-on-change"}).exit.code, 2);
}

TEST_F(Replay, WhatItCannotReadIsCountedAndNamed) {
    post_some();
    auto settings = daemon_.folder().read("tocsin.yaml");
    settings.replace(settings.find("  opsgenie: "), 12, "  moved: ");
    daemon_.folder().write("tocsin.yaml", settings);
    const auto outcome = replay({"--rulebook", daemon_.folder().path("rules")});
    EXPECT_NE(outcome.out.find("left out 3: from \"opsgenie\", which is no source of the settings any more"), std::string::npos)
        << outcome.out;
}

TEST_F(Replay, TakesPayloadsInsteadOfADatabase) {
    const auto samples = source_path("rules/examples/learner/samples/lms-5xx.json");
    const auto outcome = run({{built_path("tocsin"), "replay", "--kind", "splunk", "--base", daemon_.folder().path("rules"),
                               "--rulebook", changed("severity: low"), samples}});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.error;
    EXPECT_NE(outcome.out.find("Replayed 1 alert"), std::string::npos) << outcome.out;
    EXPECT_EQ(run({{built_path("tocsin"), "replay", "--rulebook", changed("severity: low")}}).exit.code, 64);
}

TEST_F(Replay, ARulebookWithMistakesIsNotReplayed) {
    post_some();
    const auto outcome = replay({"--rulebook", changed("severty: high")});
    EXPECT_EQ(outcome.exit.code, 1);
    EXPECT_NE(outcome.error.find("did you mean \"severity\""), std::string::npos) << outcome.error;
}

TEST(Retention, AlertsThatAreKeptTooLongGoAndTheNewestStays) {
    Daemon daemon(Rulebook::tiny());
    for (int n = 0; n < 3; ++n) ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    daemon.stop();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(daemon.folder().path("data/tocsin.db").c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "UPDATE alert SET received_at = 1", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    daemon.start();
    const auto kept = [&] { return daemon.incident(1).json().at("latest_alerts").as_array().size(); };
    EXPECT_TRUE(daemon.eventually([&] { return kept() == 1; })) << daemon.log();
    EXPECT_TRUE(daemon.eventually([&] { return daemon.log().find("event=pruned") != std::string::npos; }));
}

}  // namespace
}  // namespace tocsin::test::replay_test
