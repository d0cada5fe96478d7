#include "tests/support/socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "core/base/text.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {
namespace {

constexpr int kBacklog = 1024;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int new_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

void send_at_once(int descriptor) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool is_ready(int descriptor, short events, MonotonicPoint by) {
    pollfd waiting{descriptor, events, 0};
    return ::poll(&waiting, 1, poll_milliseconds(by)) == 1;
}

}  // namespace

Socket::~Socket() { close(); }

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this == &other) return *this;
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    return *this;
}

Socket Socket::connect_to(std::uint16_t port) {
    Socket socket(new_socket());
    const auto address = loopback(port);
    if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    send_at_once(socket.descriptor_);
    return socket;
}

Socket Socket::listening() {
    Socket socket(new_socket());
    const auto address = loopback(0);
    if (::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    if (::listen(socket.descriptor_, kBacklog) != 0) return {};
    return socket;
}

std::uint16_t Socket::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

Socket Socket::accepted() const {
    Socket socket(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
    if (socket.is_open()) send_at_once(socket.descriptor_);
    return socket;
}

void Socket::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

bool Socket::write(std::string_view bytes, MonotonicPoint by) const {
    while (!bytes.empty()) {
        if (!is_ready(descriptor_, POLLOUT, by)) return false;
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Socket::read(std::string& into, MonotonicPoint by) const {
    if (!is_ready(descriptor_, POLLIN, by)) return false;
    std::array<char, 65536> buffer{};
    const auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string header_of(const HttpHeaders& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return {};
}

std::optional<HttpMessage> take_message(std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    HttpMessage message;
    for (const auto line : split(std::string_view(bytes).substr(0, end), '\n')) {
        const auto colon = line.find(':');
        if (message.first_line.empty()) {
            message.first_line = trimmed(line);
        } else if (colon != std::string_view::npos) {
            message.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
        }
    }
    const auto length = std::strtoull(header_of(message.headers, "Content-Length").c_str(), nullptr, 10);
    const auto begin = end + 4;
    if (bytes.size() < begin + length) return {};
    message.body = bytes.substr(begin, length);
    bytes.erase(0, begin + length);
    return message;
}

std::string to_bytes(const HttpMessage& message) {
    auto bytes = message.first_line + "\r\n";
    for (const auto& [key, value] : message.headers) bytes += key + ": " + value + "\r\n";
    return bytes + "Content-Length: " + std::to_string(message.body.size()) + "\r\n\r\n" + message.body;
}

}  // namespace tocsin::test
