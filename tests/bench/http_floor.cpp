// The floors of HTTP ingest: our server with a handler that answers 202 at once; `--beast`: a plain Beast server, to compare;
// `--durable NEW_FILE`: the plain Beast server in front of a thread that writes each body into a table of SQLite with two indexes
// (WAL, synchronous=FULL), all that wait in one transaction, and answers after it: the least that a durable answer costs.
// http_floor [--beast | --durable NEW_FILE] [port]; then e.g. wrk -t2 -c64 -d5 -s post.lua http://127.0.0.1:PORT/
#include <sqlite3.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/http/loop.hpp"
#include "daemon/http/server.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view kAnswer = R"({"result":"Request will be processed","requestId":"00000000000000000000000000000000"})";

class BeastSession;
/// What becomes of a request; whoever takes it has it answered some time, on the thread of its socket.
using OnRequest = std::function<void(std::shared_ptr<BeastSession>)>;

/// As the Beast examples do it: tcp_stream with its time-outs, dynamic buffer, serializer.
class BeastSession : public std::enable_shared_from_this<BeastSession> {
public:
    BeastSession(tcp::socket socket, const OnRequest& on_request) : stream_(std::move(socket)), on_request_(on_request) {}

    void read() {
        request_ = {};
        stream_.expires_after(std::chrono::seconds{30});
        http::async_read(stream_, buffer_, request_, [self = shared_from_this()](const error_code& ec, std::size_t) {
            if (!ec) self->on_request_(self);
        });
    }
    [[nodiscard]] const std::string& body() const { return request_.body(); }
    void answer() {
        response_ = {http::status::accepted, request_.version()};
        response_.set(http::field::content_type, "application/json");
        response_.keep_alive(request_.keep_alive());
        response_.body() = kAnswer;
        response_.prepare_payload();
        http::async_write(stream_, response_, [self = shared_from_this()](const error_code& ec, std::size_t) {
            if (!ec && self->response_.keep_alive()) self->read();
        });
    }

private:
    beast::tcp_stream stream_;
    const OnRequest& on_request_;
    beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

void accept(tcp::acceptor& acceptor, const OnRequest& on_request) {
    acceptor.async_accept([&acceptor, &on_request](const error_code& ec, tcp::socket socket) {
        if (!ec) {
            socket.set_option(tcp::no_delay{true});
            std::make_shared<BeastSession>(std::move(socket), on_request)->read();
        }
        accept(acceptor, on_request);
    });
}

/// Ends the program if SQLite says no: a floor that loses rows is none.
void must(int code, sqlite3* database) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    (void)std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(database));
    std::_Exit(1);
}

/// The thread behind the durable floor.
class Writer {
public:
    Writer(asio::io_context& context, const char* file) : context_(context) {
        must(sqlite3_open(file, &database_), database_);
        for (const auto* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=8000",
                                "CREATE TABLE alert (id INTEGER PRIMARY KEY, at INTEGER, host TEXT, body BLOB)",
                                "CREATE INDEX alert_by_time ON alert (at)", "CREATE INDEX alert_by_host ON alert (host, id)"}) {
            must(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), database_);
        }
        must(sqlite3_prepare_v3(database_, "INSERT INTO alert (at, host, body) VALUES (?, ?, ?)", -1, SQLITE_PREPARE_PERSISTENT,
                                &insert_, nullptr),
             database_);
        std::thread([this] { run(); }).detach();
    }

    void take(std::shared_ptr<BeastSession> session) {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(std::move(session));
        if (waiting_.size() == 1) changed_.notify_one();
    }

private:
    [[noreturn]] void run() {
        std::vector<std::shared_ptr<BeastSession>> batch;
        while (true) {
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [this] { return !waiting_.empty(); });
                batch.swap(waiting_);
            }
            write(batch);
            asio::post(context_, [answered = std::exchange(batch, {})] {
                for (const auto& session : answered) session->answer();
            });
        }
    }

    void write(const std::vector<std::shared_ptr<BeastSession>>& batch) {
        must(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), database_);
        for (const auto& session : batch) {
            const auto host = host_in(session->body());
            must(sqlite3_bind_int64(insert_, 1, std::chrono::system_clock::now().time_since_epoch().count()), database_);
            must(sqlite3_bind_text(insert_, 2, host.data(), static_cast<int>(host.size()), SQLITE_STATIC), database_);
            must(sqlite3_bind_blob64(insert_, 3, session->body().data(), session->body().size(), SQLITE_STATIC), database_);
            must(sqlite3_step(insert_), database_);
            must(sqlite3_reset(insert_), database_);
        }
        must(sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr), database_);
    }

    /// What tells alerts of tests/bench/ingest/alert.lua apart.
    static std::string_view host_in(std::string_view body) {
        constexpr std::string_view kName = "\"host\": \"";
        const auto begin = body.find(kName);
        if (begin == std::string_view::npos) return {};
        const auto value = body.substr(begin + kName.size());
        return value.substr(0, value.find('"'));
    }

    asio::io_context& context_;
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<BeastSession>> waiting_;
};

/// Until it is killed. Without a file each request is answered at once.
int run_beast(std::uint16_t port, const char* file) {
    asio::io_context context{1};
    tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), port}};
    OnRequest on_request = [](const std::shared_ptr<BeastSession>& session) { session->answer(); };
    std::optional<Writer> writer;
    if (file != nullptr) {
        writer.emplace(context, file);
        on_request = [&writer](std::shared_ptr<BeastSession> session) { writer->take(std::move(session)); };
    }
    std::printf("%s on port %u\n", file == nullptr ? "beast" : "durable",
                static_cast<unsigned>(acceptor.local_endpoint().port()));
    (void)std::fflush(stdout);
    accept(acceptor, on_request);
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
    const char* file = nullptr;
    std::uint16_t port = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--beast") {
            is_beast = true;
        } else if (argument == "--durable" && i + 1 < argc) {
            is_beast = true;
            file = argv[++i];
        } else {
            (void)std::from_chars(argument.data(), argument.data() + argument.size(), port);
        }
    }
    return is_beast ? run_beast(port, file) : run_ours(port);
}
