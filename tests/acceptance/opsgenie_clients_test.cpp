// Clients that were written for Opsgenie, unchanged: its Node.js SDK, and Alertmanager.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::opsgenie_clients_test {
namespace {

constexpr const char* kAlertmanager = R"(global: {{ resolve_timeout: 1m }}
route: {{ receiver: og, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }}
receivers:
  - name: og
    opsgenie_configs:
      - api_url: http://127.0.0.1:{}/jsm/ops/integration/
        api_key: {}
        update_alerts: true
        message: '{{{{ .CommonAnnotations.summary }}}}'
        priority: P1
        details: {{ cluster: prod }}
)";

TEST(OpsgenieClients, TheNodeSdkWalksAllThatItKnows) {
    const auto installed = run({{source_path("tests/acceptance/clients/install.sh"), built_path("")}});
    ASSERT_EQ(installed.exit.code, 0) << installed.error << installed.out;
    auto rulebook = Rulebook::tiny();
    rulebook.yaml += "heartbeats:\n  backup: { title: Backup, every: 1h, service: site }\n";
    Daemon daemon(rulebook);
    const auto walked =
        run({{"node", source_path("tests/acceptance/clients/opsgenie_walk.js"), built_path("clients/node_modules"),
              fmt::format("http://127.0.0.1:{}/og", daemon.port()), kGenieKey}});
    EXPECT_EQ(walked.exit.code, 0) << walked.error << walked.out;
    EXPECT_EQ(walked.out, "walked\n");
}

/// What a program said that it listens on; nothing until it has.
std::optional<std::uint16_t> listening_port(const std::string& log_path) {
    constexpr std::string_view kSaid = "msg=\"Listening on\" address=127.0.0.1:";
    if (!std::filesystem::exists(log_path)) return {};
    const auto log = read_file(log_path);
    const auto at = log.find(kSaid);
    if (at == std::string::npos || log.find('\n', at) == std::string::npos) return {};
    return static_cast<std::uint16_t>(std::strtoul(log.c_str() + at + kSaid.size(), nullptr, 10));
}

/// Alertmanager's own API: an alert that fires, or is over.
void tell(HttpClient& alertmanager, const std::string& summary, const std::string& ends_at) {
    const auto body = fmt::format(
        R"([{{"labels":{{"alertname":"DiskFull","severity":"critical"}},"annotations":{{"summary":"{}"}},"endsAt":"{}"}}])",
        summary, ends_at);
    const auto told = alertmanager.ask({"POST", "/api/v2/alerts", body, {{"Content-Type", "application/json"}}});
    EXPECT_EQ(told.status, 200U) << told.body;
}

TEST(OpsgenieClients, AlertmanagerFiresChangesAndResolves) {
    if (!has_program("prometheus-alertmanager")) GTEST_SKIP() << "prometheus-alertmanager is not installed";
    Daemon daemon(Rulebook::tiny());
    TempDir folder;
    folder.write("am.yml", fmt::format(kAlertmanager, daemon.port(), kGenieKey));
    Command command{{"prometheus-alertmanager", "--config.file=" + folder.path("am.yml"), "--storage.path=" + folder.path("data"),
                     "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="}};
    command.error_path = folder.path("log");
    Process alertmanager(command);
    ASSERT_TRUE(daemon.eventually([&] { return listening_port(folder.path("log")).has_value(); }))
        << read_file(folder.path("log"));
    HttpClient client(*listening_port(folder.path("log")));
    ASSERT_TRUE(daemon.eventually([&] { return client.ask({.target = "/-/ready"}).status == 200; }))
        << read_file(folder.path("log"));
    tell(client, "disk is full", "2099-01-01T00:00:00Z");
    ASSERT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "triggered"; })) << read_file(folder.path("log"));
    EXPECT_EQ(daemon.incident(1)["summary"], "disk is full");
    EXPECT_EQ(daemon.incident(1)["source"], "og");
    tell(client, "disk is very full", "2099-01-01T00:00:00Z");
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1).body.find("UpdateMessage") != std::string::npos; }));
    tell(client, "disk is very full", "2026-01-01T00:00:00Z");
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "resolved"; })) << read_file(folder.path("log"));
    EXPECT_EQ(read_file(folder.path("log")).find("level=error"), std::string::npos) << read_file(folder.path("log"));
}

}  // namespace
}  // namespace tocsin::test::opsgenie_clients_test
