// Debian's Alertmanager, Prometheus and amtool, as they are, with tocsin at the other end.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <csignal>
#include <filesystem>

#include "tests/support/daemon.hpp"

namespace tocsin::test::alertmanager_client_test {
namespace {

/// A program of Prometheus' family on a free port of loopback, which it names in its log.
class Companion {
public:
    Companion(std::vector<std::string> argv, const std::string& log) : log_(log) {
        Command command{std::move(argv)};
        command.error_path = log;
        process_ = std::make_unique<Process>(command);
    }
    /// 0 if it does not come up.
    [[nodiscard]] std::uint16_t port() const {
        const auto until = monotonic_now() + kPatience;
        while (process_->is_running() && monotonic_now() < until) {
            if (std::filesystem::exists(log_)) {
                const auto said = read_file(log_);
                const auto line = said.find("Listening on");
                const auto at = line == std::string::npos ? line : said.find("127.0.0.1:", line);
                if (at != std::string::npos && said.find('\n', at) != std::string::npos) {
                    return static_cast<std::uint16_t>(std::strtoul(said.c_str() + at + 10, nullptr, 10));
                }
            }
            wait_a_moment();
        }
        return 0;
    }
    void kill() { process_->signal(SIGKILL); }
    [[nodiscard]] std::string log() const { return read_file(log_); }

private:
    std::string log_;
    std::unique_ptr<Process> process_;
};

constexpr const char* kRoutes = R"(route:
  receiver: all
  group_by: [alertname]
  group_wait: 10ms
  group_interval: 1s
receivers:
  - name: all
    webhook_configs:
      - url: http://127.0.0.1:{0}/in/alertmanager
        http_config: {{ authorization: {{ credentials: {1} }} }}
    pagerduty_configs:
      - {{ routing_key: {2}, url: "http://127.0.0.1:{0}/v2/enqueue" }}
    victorops_configs:
      - {{ api_key: {3}, routing_key: web, api_url: "http://127.0.0.1:{0}/integrations/generic/20131114/alert/" }}
)";

std::string alert(const std::string& instance, const std::string& ends) {
    return fmt::format(R"([{{"labels": {{"alertname": "Disk", "instance": "{}", "severity": "critical"}},
                            "annotations": {{"summary": "disk of {} is full"}}, "endsAt": "{}"}}])",
                       instance, instance, ends);
}

std::size_t open_of(Daemon& daemon, const std::string& source) {
    std::size_t open = 0;
    const auto listed = daemon.get("/api/v1/incidents?state=open").json();
    for (const auto& incident : listed.at("incidents").as_array()) open += member(incident, "source") == source ? 1U : 0U;
    return open;
}

TEST(AlertmanagerClient, WhatItNotifiesByThreeProtocolsFiresChangesAndResolves) {
    if (!has_program("prometheus-alertmanager")) GTEST_SKIP() << "there is no prometheus-alertmanager";
    Daemon daemon(Rulebook::tiny());
    daemon.folder().write("alertmanager.yml", fmt::format(kRoutes, daemon.port(), sender_secret("alertmanager"),
                                                          sender_secret("pagerduty"), sender_secret("victorops")));
    Companion alertmanager(
        {"prometheus-alertmanager", "--config.file=" + daemon.folder().path("alertmanager.yml"),
         "--storage.path=" + daemon.folder().path("am"), "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="},
        daemon.folder().path("am.log"));
    HttpClient client(alertmanager.port());
    const auto post = [&](const std::string& body) {
        return client.ask({"POST", "/api/v2/alerts", body, {{"Content-Type", "application/json"}}}).status;
    };

    ASSERT_EQ(post(alert("a", format_utc(wall_now() + std::chrono::hours{1}))), 200U) << alertmanager.log();
    EXPECT_TRUE(daemon.eventually([&] {
        return open_of(daemon, "alertmanager") == 1 && open_of(daemon, "pagerduty") == 1 && open_of(daemon, "victorops") == 1;
    })) << alertmanager.log();

    // Another alert joins the group: by webhook it is an alert of its own, by the others news about the group.
    ASSERT_EQ(post(alert("b", format_utc(wall_now() + std::chrono::hours{1}))), 200U);
    EXPECT_TRUE(daemon.eventually([&] { return open_of(daemon, "alertmanager") == 2; })) << alertmanager.log();
    EXPECT_EQ(open_of(daemon, "pagerduty"), 1U);
    EXPECT_EQ(open_of(daemon, "victorops"), 1U);

    ASSERT_EQ(post(alert("a", format_utc(wall_now()))), 200U);
    EXPECT_TRUE(daemon.eventually([&] { return open_of(daemon, "alertmanager") == 1; })) << alertmanager.log();
    EXPECT_EQ(open_of(daemon, "pagerduty"), 1U);
    ASSERT_EQ(post(alert("b", format_utc(wall_now()))), 200U);
    EXPECT_TRUE(daemon.eventually([&] {
        return open_of(daemon, "alertmanager") + open_of(daemon, "pagerduty") + open_of(daemon, "victorops") == 0;
    })) << alertmanager.log();
    EXPECT_EQ(alertmanager.log().find("unexpected status"), std::string::npos) << alertmanager.log();
}

/// Prometheus with one alert, which fires as long as `expression` has a value.
Companion prometheus(const Daemon& daemon, const std::string& expression) {
    daemon.folder().write("prometheus.yml", fmt::format(R"(global: {{ evaluation_interval: 1s }}
rule_files: [alerts.yml]
alerting:
  alertmanagers:
    - path_prefix: /in/prometheus
      authorization: {{ credentials: {} }}
      static_configs: [{{ targets: ["127.0.0.1:{}"] }}]
)",
                                                        sender_secret("prometheus"), daemon.port()));
    daemon.folder().write("alerts.yml", fmt::format(R"(groups:
  - name: all
    rules:
      - alert: Disk
        expr: {}
        labels: {{ severity: critical }}
        annotations: {{ summary: the disk is full }}
)",
                                                    expression));
    return Companion({"prometheus", "--config.file=" + daemon.folder().path("prometheus.yml"),
                      "--storage.tsdb.path=" + daemon.folder().path("tsdb"), "--web.listen-address=127.0.0.1:0",
                      "--rules.alert.resend-delay=1s"},
                     daemon.folder().path("prometheus.log"));
}

TEST(PrometheusClient, WhatItSendsItselfFiresAndResolves) {
    if (!has_program("prometheus")) GTEST_SKIP() << "there is no prometheus";
    Daemon daemon(Rulebook::tiny());
    const auto until = to_unix_ms(wall_now() + std::chrono::seconds{8}) / 1000;
    auto sender = prometheus(daemon, fmt::format("vector(time()) < {}", until));
    EXPECT_TRUE(daemon.eventually([&] { return open_of(daemon, "prometheus") == 1; })) << sender.log();
    EXPECT_EQ(daemon.incident(1)["summary"], "the disk is full");
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "resolved"; }, std::chrono::seconds{20}))
        << sender.log();
    EXPECT_EQ(daemon.incident(1)["resolved_by"], "prometheus");
    // An end is said again for a quarter of an hour, and opens nothing.
    EXPECT_EQ(daemon.get("/api/v1/incidents/2").status, 404U);
}

TEST(PrometheusClient, WhatADeadOneSaidIsOverWhenItsTimeIs) {
    if (!has_program("prometheus")) GTEST_SKIP() << "there is no prometheus";
    Daemon daemon(Rulebook::tiny());
    auto sender = prometheus(daemon, "vector(1)");
    EXPECT_TRUE(daemon.eventually([&] { return open_of(daemon, "prometheus") == 1; })) << sender.log();
    sender.kill();
    EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "resolved"; }, std::chrono::seconds{40}));
    EXPECT_EQ(daemon.incident(1)["resolved_by"], "");
}

class Amtool : public testing::Test {
protected:
    void SetUp() override {
        if (!has_program("amtool")) GTEST_SKIP() << "there is no amtool";
        daemon_.folder().write("http.yml", fmt::format("authorization: {{ credentials: {} }}\n", kApiToken));
        (void)daemon_.ask({"POST", "/in/prometheus/api/v2/alerts",
                           R"([{"labels": {"alertname": "Disk", "instance": "a", "severity": "critical"}},
                               {"labels": {"alertname": "Load", "instance": "b", "severity": "warning"}}])",
                           Daemon::proof_of("prometheus")});
    }
    Outcome amtool(std::vector<std::string> arguments) {
        std::vector<std::string> argv{"amtool",
                                      fmt::format("--alertmanager.url=http://127.0.0.1:{}/in/prometheus", daemon_.port()),
                                      "--http.config.file=" + daemon_.folder().path("http.yml")};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return run({argv});
    }
    Daemon daemon_{Rulebook::tiny()};
};

TEST_F(Amtool, ListsAlertsByTheirLabels) {
    const auto all = amtool({"alert", "query", "-o", "simple"});
    EXPECT_NE(all.out.find("Disk"), std::string::npos) << all.out << all.error;
    EXPECT_NE(all.out.find("Load"), std::string::npos) << all.out << all.error;
    const auto some = amtool({"alert", "query", "severity=~crit.*", "-o", "simple"});
    EXPECT_NE(some.out.find("Disk"), std::string::npos) << some.out << some.error;
    EXPECT_EQ(some.out.find("Load"), std::string::npos) << some.out << some.error;
}

TEST_F(Amtool, MakesListsAndExpiresASilence) {
    const auto made =
        amtool({"silence", "add", "alertname=Disk", "instance=~a|b", "--author=ana", "--comment=replacing it", "--duration=2h"});
    EXPECT_EQ(made.exit.code, 0) << made.out << made.error;
    EXPECT_EQ(made.out, "00000000-0000-4000-8000-000000000001\n") << made.error;
    EXPECT_NE(daemon_.incident(1)["silence"], "");
    EXPECT_EQ(daemon_.incident(2)["silence"], "");
    const auto listed = amtool({"silence", "query", "-o", "json"});
    const auto silences = boost::json::parse(listed.out);
    ASSERT_EQ(silences.as_array().size(), 1U) << listed.out;
    EXPECT_EQ(silences.at(0).at("matchers").as_array().size(), 2U) << listed.out;
    EXPECT_EQ(member(silences.at(0).at("matchers").at(0), "value"), "Disk") << listed.out;
    EXPECT_EQ(member(silences.at(0), "comment"), "replacing it");

    const auto expired = amtool({"silence", "expire", "00000000-0000-4000-8000-000000000001"});
    EXPECT_EQ(expired.exit.code, 0) << expired.out << expired.error;
    EXPECT_EQ(daemon_.incident(1)["silence"], "");
}

TEST_F(Amtool, NeedsAToken) {
    daemon_.folder().write("http.yml", fmt::format("authorization: {{ credentials: {} }}\n", sender_secret("prometheus")));
    const auto refused = amtool({"silence", "add", "alertname=Disk", "--comment=c", "--author=a"});
    EXPECT_NE(refused.exit.code, 0);
    EXPECT_EQ(daemon_.get("/api/v1/silences").json().at("silences").as_array().size(), 0U);
}

}  // namespace
}  // namespace tocsin::test::alertmanager_client_test
