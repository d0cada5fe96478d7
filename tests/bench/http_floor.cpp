// The floor of HTTP ingest: our server with a handler that answers 202 at once, or `--beast`: a plain Beast server, to compare.
// http_floor [--beast] [port]; then e.g. wrk -t2 -c64 -d5 -s post.lua http://127.0.0.1:PORT/
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>

#include "daemon/http/loop.hpp"
#include "daemon/http/server.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view kAnswer = R"({"result":"Request will be processed","requestId":"00000000000000000000000000000000"})";

/// As the Beast examples do it: tcp_stream with its time-outs, dynamic buffer, serializer.
class BeastSession : public std::enable_shared_from_this<BeastSession> {
public:
    explicit BeastSession(tcp::socket socket) : stream_(std::move(socket)) {}

    void read() {
        request_ = {};
        stream_.expires_after(std::chrono::seconds{30});
        http::async_read(stream_, buffer_, request_, [self = shared_from_this()](const error_code& ec, std::size_t) {
            if (!ec) self->write();
        });
    }

private:
    void write() {
        response_ = {http::status::accepted, request_.version()};
        response_.set(http::field::content_type, "application/json");
        response_.keep_alive(request_.keep_alive());
        response_.body() = kAnswer;
        response_.prepare_payload();
        http::async_write(stream_, response_, [self = shared_from_this()](const error_code& ec, std::size_t) {
            if (!ec && self->response_.keep_alive()) self->read();
        });
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

void accept(tcp::acceptor& acceptor) {
    acceptor.async_accept([&acceptor](const error_code& ec, tcp::socket socket) {
        if (!ec) {
            socket.set_option(tcp::no_delay{true});
            std::make_shared<BeastSession>(std::move(socket))->read();
        }
        accept(acceptor);
    });
}

int run_beast(std::uint16_t port) {
    asio::io_context context{1};
    tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), port}};
    std::printf("beast on port %u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
    (void)std::fflush(stdout);
    accept(acceptor);
    context.run();
    return 0;
}

int run_ours(std::uint16_t port) {
    tocsin::http::Loop loop;
    tocsin::http::ServerOptions options;
    options.port = port;
    const auto answer = [](tocsin::http::Request& request, const tocsin::http::Respond& respond) {
        const auto body = std::move(request.body);
        tocsin::http::Response response;
        response.status = 202;
        response.body = kAnswer;
        respond(std::move(response));
    };
    tocsin::http::Server server{loop, options, answer, {}};
    const auto listening = server.listen();
    if (!listening) {
        (void)std::fprintf(stderr, "%s\n", listening.error().message().c_str());
        return 1;
    }
    std::printf("tocsin on port %u\n", static_cast<unsigned>(server.port()));
    (void)std::fflush(stdout);
    loop.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    bool is_beast = false;
    std::uint16_t port = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--beast") {
            is_beast = true;
        } else {
            (void)std::from_chars(argument.data(), argument.data() + argument.size(), port);
        }
    }
    return is_beast ? run_beast(port) : run_ours(port);
}
