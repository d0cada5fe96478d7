// A connection over Asio's sockets and OpenSSL.
#include "daemon/http/connection.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <utility>
#include <vector>

#include "daemon/http/loop.hpp"

namespace tocsin::http {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

struct TlsContext::Impl {
    ssl::context context{ssl::context::tls_client};
};

namespace {

/// One address that does not answer must not use up the deadline while another would.
constexpr Duration kAttemptMax = std::chrono::seconds{3};
constexpr std::size_t kReadBytes = std::size_t{8} << 10U;

bool is_address(const std::string& host) {
    error_code ec;
    (void)asio::ip::make_address(host, ec);
    return !ec;
}

/// A peer that ends TLS without saying so; most do. Whether the answer was whole is for HTTP to say.
bool is_end(const error_code& ec) { return ec == asio::error::eof || ec == ssl::error::stream_truncated; }

class SocketConnection final : public Connection, public std::enable_shared_from_this<SocketConnection> {
public:
    SocketConnection(Loop& loop, std::shared_ptr<TlsContext> tls, Url url)
        : url_(std::move(url)),
          tls_context_(std::move(tls)),
          resolver_(loop.context()),
          timer_(loop.context()),
          socket_(loop.context()) {}

    void open(OnDone on_done) override;
    void write(std::shared_ptr<const std::string> bytes, OnDone on_done) override;
    void read(OnRead on_read) override;
    void rest(Duration at_most, std::function<void()> on_dropped) override;
    void wake() override;
    void close() override;
    [[nodiscard]] std::string doing() const override { return fmt::format("{} {}", doing_, peer_name(url_)); }

private:
    void resolve(OnDone on_done);
    void connect_next(OnDone on_done);
    void limit_attempt();
    void connected(const error_code& ec, OnDone on_done);
    void shake_hands(OnDone on_done);
    [[nodiscard]] bool expect_host();
    [[nodiscard]] Error unavailable(const error_code& ec) const {
        return Error{Errc::Unavailable, ec.message(), Retry::now()}.in(doing());
    }
    [[nodiscard]] Error handshake_error(const error_code& ec);

    Url url_;
    std::shared_ptr<TlsContext> tls_context_;
    tcp::resolver resolver_;
    asio::steady_timer timer_;  ///< Of the attempt to connect, then of the rest.
    tcp::socket socket_;
    std::optional<ssl::stream<tcp::socket&>> tls_;
    std::vector<tcp::endpoint> endpoints_;
    std::size_t next_endpoint_ = 0;
    std::uint64_t wait_ = 0;  ///< Counts the timer's waits, so that the end of an old one is not taken for that of the new.
    std::array<char, kReadBytes> in_{};
    const char* doing_ = "looking up";
    bool is_closed_ = false;
};

void SocketConnection::open(OnDone on_done) {
    error_code ec;
    const auto address = asio::ip::make_address(url_.host, ec);
    if (ec) return resolve(std::move(on_done));
    endpoints_.emplace_back(address, url_.port);
    connect_next(std::move(on_done));
}

void SocketConnection::resolve(OnDone on_done) {
    doing_ = "looking up";
    resolver_.async_resolve(url_.host, std::to_string(url_.port), tcp::resolver::numeric_service,
                            [self = shared_from_this(), on_done = std::move(on_done)](
                                const error_code& ec, const tcp::resolver::results_type& results) mutable {
                                if (self->is_closed_) return;
                                if (ec) return on_done(self->unavailable(ec));
                                for (const auto& entry : results) self->endpoints_.push_back(entry.endpoint());
                                self->connect_next(std::move(on_done));
                            });
}

void SocketConnection::connect_next(OnDone on_done) {
    doing_ = "connecting to";
    error_code ignored;
    socket_.close(ignored);
    const auto endpoint = endpoints_[next_endpoint_++];
    if (next_endpoint_ < endpoints_.size()) limit_attempt();
    socket_.async_connect(endpoint, [self = shared_from_this(), on_done = std::move(on_done)](const error_code& ec) mutable {
        if (!self->is_closed_) self->connected(ec, std::move(on_done));
    });
}

void SocketConnection::limit_attempt() {
    timer_.expires_after(kAttemptMax);
    timer_.async_wait([self = shared_from_this(), wait = ++wait_](const error_code& ec) {
        if (ec || wait != self->wait_) return;
        error_code ignored;
        self->socket_.close(ignored);
    });
}

void SocketConnection::connected(const error_code& ec, OnDone on_done) {
    ++wait_;
    timer_.cancel();
    if (ec && next_endpoint_ < endpoints_.size()) return connect_next(std::move(on_done));
    if (ec) return on_done(unavailable(ec));
    error_code ignored;
    socket_.set_option(tcp::no_delay{true}, ignored);
    if (!tls_context_) return on_done({});
    shake_hands(std::move(on_done));
}

/// Has OpenSSL check the name itself, so that its verdict says what is wrong.
bool SocketConnection::expect_host() {
    auto* const handle = tls_->native_handle();
    if (is_address(url_.host)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), url_.host.c_str()) == 1;
    return SSL_set_tlsext_host_name(handle, url_.host.c_str()) == 1 && SSL_set1_host(handle, url_.host.c_str()) == 1;
}

void SocketConnection::shake_hands(OnDone on_done) {
    doing_ = "agreeing on TLS with";
    tls_.emplace(socket_, tls_context_->impl().context);
    if (!expect_host()) return on_done(Error{Errc::Internal, "OpenSSL does not take the host name"}.in(doing()));
    tls_->async_handshake(ssl::stream_base::client,
                          [self = shared_from_this(), on_done = std::move(on_done)](const error_code& ec) {
                              if (self->is_closed_) return;
                              if (ec) return on_done(self->handshake_error(ec));
                              on_done({});
                          });
}

Error SocketConnection::handshake_error(const error_code& ec) {
    const auto verdict = SSL_get_verify_result(tls_->native_handle());
    if (verdict == X509_V_OK) return unavailable(ec);
    const auto why = fmt::format("its certificate is not accepted: {}", X509_verify_cert_error_string(verdict));
    return Error{Errc::Rejected, why}.in(doing());
}

void SocketConnection::write(std::shared_ptr<const std::string> bytes, OnDone on_done) {
    doing_ = "sending to";
    const auto buffer = asio::buffer(*bytes);
    auto done = [self = shared_from_this(), bytes = std::move(bytes), on_done = std::move(on_done)](const error_code& ec,
                                                                                                    std::size_t) {
        if (self->is_closed_) return;
        if (ec) return on_done(self->unavailable(ec));
        on_done({});
    };
    if (tls_) return asio::async_write(*tls_, buffer, std::move(done));
    asio::async_write(socket_, buffer, std::move(done));
}

void SocketConnection::read(OnRead on_read) {
    doing_ = "waiting for the answer of";
    auto done = [self = shared_from_this(), on_read = std::move(on_read)](const error_code& ec, std::size_t bytes) {
        if (self->is_closed_) return;
        if (ec && !is_end(ec)) return on_read(self->unavailable(ec));
        on_read(std::string_view{self->in_.data(), ec ? 0 : bytes});
    };
    if (tls_) return tls_->async_read_some(asio::buffer(in_), std::move(done));
    socket_.async_read_some(asio::buffer(in_), std::move(done));
}

void SocketConnection::rest(Duration at_most, std::function<void()> on_dropped) {
    const auto wait = ++wait_;
    auto dropped = [self = shared_from_this(), wait, on_dropped = std::move(on_dropped)](const error_code& ec) {
        if (ec || self->is_closed_ || wait != self->wait_) return;
        ++self->wait_;
        on_dropped();
    };
    timer_.expires_after(at_most);
    timer_.async_wait(dropped);
    // Bytes that nobody asked for are as good as an end.
    socket_.async_wait(tcp::socket::wait_read, std::move(dropped));
}

void SocketConnection::wake() {
    ++wait_;
    timer_.cancel();
    error_code ignored;
    socket_.cancel(ignored);
}

void SocketConnection::close() {
    if (std::exchange(is_closed_, true)) return;
    resolver_.cancel();
    timer_.cancel();
    error_code ignored;
    socket_.close(ignored);
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::create(const std::string& ca_file) {
    try {
        auto impl = std::make_unique<Impl>();
        SSL_CTX_set_min_proto_version(impl->context.native_handle(), TLS1_2_VERSION);
        impl->context.set_verify_mode(ssl::verify_peer);
        impl->context.set_default_verify_paths();
        if (!ca_file.empty()) impl->context.load_verify_file(ca_file);
        return std::make_shared<TlsContext>(std::move(impl));
    } catch (const boost::system::system_error& e) {
        const auto what = ca_file.empty() ? "setting up TLS" : fmt::format("setting up TLS with the authorities in {}", ca_file);
        return Error{Errc::Invalid, e.code().message()}.in(what);
    }
}

std::string peer_name(const Url& url) {
    return url.host.find(':') == std::string::npos ? fmt::format("{}:{}", url.host, url.port)
                                                   : fmt::format("[{}]:{}", url.host, url.port);
}

std::shared_ptr<Connection> make_connection(Loop& loop, std::shared_ptr<TlsContext> tls, Url url) {
    return std::make_shared<SocketConnection>(loop, std::move(tls), std::move(url));
}

}  // namespace tocsin::http
