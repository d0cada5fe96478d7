// Bytes to HTTP requests, within limits. Knows no socket; keeps and reuses its memory from one request to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/http/server.hpp"

namespace tocsin::http {

/// An answer that the server gives by itself, before it closes the connection.
struct Refusal {
    unsigned status = 400;
    std::string_view reason = "bad_request";  ///< For OnRefused.
    std::string message;                      ///< For the peer; never holds bytes of the request.
    std::size_t limit_bytes = 0;              ///< The limit that was broken, or 0.
};

struct RequestLimits {
    std::size_t body_bytes_max = 0;
    std::size_t header_bytes_max = 0;
};

class RequestReader {
public:
    explicit RequestReader(RequestLimits limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    enum class Progress : std::uint8_t { NeedMore, Done, Refused };
    /// Takes what it can off the front of `input`, at most to the end of one request. After NeedMore the rest of `input`, never
    /// more than the header limit, must be given again with more bytes behind it. Not after Done or Refused, until begin_next().
    [[nodiscard]] Progress take(std::string_view& input);
    void begin_next();

    /// Whether a byte of the request has come.
    [[nodiscard]] bool has_begun() const;
    /// Whether the peer waits for "100 Continue" before it sends the body. True once for each request.
    [[nodiscard]] bool take_expectation();

    /// After Done; good until begin_next(). The views are into this reader.
    [[nodiscard]] Request& request();
    [[nodiscard]] bool is_keep_alive() const;
    [[nodiscard]] bool is_http_1_0() const;
    /// After Refused.
    [[nodiscard]] const Refusal& refusal() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::http
