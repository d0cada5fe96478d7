// An HTTP/1.1 server: requests in, responses out, nothing about alerts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::http {

/// A whole request. The views are good until the response has been given.
struct Request {
    std::string_view method;
    std::string_view target;  ///< As sent: path and query, still percent-encoded; may hold bytes above 0x7F.
    std::string_view path;    ///< The part before `?`.
    std::string_view query;   ///< The part after it, or empty.
    std::string body;         ///< To be moved from.
    std::string_view remote;  ///< The peer's address, without the port.
    /// The value of a header without regard to the case of its name, or empty. Of a repeated one, the first.
    std::function<std::string_view(std::string_view name)> header;
};

struct Response {
    unsigned status = 200;
    std::string body;
    std::string_view content_type = "application/json";  ///< A literal: it must outlive the response.
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Gives the answer; exactly once, on the loop's thread, at once or later. Without effect if the peer or the server has gone.
using Respond = std::function<void(Response)>;
using Handler = std::function<void(Request& request, Respond respond)>;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one, see Server::port().
    std::size_t body_bytes_max = 4U << 20U;
    std::size_t header_bytes_max = 16U << 10U;
    std::size_t connections_max = 10'000;          ///< More wait in the kernel's queue.
    Duration idle_max = std::chrono::seconds{75};  ///< Between requests of one connection.
    /// From the first byte of a request to its last, and as long to take the answer.
    Duration request_max = std::chrono::seconds{30};
};

/// What a server refuses by itself, counted: "too_large" (413, 431), "bad_request" (400), "timeout" (408, or an answer that is
/// not taken), "accept_failed" (out of descriptors or memory; once, until a connection can be accepted again).
using OnRefused = std::function<void(std::string_view reason)>;

class Loop;

/// Home: the loop's thread, all of it.
class Server {
public:
    Server(Loop& loop, ServerOptions options, Handler handler, OnRefused on_refused);
    ~Server();

    /// Binds and begins to accept; an error names the address.
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] std::uint16_t port() const;
    /// Accepts no more; each connection ends after its current request. `on_closed` is called once there is none left.
    void stop(std::function<void()> on_closed);
    /// Cuts what is still open.
    void abort();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::http
