// A TCP connection with deadlines, and the text of HTTP messages: no library that the program itself is built on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin::test {

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;

    /// To 127.0.0.1; not open if nobody listens there.
    [[nodiscard]] static Socket connect_to(std::uint16_t port);
    /// On 127.0.0.1 and any free port.
    [[nodiscard]] static Socket listening();
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] Socket accepted() const;

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    void close();

    /// False if the other side went away or `by` has passed.
    bool write(std::string_view bytes, MonotonicPoint by) const;
    /// What has come, appended to `into`; false at the end, on an error, and when `by` has passed.
    bool read(std::string& into, MonotonicPoint by) const;

private:
    int descriptor_ = -1;
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;
/// The first value of a header without regard to case, or empty.
[[nodiscard]] std::string header_of(const HttpHeaders& headers, std::string_view name);

/// A message taken off the front of what was read: its first line, its headers and, by Content-Length, its body.
struct HttpMessage {
    std::string first_line;
    HttpHeaders headers;
    std::string body;
};
/// Nothing if it is not complete yet; else it is gone from `bytes`.
[[nodiscard]] std::optional<HttpMessage> take_message(std::string& bytes);
[[nodiscard]] std::string to_bytes(const HttpMessage& message);

}  // namespace tocsin::test
