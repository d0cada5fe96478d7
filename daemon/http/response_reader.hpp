// Bytes to one HTTP response, within limits. Knows no socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/http/client.hpp"

namespace tocsin::http {

class ResponseReader {
public:
    enum class Expects : std::uint8_t { Body, NoBody };  ///< NoBody: the answer to HEAD.

    ResponseReader(std::size_t body_bytes_max, Expects expects);
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    enum class Progress : std::uint8_t { NeedMore, Done, Malformed };
    /// Takes what it can off the front of `input`; after NeedMore the rest must be given again with more bytes behind it. Interim
    /// answers (1xx) are passed over. Done also when the body has grown over its limit: then it is cut.
    [[nodiscard]] Progress take(std::string_view& input);
    /// The peer has closed. Done if that is how the answer ends, else NeedMore: it is not whole.
    [[nodiscard]] Progress take_end();

    /// After Malformed.
    [[nodiscard]] const std::string& complaint() const;
    /// After Done; once.
    [[nodiscard]] ClientResponse take_response();
    /// After Done: whether the connection is good for another request.
    [[nodiscard]] bool leaves_connection_open() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::http
