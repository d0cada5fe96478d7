// The real program, in a folder of its own, as a test tells its story with it.
//
//     Receiver receiver;
//     Daemon daemon(Rulebook::tiny(), receiver);
//     const auto answer = daemon.post_sample("splunk", "splunk/rt_syslog_sudo.json");
//     EXPECT_TRUE(daemon.eventually([&] { return daemon.incident(1)["state"] == "triggered"; }));
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/receiver.hpp"
#include "tests/support/rulebooks.hpp"
#include "tests/support/stopwatch.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test {

/// What each knows. All are long enough to be good.
inline constexpr const char* kSplunkSecret = "splunk-secret-0123456789";
inline constexpr const char* kOpsgenieSecret = "opsgenie-secret-0123456789";
/// Of the source `og`, which speaks Opsgenie's API.
inline constexpr const char* kGenieKey = "genie-key-0123456789";
inline constexpr const char* kApiToken = "api-token-0123456789";
/// Good for calendars only.
inline constexpr const char* kCalendarToken = "calendar-token-0123456789";
/// The header by which the source `opsgenie` proves itself; `splunk` does by bearer, path and query.
inline constexpr const char* kSecretHeader = "X-Tocsin-Secret";

/// The secret of a source that is called after its kind: "alertmanager", "prometheus", "pagerduty", ...
[[nodiscard]] std::string sender_secret(const std::string& source);

class Daemon {
public:
    /// Pages go to the log.
    explicit Daemon(const Rulebook& rulebook);
    /// Pages go to the receiver.
    Daemon(const Rulebook& rulebook, const Receiver& receiver);
    /// Stops it, if it runs; the test fails if it does not end well.
    ~Daemon();

    // Life. start() returns when it is ready, and fails the test with its log if it does not become so.
    void start();
    void stop();
    /// kill -9.
    void kill();
    void restart();
    [[nodiscard]] Process& process() { return *process_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] const TempDir& folder() const { return folder_; }
    /// What the last life has logged.
    [[nodiscard]] std::string log() const;
    void write_rulebook(const std::string& yaml) const;
    /// The reload that an SRE asks for: POST /-/reload.
    [[nodiscard]] HttpAnswer reload();

    // Sources. The post carries the source's secret.
    [[nodiscard]] HttpAnswer post(const std::string& source, const std::string& body);
    /// A file of tests/samples.
    [[nodiscard]] HttpAnswer post_sample(const std::string& source, const std::string& file);
    [[nodiscard]] static HttpHeaders proof_of(const std::string& source);

    // People and tools, with the token.
    [[nodiscard]] HttpAnswer get(const std::string& target);
    [[nodiscard]] HttpAnswer incident(std::int64_t id);
    /// "acknowledge", "resolve" or "note", by `by`.
    [[nodiscard]] HttpAnswer act(std::int64_t id, const std::string& what, const std::string& by);
    /// Anything, with the headers given and no others.
    [[nodiscard]] HttpAnswer ask(const HttpRequest& request) { return client_->ask(request); }

    /// The value of a line of /metrics, such as `tocsin_up` or `tocsin_x_total{source="splunk"}`; nothing if there is no such
    /// line.
    [[nodiscard]] std::optional<double> metric(const std::string& line);

    /// Looks again and again whether it has become true.
    template <class Condition>
    [[nodiscard]] bool eventually(Condition condition, Duration patience = kPatience) {
        const auto until = monotonic_now() + patience;
        while (!condition()) {
            if (monotonic_now() > until) return false;
            wait_a_moment();
        }
        return true;
    }

private:
    void write_settings(const std::string& channel) const;
    [[nodiscard]] bool has_learned_port();

    TempDir folder_;
    std::unique_ptr<Process> process_;
    std::unique_ptr<HttpClient> client_;
    std::uint16_t port_ = 0;
    int lives_ = 0;
};

/// A sample of tests/samples, as it is.
[[nodiscard]] std::string sample(const std::string& file);
/// The names of the samples of a folder, such as "splunk": "splunk/can_bus_csv.json", ...
[[nodiscard]] std::vector<std::string> samples(const std::string& folder);
/// A Splunk alert of this name, which is an incident of its own.
[[nodiscard]] std::string splunk_alert(const std::string& search_name);

}  // namespace tocsin::test
