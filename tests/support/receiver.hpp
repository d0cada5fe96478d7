// A provider in the test: takes pages over HTTP, remembers them, answers as it is told. A page that no test asked for fails the
// test.
#pragma once

#include <boost/json/value.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "tests/support/socket.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {

struct Received {
    std::string method;
    std::string target;
    HttpHeaders headers;
    std::string body;
    MonotonicPoint at;  ///< When its last byte had come.

    [[nodiscard]] std::string header(std::string_view name) const { return header_of(headers, name); }
    /// The body; null if it is no JSON.
    [[nodiscard]] boost::json::value json() const;
    // Of a page by webhook: who is paged, and under which idempotency key.
    [[nodiscard]] std::string person() const;
    [[nodiscard]] std::string key() const { return header("Idempotency-Key"); }
};

struct Reply {
    unsigned status = 200;
    std::string body = "{}";
    HttpHeaders headers{};
    Duration delay{};
};

class Receiver {
public:
    Receiver();
    /// Fails the test if something was received that nobody took.
    ~Receiver();

    [[nodiscard]] std::string url(std::string_view path = "/page") const;

    /// How every request from now on is answered; by default with 200.
    void answer(std::function<Reply(const Received&)> how);

    /// The oldest request that was not taken yet; waits for it. Nothing after `patience`.
    [[nodiscard]] std::optional<Received> next(Duration patience = kPatience);
    /// Whether nothing comes for so long. What comes stays to be taken.
    [[nodiscard]] bool stays_quiet_for(Duration patience);
    /// Takes all that came, and from now on whatever comes: for tests that are not about pages.
    void ignore_the_rest();
    [[nodiscard]] std::size_t received() const;

private:
    struct Connection {
        Socket socket;
        std::thread thread;
    };
    void accept_all();
    void serve(const Socket& socket);
    Reply take(Received request);
    [[nodiscard]] bool is_stopped_after(Duration delay);

    Socket listener_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::function<Reply(const Received&)> how_;
    std::deque<Received> waiting_;
    std::size_t received_ = 0;
    bool is_ignoring_ = false;
    bool is_stopped_ = false;
    std::list<Connection> connections_;
    std::thread acceptor_;
};

}  // namespace tocsin::test
