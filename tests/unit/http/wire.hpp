// Both ends of a socket for tests: a loop in a thread, a peer that writes bytes as told, a listener, a server under test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/http/client.hpp"
#include "daemon/http/loop.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::http {

/// Nothing takes as long, even under a sanitizer on a machine that builds; a test that waits so long has failed.
inline constexpr std::chrono::seconds kPatience{120};

/// The deadline that is `from_now` away.
[[nodiscard]] Deadline deadline_in(Duration from_now);

/// A loop that runs in a thread of its own.
class LoopThread {
public:
    LoopThread();
    ~LoopThread();
    [[nodiscard]] Loop& loop() { return loop_; }
    /// Runs `what` on the loop's thread and waits for it.
    void run(std::function<void()> what);

private:
    Loop loop_;
    std::thread thread_;
};

/// What a peer read: one HTTP answer.
struct Answer {
    unsigned status = 0;
    std::string head;  ///< Status line and header.
    std::string body;
    [[nodiscard]] bool has(std::string_view header_line) const { return head.find(header_line) != std::string::npos; }
};

/// One end of a connection, blocking, with patience.
class Peer {
public:
    explicit Peer(int fd) : fd_(fd) {}
    ~Peer();
    Peer(Peer&& other) noexcept : fd_(std::exchange(other.fd_, -1)), read_(std::move(other.read_)) {}
    Peer& operator=(Peer&&) = delete;
    [[nodiscard]] static Peer unconnected();
    [[nodiscard]] static Peer connect(std::uint16_t port);
    void connect_to(std::uint16_t port);

    [[nodiscard]] int fd() const { return fd_; }
    void send(std::string_view bytes);
    void send_end();
    /// An answer with its body by Content-Length; status 0 if the connection ends first.
    [[nodiscard]] Answer read_answer();
    /// The head of an answer that has no body, though it may say a length.
    [[nodiscard]] Answer read_head();
    /// A request with its body by Content-Length.
    [[nodiscard]] std::string read_request();
    /// True when the other end closes (or resets) and nothing came before.
    [[nodiscard]] bool is_closed();
    /// Whether anything can be read now.
    [[nodiscard]] bool has_input() const;
    void close();
    /// Closes so that the other end sees a reset.
    void reset();

private:
    [[nodiscard]] bool read_more();
    int fd_;
    std::string read_;
};

/// A listening socket on 127.0.0.1, on a free port unless one is named.
class Listener {
public:
    explicit Listener(std::uint16_t port = 0);
    ~Listener();
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] Peer accept();
    void close();

private:
    int fd_;
    std::uint16_t port_ = 0;
};

/// A server under test, on its loop.
class TestServer {
public:
    TestServer(ServerOptions options, Handler handler);
    /// One that echoes "METHOD target body".
    explicit TestServer(ServerOptions options = {});
    ~TestServer();

    [[nodiscard]] Peer connect() const { return Peer::connect(port_); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] LoopThread& thread() { return thread_; }
    [[nodiscard]] Server& server() { return *server_; }
    [[nodiscard]] std::vector<std::string> refused();
    void await_refusals(std::size_t count);
    /// Asks it to stop; ready once it is closed.
    [[nodiscard]] std::future<void> stop();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> refused_;
    LoopThread thread_;
    std::unique_ptr<Server> server_;
    std::uint16_t port_ = 0;
};

/// The answers that a handler has not given yet, to be given by the test.
class HeldAnswers {
public:
    [[nodiscard]] Handler handler();
    /// Waits until `count` requests have come.
    void await(std::size_t count);
    /// To be called on the loop's thread.
    void answer(std::size_t index, std::string body);
    void forget();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Respond> held_;
};

/// A client under test, on its loop.
class TestClient {
public:
    explicit TestClient(ClientOptions options = {});
    ~TestClient();

    [[nodiscard]] std::future<Result<ClientResponse>> send(ClientRequest request, Deadline deadline);
    [[nodiscard]] std::future<Result<ClientResponse>> send(ClientRequest request) {
        return send(std::move(request), deadline_in(kPatience));
    }
    [[nodiscard]] LoopThread& thread() { return thread_; }
    void destroy_client();

private:
    LoopThread thread_;
    std::unique_ptr<Client> client_;
};

/// POST /hook with body "ping" to a port of 127.0.0.1.
[[nodiscard]] ClientRequest post_to(std::uint16_t port);

/// The result, or a failed test.
template <class T>
[[nodiscard]] T await(std::future<T>& future) {
    if (future.wait_for(kPatience) != std::future_status::ready) std::abort();  // A future from a promise cannot be given up.
    return future.get();
}

}  // namespace tocsin::http
