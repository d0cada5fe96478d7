// Listening, accepting, the coarse timer and stopping; what happens on a connection is session.cpp's.
#include "daemon/http/server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <fmt/format.h>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <unordered_map>

#include "daemon/http/loop.hpp"
#include "daemon/http/session.hpp"

namespace tocsin::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

constexpr Duration kSweepMax = std::chrono::seconds{1};
constexpr Duration kSweepMin = std::chrono::milliseconds{5};
constexpr Duration kDrainMax = std::chrono::seconds{2};
constexpr Duration kAcceptPause = std::chrono::milliseconds{100};
/// Connections taken at once, so that a flood of them does not starve those that are there.
constexpr int kAcceptsInARow = 64;

/// Ticks that surely last `duration`: the first may be cut short.
std::uint64_t ticks(Duration duration, Duration sweep) {
    return static_cast<std::uint64_t>((duration + sweep - Duration{1}) / sweep);
}

std::string to_text(const sockaddr_storage& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof(v4));
        (void)inet_ntop(AF_INET, &v4.sin_addr, text, sizeof(text));
    } else if (address.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof(v6));
        (void)inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof(text));
    }
    // A socket for both families shows IPv4 peers so; people write and look for the plain form.
    constexpr std::string_view kMapped = "::ffff:";
    const std::string_view whole = text;
    const bool is_mapped = whole.starts_with(kMapped) && whole.find('.') != std::string_view::npos;
    return std::string{is_mapped ? whole.substr(kMapped.size()) : whole};
}

bool is_of_one_peer(int error) {
    return error == ECONNABORTED || error == EINTR || error == EPROTO || error == EPERM || error == ENETDOWN ||
           error == ENETUNREACH || error == EHOSTUNREACH || error == EHOSTDOWN || error == ENONET || error == EOPNOTSUPP ||
           error == ENOPROTOOPT;
}

}  // namespace

struct Server::Impl final : SessionHost, std::enable_shared_from_this<Server::Impl> {
    explicit Impl(Loop& of)
        : loop(of),
          acceptor(of.context().get_executor()),
          pause(of.context().get_executor()),
          sweeper(of.context().get_executor()) {}

    Loop& loop;
    asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor;
    Timer pause;
    Timer sweeper;
    Duration sweep_every = kSweepMax;
    std::unordered_map<Session*, std::shared_ptr<Session>> sessions;
    std::function<void()> on_closed;
    bool is_v6 = false;
    bool is_awaiting_peers = false;
    bool is_sweeping = false;
    bool has_failed_to_accept = false;

    Result<void> listen();
    void await_peers();
    void accept_peers();
    void accept_failed();
    void await_sweep();
    void sweep();
    void session_closed(Session& session) override;
    void stop(std::function<void()> when_closed);
    void abort();
    [[nodiscard]] std::vector<std::shared_ptr<Session>> all_sessions() const;
};

Result<void> Server::Impl::listen() {
    const auto where = fmt::format("listening on {} port {}", options.address, options.port);
    error_code ec;
    const auto address = asio::ip::make_address(options.address, ec);
    if (ec) return Error{Errc::Invalid, "this is not an IP address; write one such as 127.0.0.1, 0.0.0.0 or ::"}.in(where);
    is_v6 = address.is_v6();
    const tcp::endpoint endpoint{address, options.port};
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(asio::socket_base::reuse_address{true}, ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (!ec) acceptor.non_blocking(true, ec);
    if (ec) {
        error_code ignored;
        acceptor.close(ignored);
        return Error{Errc::Unavailable, ec.message()}.in(where);
    }
    await_peers();
    return {};
}

void Server::Impl::await_peers() {
    if (is_awaiting_peers || !acceptor.is_open() || sessions.size() >= options.connections_max) return;
    is_awaiting_peers = true;
    acceptor.async_wait(tcp::acceptor::wait_read, [self = shared_from_this()](const error_code& ec) {
        self->is_awaiting_peers = false;
        if (!ec && self->acceptor.is_open()) self->accept_peers();
    });
}

void Server::Impl::accept_peers() {
    for (int i = 0; i < kAcceptsInARow && sessions.size() < options.connections_max; ++i) {
        sockaddr_storage address{};
        socklen_t size = sizeof(address);
        const int fd =
            ::accept4(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK) break;
            if (is_of_one_peer(errno)) continue;
            return accept_failed();
        }
        has_failed_to_accept = false;
        const auto session = make_session(loop.context(), *this, {fd, is_v6, to_text(address)});
        sessions.emplace(session.get(), session);
        session->start();
    }
    await_peers();
    await_sweep();
}

/// Out of descriptors or memory: said once, however often it is tried again.
void Server::Impl::accept_failed() {
    if (!std::exchange(has_failed_to_accept, true)) refused("accept_failed");
    await_sweep();
    pause.expires_after(kAcceptPause);
    pause.async_wait([self = shared_from_this()](const error_code& ec) {
        if (!ec) self->await_peers();
    });
}

void Server::Impl::await_sweep() {
    if (is_sweeping || sessions.empty()) return;
    is_sweeping = true;
    sweeper.expires_after(sweep_every);
    sweeper.async_wait([self = shared_from_this()](const error_code& ec) {
        self->is_sweeping = false;
        if (!ec) self->sweep();
    });
}

void Server::Impl::sweep() {
    ++tick;
    for (const auto& session : all_sessions()) session->sweep();
    await_sweep();
}

void Server::Impl::session_closed(Session& session) {
    sessions.erase(&session);
    if (!is_stopping) return await_peers();
    if (sessions.empty() && on_closed) loop.post(std::exchange(on_closed, nullptr));
}

void Server::Impl::stop(std::function<void()> when_closed) {
    is_stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    on_closed = std::move(when_closed);
    for (const auto& session : all_sessions()) session->end();
    if (sessions.empty() && on_closed) loop.post(std::exchange(on_closed, nullptr));
}

void Server::Impl::abort() {
    is_stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    for (const auto& session : all_sessions()) session->close();
    sweeper.cancel();
}

std::vector<std::shared_ptr<Session>> Server::Impl::all_sessions() const {
    std::vector<std::shared_ptr<Session>> all;
    all.reserve(sessions.size());
    for (const auto& [key, session] : sessions) all.push_back(session);
    return all;
}

Server::Server(Loop& loop, ServerOptions options, Handler handler, OnRefused on_refused) : impl_(std::make_shared<Impl>(loop)) {
    const auto shortest = std::min(options.idle_max, options.request_max);
    impl_->sweep_every = std::clamp(shortest / 4, kSweepMin, kSweepMax);
    impl_->idle_ticks_max = ticks(options.idle_max, impl_->sweep_every);
    impl_->request_ticks_max = ticks(options.request_max, impl_->sweep_every);
    impl_->drain_ticks_max = ticks(std::min(kDrainMax, options.request_max), impl_->sweep_every);
    impl_->options = std::move(options);
    impl_->handler = std::move(handler);
    impl_->on_refused = std::move(on_refused);
}

Server::~Server() {
    impl_->on_closed = nullptr;
    impl_->abort();
}

Result<void> Server::listen() { return impl_->listen(); }

std::uint16_t Server::port() const {
    error_code ec;
    const auto endpoint = impl_->acceptor.local_endpoint(ec);
    return ec ? std::uint16_t{0} : endpoint.port();
}

void Server::stop(std::function<void()> on_closed) { impl_->stop(std::move(on_closed)); }

void Server::abort() { impl_->abort(); }

}  // namespace tocsin::http
