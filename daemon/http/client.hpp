// An HTTP/1.1 client for providers: one request, one answer, one deadline, TLS verified. Nothing about alerts, and no retries.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::http {

class Loop;

/// An absolute http:// or https:// URL, taken apart.
struct Url {
    bool is_tls = false;
    std::string host;
    std::uint16_t port = 0;
    std::string target;  ///< Path and query, at least "/".
};
[[nodiscard]] Result<Url> parse_url(std::string_view text);

struct ClientRequest {
    std::string method = "POST";
    Url url;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

struct ClientResponse {
    unsigned status = 0;
    std::string body;  ///< At most ClientOptions::response_bytes_max; the rest is cut.
    std::vector<std::pair<std::string, std::string>> headers;
    /// The first value of a header without regard to case, or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// Retry-After in seconds or as an HTTP date (which needs `now`), if there is one that can be read.
    [[nodiscard]] std::optional<Duration> retry_after(TimePoint now) const;
};

struct ClientOptions {
    std::size_t response_bytes_max = 1U << 20U;
    std::string ca_file;  ///< More authorities to trust, besides the system's; empty: none.
    std::size_t idle_connections_per_host_max = 4;
};

/// Home: the loop's thread. Keeps connections alive and uses them again.
class Client {
public:
    Client(Loop& loop, ClientOptions options);
    ~Client();

    using OnResponse = std::function<void(Result<ClientResponse>)>;
    /// Calls `on_response` exactly once, later, on the loop's thread; not at all if the client is destroyed first. Any HTTP
    /// status is a response, not an error. Redirects are not followed. A kept connection that turns out to be closed before a
    /// byte of the answer came is replaced by a new one, once. Host, User-Agent and Content-Length are added unless given.
    /// Errors, none of which shows the URL's path, the headers or the body:
    ///   Unavailable  no address, refused, reset before the request was on the wire; may be tried again
    ///   TimedOut     by `deadline`, or the connection broke before the answer was whole: it may have been done all the same
    ///   Rejected     the certificate; not to be tried again
    ///   Invalid      a request that cannot be written (never again), or an answer that is not HTTP
    void send(ClientRequest request, Deadline deadline, OnResponse on_response);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::http
