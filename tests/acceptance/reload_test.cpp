// A bad rulebook never takes effect; a good one does without a restart.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test {
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

}  // namespace
}  // namespace tocsin::test
