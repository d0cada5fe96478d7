// Accepted is durable: kill -9 in the middle of a burst loses nothing that was answered with 2xx, and open timers go on.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdio>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/daemon.hpp"

namespace tocsin::test::crash_test {
namespace {

constexpr int kRounds = 3;
constexpr int kConnections = 8;
constexpr int kPosts = 10'000;
constexpr int kIncidents = 20;

/// Every trace that the store holds.
std::set<std::string> stored_traces(const std::string& path) {
    std::set<std::string> traces;
    sqlite3* database = nullptr;
    EXPECT_EQ(::sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK) << path;
    const auto remember = [](void* into, int, char** columns, char**) {
        static_cast<std::set<std::string>*>(into)->insert(columns[0]);
        return 0;
    };
    EXPECT_EQ(::sqlite3_exec(database, "SELECT trace FROM alert", remember, &traces, nullptr), SQLITE_OK)
        << ::sqlite3_errmsg(database);
    ::sqlite3_close(database);
    return traces;
}

/// Posts until the daemon goes away or all is posted; what was accepted is noted by its trace.
class Burst {
public:
    explicit Burst(std::uint16_t port) {
        for (int i = 0; i < kConnections; ++i)
            threads_.emplace_back([this, port, i] { post(port, traces_[static_cast<std::size_t>(i)]); });
    }
    ~Burst() { join(); }
    void join() {
        for (auto& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }
    [[nodiscard]] int accepted() const { return accepted_; }
    [[nodiscard]] std::vector<std::string> traces() const {
        std::vector<std::string> all;
        for (const auto& one : traces_) all.insert(all.end(), one.begin(), one.end());
        return all;
    }

private:
    void post(std::uint16_t port, std::vector<std::string>& traces) {
        HttpClient client(port);
        for (int number = next_++; number < kPosts; number = next_++) {
            const auto body = splunk_alert("burst " + std::to_string(number % kIncidents));
            const auto answer = client.ask({"POST", "/in/splunk", body, Daemon::proof_of("splunk")});
            if (answer.status == 0) return;
            if (answer.status != 202) continue;
            traces.push_back(answer.header("X-Tocsin-Trace"));
            ++accepted_;
        }
    }

    std::vector<std::vector<std::string>> traces_ = std::vector<std::vector<std::string>>(kConnections);
    std::atomic<int> next_ = 0;
    std::atomic<int> accepted_ = 0;
    std::vector<std::thread> threads_;
};

TEST(Crash, NothingThatWasAcceptedIsLost) {
    Receiver receiver;
    receiver.ignore_the_rest();
    Daemon daemon(Rulebook::tiny(), receiver);
    std::vector<std::string> accepted;
    for (int round = 0; round < kRounds; ++round) {
        Burst burst(daemon.port());
        const auto enough = kPosts / (kRounds + 1) * (round + 1);
        EXPECT_TRUE(daemon.eventually([&] { return burst.accepted() >= enough; }, std::chrono::minutes{1}))
            << burst.accepted() << " were accepted";
        daemon.kill();
        burst.join();
        const auto traces = burst.traces();
        accepted.insert(accepted.end(), traces.begin(), traces.end());
        std::printf("round %d: killed after %zu accepted posts\n", round, traces.size());
        daemon.start();
        const auto stored = stored_traces(daemon.folder().path("data/tocsin.db"));
        std::size_t lost = 0;
        for (const auto& trace : accepted) lost += stored.contains(trace) ? 0U : 1U;
        EXPECT_EQ(lost, 0U) << "of " << accepted.size() << " accepted";
    }
    EXPECT_EQ(daemon.get("/api/v1/incidents?limit=100").json().at("incidents").as_array().size(), std::size_t{kIncidents});
}

TEST(Crash, OpenTimersGoOn) {
    Receiver receiver;
    Daemon daemon(Rulebook::escalating_after("2s"), receiver);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto first = receiver.next();
    ASSERT_TRUE(first);
    daemon.kill();
    daemon.start();
    // Killed before it could note that the page was delivered, it may page once more, under the same key: at least once.
    auto next = receiver.next();
    while (next && next->key() == first->key()) next = receiver.next();
    ASSERT_TRUE(next) << daemon.log();
    EXPECT_EQ(next->person(), "ben");
    receiver.ignore_the_rest();
}

}  // namespace
}  // namespace tocsin::test::crash_test
