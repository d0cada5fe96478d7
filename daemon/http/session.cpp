// A connection as a state machine of plain callbacks; the quick path is one recv and one send a request.
//
//   Reading --request whole--> Waiting --answer--> Writing --> Reading ...       (Writing is passed in no time if the socket
//   takes all)
//      |  \--"Expect: 100-continue"--> Writing --> Reading       |
//      \--refused-------------------------------> Writing --> Draining --> Closed
#include "daemon/http/session.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "core/base/assert.hpp"
#include "core/base/time.hpp"
#include "daemon/http/request_reader.hpp"
#include "daemon/http/response_text.hpp"

namespace tocsin::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;

/// Room for most requests; a connection that needs more gets more, and gives it back above kRoomKept.
constexpr std::size_t kRoomFirst = std::size_t{2} << 10U;
constexpr std::size_t kRoomKept = std::size_t{8} << 10U;
constexpr std::size_t kRoomMax = std::size_t{64} << 10U;
constexpr std::size_t kRoomLow = 1024;
constexpr std::size_t kAnswerKept = std::size_t{16} << 10U;
/// What is read and thrown away after a refusal so that the peer gets to read it, rather than a reset.
constexpr std::size_t kDrainBytesMax = std::size_t{16} << 20U;

class SocketSession final : public Session, public std::enable_shared_from_this<SocketSession> {
public:
    SocketSession(asio::io_context& context, SessionHost& host, AcceptedSocket socket);

    void start() override;
    void sweep() override;
    void end() override;
    void close() override;

private:
    enum class Phase : std::uint8_t { Reading, Waiting, Writing, Draining, Closed };
    enum class Then : std::uint8_t { ReadOn, NextRequest, Close, Drain };

    void receive();
    void received(const error_code& ec, std::size_t bytes);
    void advance();
    [[nodiscard]] bool read_one();
    void hand_over();
    void answer(std::uint64_t serial, const Response& response);
    void refuse(const Refusal& refusal);
    void write(Then then);
    void write_rest(std::size_t sent);
    void written();
    void begin_drain();
    void make_room();
    [[nodiscard]] bool is_idle() const { return phase_ == Phase::Reading && buffer_.size() == 0 && !reader_.has_begun(); }
    [[nodiscard]] std::uint64_t waited() const { return host_->tick - since_; }

    SessionHost* host_;
    std::optional<Socket> socket_;  ///< None once closed, so that a late answer may be destroyed after the loop.
    std::string remote_;
    RequestReader reader_;
    boost::beast::flat_buffer buffer_;
    std::string out_;
    std::uint64_t serial_ = 0;  ///< Of the request that the handler has.
    std::uint64_t since_ = 0;   ///< The tick from which the current wait is measured.
    std::size_t drained_ = 0;
    Phase phase_ = Phase::Reading;
    Then then_ = Then::NextRequest;
    bool is_advancing_ = false;
    bool is_receiving_ = false;
    bool was_filled_ = false;  ///< The last receive found more than there was room for: the next gets more room.
};

SocketSession::SocketSession(asio::io_context& context, SessionHost& host, AcceptedSocket socket)
    : host_(&host),
      socket_(context.get_executor()),
      remote_(std::move(socket.remote)),
      reader_({host.options.body_bytes_max, host.options.header_bytes_max}),
      since_(host.tick) {
    error_code ec;
    socket_->assign(socket.is_v6 ? tcp::v6() : tcp::v4(), socket.fd, ec);
    if (ec) {
        (void)::close(socket.fd);  // start() finds it closed.
        return;
    }
    socket_->non_blocking(true, ec);
    socket_->set_option(tcp::no_delay{true}, ec);
}

void SocketSession::start() {
    if (!socket_->is_open()) return close();
    receive();
}

void SocketSession::close() {
    if (phase_ == Phase::Closed) return;
    phase_ = Phase::Closed;
    error_code ignored;
    socket_->close(ignored);
    socket_.reset();
    std::exchange(host_, nullptr)->session_closed(*this);
}

void SocketSession::end() {
    if (is_idle() || phase_ == Phase::Draining) close();
}

void SocketSession::sweep() {
    switch (phase_) {
        case Phase::Reading:
            if (is_idle()) {
                if (waited() > host_->idle_ticks_max) close();
            } else if (waited() > host_->request_ticks_max) {
                const auto max = format_duration(host_->options.request_max);
                refuse({408, "timeout", "the request did not arrive whole within " + max, 0});
            }
            return;
        case Phase::Writing:
            if (waited() <= host_->request_ticks_max) return;
            host_->refused("timeout");
            return close();
        case Phase::Draining:
            if (waited() > host_->drain_ticks_max) close();
            return;
        case Phase::Waiting:  // The handler may take its time.
        case Phase::Closed: return;
    }
}

void SocketSession::make_room() {
    if (buffer_.capacity() == 0) buffer_.reserve(kRoomFirst);
    const auto room = buffer_.capacity() - buffer_.size();
    if (room >= kRoomLow && !was_filled_) return;
    buffer_.reserve(std::min(buffer_.capacity() * 4, std::max(kRoomMax, buffer_.size() + kRoomLow)));
}

void SocketSession::receive() {
    if (std::exchange(is_receiving_, true)) return;  // A request that took too long leaves its receive behind, for the drain.
    make_room();
    const auto room = buffer_.prepare(buffer_.capacity() - buffer_.size());
    socket_->async_receive(room,
                           [self = shared_from_this()](const error_code& ec, std::size_t bytes) { self->received(ec, bytes); });
}

void SocketSession::received(const error_code& ec, std::size_t bytes) {
    is_receiving_ = false;
    if (phase_ != Phase::Reading && phase_ != Phase::Draining) return;
    if (ec) return close();  // The peer has gone; in the middle of a request that is its own affair.
    if (phase_ == Phase::Draining) {
        drained_ += bytes;
        if (drained_ > kDrainBytesMax) return close();
        return receive();
    }
    if (is_idle()) since_ = host_->tick;
    was_filled_ = bytes == buffer_.capacity() - buffer_.size();
    buffer_.commit(bytes);
    advance();
}

/// Works off what has been received. A handler that answers at once comes back here through written(), which must not recurse:
/// a peer may send hundreds of requests in one packet.
void SocketSession::advance() {
    if (is_advancing_) return;
    is_advancing_ = true;
    while (phase_ == Phase::Reading && read_one()) {
    }
    is_advancing_ = false;
}

/// False when it has begun to wait for more.
bool SocketSession::read_one() {
    const auto data = buffer_.cdata();
    std::string_view input{static_cast<const char*>(data.data()), data.size()};
    const auto progress = reader_.take(input);
    buffer_.consume(data.size() - input.size());
    switch (progress) {
        case RequestReader::Progress::Done: hand_over(); return true;
        case RequestReader::Progress::Refused: refuse(reader_.refusal()); return true;
        case RequestReader::Progress::NeedMore: break;
    }
    if (reader_.take_expectation()) {
        out_ = "HTTP/1.1 100 Continue\r\n\r\n";
        write(Then::ReadOn);
        return phase_ == Phase::Reading;
    }
    if (buffer_.size() == 0 && buffer_.capacity() > kRoomKept && !reader_.has_begun()) buffer_.shrink_to_fit();
    receive();
    return false;
}

void SocketSession::hand_over() {
    phase_ = Phase::Waiting;
    ++serial_;
    auto& request = reader_.request();
    request.remote = remote_;
    host_->handler(request, [self = shared_from_this(), serial = serial_](Response response) { self->answer(serial, response); });
}

void SocketSession::answer(std::uint64_t serial, const Response& response) {
    if (phase_ == Phase::Closed) return;
    TOCSIN_ASSERT(phase_ == Phase::Waiting && serial == serial_, "a request is answered once");
    ResponseForm form;
    form.leaves_out_body = reader_.request().method == "HEAD";
    if (!reader_.is_keep_alive() || host_->is_stopping) {
        form.afterwards = Afterwards::Close;
    } else if (reader_.is_http_1_0()) {
        form.afterwards = Afterwards::KeepAsked;
    }
    out_.clear();
    append_response(out_, response, form);
    reader_.begin_next();
    if (form.afterwards != Afterwards::Close) return write(Then::NextRequest);
    // Closing a socket that holds unread bytes resets it, and the peer may lose the answer.
    write(buffer_.size() == 0 ? Then::Close : Then::Drain);
}

void SocketSession::refuse(const Refusal& refusal) {
    host_->refused(refusal.reason);
    out_.clear();
    append_response(out_, to_response(refusal), {Afterwards::Close, false});
    write(Then::Drain);
}

void SocketSession::write(Then then) {
    then_ = then;
    phase_ = Phase::Writing;
    error_code ec;
    const auto sent = socket_->send(asio::buffer(out_), 0, ec);
    if (ec && ec != asio::error::would_block && ec != asio::error::try_again) return close();
    if (sent < out_.size()) return write_rest(sent);
    written();
}

void SocketSession::write_rest(std::size_t sent) {
    since_ = host_->tick;
    asio::async_write(*socket_, asio::buffer(out_) + sent, [self = shared_from_this()](const error_code& ec, std::size_t) {
        if (self->phase_ != Phase::Writing) return;
        if (ec) return self->close();
        self->written();
    });
}

void SocketSession::written() {
    if (out_.capacity() > kAnswerKept) out_ = {};
    switch (then_) {
        case Then::Close: return close();
        case Then::Drain: return begin_drain();
        case Then::NextRequest:
            if (host_->is_stopping) return close();
            since_ = host_->tick;
            break;
        case Then::ReadOn: break;
    }
    phase_ = Phase::Reading;
    advance();
}

void SocketSession::begin_drain() {
    error_code ignored;
    socket_->shutdown(tcp::socket::shutdown_send, ignored);
    phase_ = Phase::Draining;
    since_ = host_->tick;
    buffer_.clear();
    receive();
}

}  // namespace

std::shared_ptr<Session> make_session(asio::io_context& context, SessionHost& host, AcceptedSocket socket) {
    return std::make_shared<SocketSession>(context, host, std::move(socket));
}

}  // namespace tocsin::http
