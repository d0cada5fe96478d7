// One call: a connection from the pool or a new one, the request, the answer, all before the deadline.
#include "daemon/http/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_set>

#include "daemon/http/connection.hpp"
#include "daemon/http/loop.hpp"
#include "daemon/http/request_text.hpp"
#include "daemon/http/response_reader.hpp"

namespace tocsin::http {
namespace {

/// Routers on the way forget a silent connection without a word; then a page would wait for its whole deadline.
constexpr Duration kRestMax = std::chrono::seconds{30};

/// What a call needs of the client.
class Pool {
public:
    /// A kept connection to the peer, awake, or null.
    virtual std::shared_ptr<Connection> take_kept(const Url& url) = 0;
    virtual Result<std::shared_ptr<Connection>> make_new(const Url& url) = 0;
    virtual void keep(const Url& url, std::shared_ptr<Connection> connection) = 0;

protected:
    ~Pool() = default;
};

class Call : public std::enable_shared_from_this<Call> {
public:
    struct What {
        Url url;
        std::shared_ptr<const std::string> text;
        ResponseReader::Expects expects = ResponseReader::Expects::Body;
        std::size_t response_bytes_max = 0;
        Deadline deadline;
        std::function<void(Call&, Result<ClientResponse>)> on_end;
    };

    Call(Loop& loop, Pool& pool, What what) : pool_(&pool), what_(std::move(what)), timer_(loop.context()) {}

    void start();
    /// Ends it without a word.
    void abandon();

private:
    void connect_anew();
    void send();
    void read();
    void received(Result<std::string_view> bytes);
    void broken(const Error& error);
    void succeed();
    void fail(Error error) { end(std::move(error)); }
    void end(Result<ClientResponse> result);

    Pool* pool_;
    What what_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<Connection> connection_;
    std::optional<ResponseReader> reader_;
    std::string pending_;               ///< Received, not yet understood.
    std::optional<Error> write_error_;  ///< The peer may have answered before it closed, so it is read all the same.
    bool is_kept_ = false;              ///< The connection is one that was used before.
    bool has_answer_begun_ = false;
    bool has_ended_ = false;
};

void Call::start() {
    if (has_ended_) return;  // The client was destroyed meanwhile.
    timer_.expires_at(what_.deadline);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (ec || self->has_ended_) return;
        self->fail(Error{Errc::TimedOut, "timed out", Retry::now()}.in(self->connection_->doing()));
    });
    connection_ = pool_->take_kept(what_.url);
    is_kept_ = connection_ != nullptr;
    if (is_kept_) return send();
    connect_anew();
}

void Call::connect_anew() {
    is_kept_ = false;
    auto made = pool_->make_new(what_.url);
    if (!made) return fail(made.error());
    connection_ = *std::move(made);
    connection_->open([self = shared_from_this()](std::optional<Error> error) {
        if (error) return self->fail(*std::move(error));
        self->send();
    });
}

void Call::send() {
    reader_.emplace(what_.response_bytes_max, what_.expects);
    pending_.clear();
    write_error_.reset();
    connection_->write(what_.text, [self = shared_from_this()](std::optional<Error> error) {
        self->write_error_ = std::move(error);
        self->read();
    });
}

void Call::read() {
    connection_->read([self = shared_from_this()](Result<std::string_view> bytes) { self->received(std::move(bytes)); });
}

void Call::received(Result<std::string_view> bytes) {
    if (!bytes) return broken(bytes.error());
    if (bytes->empty()) {
        if (reader_->take_end() == ResponseReader::Progress::Done) return succeed();
        return broken(Error{Errc::Unavailable, "the connection was closed", Retry::now()}.in(connection_->doing()));
    }
    has_answer_begun_ = true;
    pending_ += *bytes;
    std::string_view input = pending_;
    const auto progress = reader_->take(input);
    pending_.erase(0, pending_.size() - input.size());
    switch (progress) {
        case ResponseReader::Progress::NeedMore: return read();
        case ResponseReader::Progress::Done: return succeed();
        case ResponseReader::Progress::Malformed:
            return fail(Error{Errc::Invalid, "this is not an HTTP answer: " + reader_->complaint(), Retry::now()}.in(
                connection_->doing()));
    }
}

/// The connection broke before the answer was whole.
void Call::broken(const Error& error) {
    if (is_kept_ && !has_answer_begun_) {
        connection_->close();
        return connect_anew();
    }
    if (write_error_ && !has_answer_begun_) return fail(*std::move(write_error_));
    fail(Error{Errc::TimedOut, error.message() + " before the answer was whole; it may have been done all the same",
               Retry::now()});
}

void Call::succeed() {
    const bool is_good = !write_error_ && pending_.empty() && reader_->leaves_connection_open();
    if (is_good) pool_->keep(what_.url, std::exchange(connection_, nullptr));
    end(reader_->take_response());
}

void Call::end(Result<ClientResponse> result) {
    const auto on_end = std::move(what_.on_end);
    abandon();
    on_end(*this, std::move(result));
}

void Call::abandon() {
    has_ended_ = true;
    what_.on_end = nullptr;
    timer_.cancel();
    if (connection_) connection_->close();
}

}  // namespace

struct Client::Impl final : Pool, std::enable_shared_from_this<Client::Impl> {
    Impl(Loop& of, ClientOptions with) : loop(of), options(std::move(with)) {}

    Loop& loop;
    ClientOptions options;
    std::shared_ptr<TlsContext> tls;  ///< Made with the first call that needs it: it reads the system's authorities.
    std::map<std::string, std::vector<std::shared_ptr<Connection>>> kept;
    std::unordered_set<std::shared_ptr<Call>> calls;

    static std::string key_of(const Url& url) { return (url.is_tls ? "https://" : "http://") + peer_name(url); }

    std::shared_ptr<Connection> take_kept(const Url& url) override;
    Result<std::shared_ptr<Connection>> make_new(const Url& url) override;
    void keep(const Url& url, std::shared_ptr<Connection> connection) override;
    void drop(const std::string& key, const Connection* connection);
};

std::shared_ptr<Connection> Client::Impl::take_kept(const Url& url) {
    const auto found = kept.find(key_of(url));
    if (found == kept.end()) return {};
    auto connection = std::move(found->second.back());  // The one that rested least is the likeliest to live.
    found->second.pop_back();
    if (found->second.empty()) kept.erase(found);
    connection->wake();
    return connection;
}

Result<std::shared_ptr<Connection>> Client::Impl::make_new(const Url& url) {
    if (!url.is_tls) return make_connection(loop, nullptr, url);
    if (!tls) {
        auto created = TlsContext::create(options.ca_file);
        if (!created) return created.error();
        tls = *std::move(created);
    }
    return make_connection(loop, tls, url);
}

void Client::Impl::keep(const Url& url, std::shared_ptr<Connection> connection) {
    const auto key = key_of(url);
    auto& of_peer = kept[key];
    if (of_peer.size() >= options.idle_connections_per_host_max) {
        if (of_peer.empty()) kept.erase(key);
        return connection->close();
    }
    connection->rest(kRestMax, [weak = weak_from_this(), key, raw = connection.get()] {
        if (const auto self = weak.lock()) self->drop(key, raw);
    });
    of_peer.push_back(std::move(connection));
}

void Client::Impl::drop(const std::string& key, const Connection* connection) {
    const auto found = kept.find(key);
    if (found == kept.end()) return;
    std::erase_if(found->second, [&](const auto& candidate) {
        if (candidate.get() != connection) return false;
        candidate->close();
        return true;
    });
    if (found->second.empty()) kept.erase(found);
}

Client::Client(Loop& loop, ClientOptions options) : impl_(std::make_shared<Impl>(loop, std::move(options))) {}

Client::~Client() {
    for (const auto& call : impl_->calls) call->abandon();
    for (const auto& [key, connections] : impl_->kept) {
        for (const auto& connection : connections) connection->close();
    }
}

void Client::send(ClientRequest request, Deadline deadline, OnResponse on_response) {
    auto text = to_request_text(request);
    if (!text) {
        auto error = text.error().in("calling " + peer_name(request.url));
        impl_->loop.post([error = std::move(error), on_response = std::move(on_response)] { on_response(error); });
        return;
    }
    Call::What what;
    what.url = std::move(request.url);
    what.text = std::make_shared<const std::string>(*std::move(text));
    what.expects = request.method == "HEAD" ? ResponseReader::Expects::NoBody : ResponseReader::Expects::Body;
    what.response_bytes_max = impl_->options.response_bytes_max;
    what.deadline = deadline;
    what.on_end = [impl = impl_.get(), on_response = std::move(on_response)](Call& call, Result<ClientResponse> result) {
        impl->calls.erase(call.shared_from_this());
        on_response(std::move(result));
    };
    const auto call = std::make_shared<Call>(impl_->loop, *impl_, std::move(what));
    impl_->calls.insert(call);
    // Not at once: a call may fail before anything is waited for.
    impl_->loop.post([call] { call->start(); });
}

}  // namespace tocsin::http
