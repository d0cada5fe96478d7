// A blocking HTTP client for tests: one connection to 127.0.0.1, kept alive.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "tests/support/socket.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {

struct HttpRequest {
    std::string method = "GET";
    std::string target = "/";
    std::string body{};
    HttpHeaders headers{};
};

struct HttpAnswer {
    unsigned status = 0;  ///< 0: no whole answer came; `body` says why.
    std::string status_line{};
    std::string body;
    HttpHeaders headers;

    [[nodiscard]] std::string header(std::string_view name) const { return header_of(headers, name); }
    /// The body; null if it is no JSON.
    [[nodiscard]] boost::json::value json() const;
    /// The member of an object body as text: strings without quotes, "null" and "" for what is absent.
    [[nodiscard]] std::string operator[](std::string_view member) const;
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port, Duration patience = kPatience) : port_(port), patience_(patience) {}

    /// Connects if it must. A kept connection that was closed meanwhile is replaced once; else every failure is an answer of
    /// status 0.
    [[nodiscard]] HttpAnswer ask(const HttpRequest& request);

private:
    enum class Attempt { Answered, Closed, Failed };
    Attempt try_once(const std::string& bytes, HttpAnswer& answer);

    std::uint16_t port_;
    Duration patience_;
    Socket socket_;
};

/// A member of an object as text, as HttpAnswer::operator[].
[[nodiscard]] std::string member(const boost::json::value& object, std::string_view name);

}  // namespace tocsin::test
