#include "tests/support/daemon.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>

#include "core/base/text.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test {
namespace {

constexpr Duration kStartMax = kPatience;
constexpr Duration kStopMax = kPatience;

constexpr const char* kSettings = R"(listen: 127.0.0.1:0
data: data
rulebook: rules
node: test
public_url: https://tocsin.example.org
sources:
  splunk:   {{ kind: splunk, secret_file: secrets/splunk, secret_in: [bearer, path, query] }}
  opsgenie: {{ kind: opsgenie, secret_file: secrets/opsgenie, header: {0} }}
  og:       {{ kind: opsgenie_api, secret_file: secrets/genie }}
{2}channels:
  hook: {1}
api:
  tokens: {{ ops: {{ secret_file: secrets/api }}, calendars: {{ secret_file: secrets/calendars, only: calendars }} }}
limits: {{ drain: 5s }}
)";

/// A source of each kind that has no settings of its own above, called after its kind.
constexpr std::array kSenderKinds{"alertmanager", "prometheus", "pagerduty",   "victorops", "grafana",
                                  "splunk_o11y",  "generic",    "cloudevents", "mail"};

std::string sender_sources() {
    std::string sources;
    for (const std::string kind : kSenderKinds) {
        const bool can_sign = kind == "grafana" || kind == "splunk_o11y";
        sources += fmt::format("  {0}: {{ kind: {0}, secret_file: secrets/{0}, secret_in: [bearer, path{1}] }}\n", kind,
                               can_sign ? ", signature" : "");
    }
    return sources;
}

std::string samples_folder() { return source_path("tests/samples/"); }

}  // namespace

std::string sender_secret(const std::string& source) {
    // The samples' own routing key.
    return source == "pagerduty" ? "0123456789abcdef0123456789abcdef" : source + "-secret-0123456789";
}

Daemon::Daemon(const Rulebook& rulebook) {
    write_settings("{ kind: log }");
    write_rulebook(rulebook.yaml);
    start();
}

Daemon::Daemon(const Rulebook& rulebook, const Receiver& receiver) {
    write_settings("{ kind: webhook, url: \"" + receiver.url() + "\" }");
    write_rulebook(rulebook.yaml);
    start();
}

Daemon::~Daemon() {
    if (process_ && process_->is_running()) stop();
}

void Daemon::write_settings(const std::string& channel) const {
    folder_.write("tocsin.yaml", fmt::format(kSettings, kSecretHeader, channel, sender_sources()));
    for (const auto* kind : kSenderKinds) folder_.write(fmt::format("secrets/{}", kind), sender_secret(kind) + "\n");
    folder_.write("secrets/splunk", std::string(kSplunkSecret) + "\n");
    folder_.write("secrets/opsgenie", std::string(kOpsgenieSecret) + "\n");
    folder_.write("secrets/genie", std::string(kGenieKey) + "\n");
    folder_.write("secrets/api", std::string(kApiToken) + "\n");
    folder_.write("secrets/calendars", std::string(kCalendarToken) + "\n");
    std::filesystem::create_directories(folder_.path("data"));
}

void Daemon::write_rulebook(const std::string& yaml) const { folder_.write("rules/rules.yaml", yaml); }

void Daemon::start() {
    ++lives_;
    client_ = std::make_unique<HttpClient>(std::uint16_t{0});  // Until the port is known; one that never starts answers nothing.
    Command command{{built_path("tocsin"), "serve", "--config", folder_.path("tocsin.yaml")}};
    command.error_path = folder_.path(fmt::format("log.{}", lives_));
    command.out_path = folder_.path("out");
    process_ = std::make_unique<Process>(command);
    const auto until = monotonic_now() + kStartMax;
    while (process_->is_running() && monotonic_now() < until) {
        if (has_learned_port() && client_->ask({.target = "/-/ready"}).status == 200) return;
        wait_a_moment();
    }
    ADD_FAILURE() << "tocsin did not become ready; it said:\n" << log();
}

bool Daemon::has_learned_port() {
    const auto said = log();
    const auto line = said.find("event=listening");
    const auto at = line == std::string::npos ? line : said.find("port=", line);
    if (at == std::string::npos || said.find('\n', at) == std::string::npos) return false;
    port_ = static_cast<std::uint16_t>(std::strtoul(said.c_str() + at + 5, nullptr, 10));
    client_ = std::make_unique<HttpClient>(port_);
    return true;
}

void Daemon::stop() {
    process_->signal(SIGTERM);
    const auto exit = process_->wait(kStopMax);
    if (!exit) {
        ADD_FAILURE() << "tocsin did not stop within " << kStopMax.count() << " ms; it said:\n" << log();
    } else if (exit->code != 0) {
        ADD_FAILURE() << "tocsin ended with code " << exit->code << ", signal " << exit->signal << "; it said:\n" << log();
    }
    EXPECT_EQ(log().find("event=bug"), std::string::npos) << log();
}

void Daemon::kill() {
    process_->signal(SIGKILL);
    EXPECT_TRUE(process_->wait(kStopMax).has_value());
}

void Daemon::restart() {
    stop();
    start();
}

std::string Daemon::log() const {
    const auto path = folder_.path(fmt::format("log.{}", lives_));
    return std::filesystem::exists(path) ? read_file(path) : std::string();
}

HttpAnswer Daemon::reload() { return ask({"POST", "/-/reload", "", {{"Authorization", fmt::format("Bearer {}", kApiToken)}}}); }

HttpHeaders Daemon::proof_of(const std::string& source) {
    if (source == "og") return {{"Authorization", fmt::format("GenieKey {}", kGenieKey)}, {"Content-Type", "application/json"}};
    if (source == "opsgenie") return {{kSecretHeader, kOpsgenieSecret}};
    const bool is_splunk = source == "splunk";
    return {{"Authorization", fmt::format("Bearer {}", is_splunk ? std::string(kSplunkSecret) : sender_secret(source))}};
}

HttpAnswer Daemon::post(const std::string& source, const std::string& body) {
    return ask({"POST", "/in/" + source, body, proof_of(source)});
}

HttpAnswer Daemon::post_sample(const std::string& source, const std::string& file) { return post(source, sample(file)); }

HttpAnswer Daemon::get(const std::string& target) {
    return ask({"GET", target, "", {{"Authorization", fmt::format("Bearer {}", kApiToken)}}});
}

HttpAnswer Daemon::incident(std::int64_t id) { return get(fmt::format("/api/v1/incidents/{}", id)); }

HttpAnswer Daemon::act(std::int64_t id, const std::string& what, const std::string& by) {
    return ask({"POST",
                fmt::format("/api/v1/incidents/{}/{}", id, what),
                fmt::format(R"({{"by":"{}","text":"by a test"}})", by),
                {{"Authorization", fmt::format("Bearer {}", kApiToken)}, {"Content-Type", "application/json"}}});
}

std::optional<double> Daemon::metric(const std::string& line) {
    const auto answer = ask({.target = "/metrics"});
    for (const auto shown : split(answer.body, '\n')) {
        if (shown.size() > line.size() && shown.starts_with(line) && shown[line.size()] == ' ') {
            return std::strtod(std::string(shown.substr(line.size() + 1)).c_str(), nullptr);
        }
    }
    return {};
}

std::string sample(const std::string& file) { return read_file(samples_folder() + file); }

std::vector<std::string> samples(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(samples_folder() + folder)) {
        if (entry.path().extension() == ".json") files.push_back(folder + "/" + entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) ADD_FAILURE() << "there are no samples in " << folder;
    return files;
}

std::string splunk_alert(const std::string& search_name) {
    return fmt::format(
        R"({{"sid": "scheduler__admin__search__RMD5_at_1_1", "search_name": "{}", "app": "search", "owner": "admin", )"
        R"("results_link": "http://splunk.example.org:8000/app/search/@go?sid=1", "result": {{"host": "web1", "count": "8"}}}})",
        search_name);
}

}  // namespace tocsin::test
