#include "tests/support/http_client.hpp"

#include <boost/json.hpp>

#include "tests/support/stopwatch.hpp"

namespace tocsin::test {

namespace json = boost::json;

json::value HttpAnswer::json() const {
    json::error_code broken;
    auto value = json::parse(body, broken);
    return broken ? json::value() : value;
}

std::string HttpAnswer::operator[](std::string_view name) const { return member(json(), name); }

HttpAnswer HttpClient::ask(const HttpRequest& request) {
    HttpMessage message{request.method + " " + request.target + " HTTP/1.1", request.headers, request.body};
    message.headers.emplace_back("Host", "127.0.0.1");
    const auto bytes = to_bytes(message);
    HttpAnswer answer;
    const bool was_open = socket_.is_open();
    if (try_once(bytes, answer) == Attempt::Closed && was_open) (void)try_once(bytes, answer);  // The answer says how it went.
    return answer;
}

HttpClient::Attempt HttpClient::try_once(const std::string& bytes, HttpAnswer& answer) {
    const auto by = monotonic_now() + patience_;
    if (!socket_.is_open()) socket_ = Socket::connect_to(port_);
    if (!socket_.is_open()) {
        answer.body = "nobody listens on port " + std::to_string(port_);
        return Attempt::Failed;
    }
    std::string came;
    // A server that refuses early answers before it has read everything; so what it says is read even if it took not all.
    const bool sent = socket_.write(bytes, by);
    std::optional<HttpMessage> message;
    while (!(message = take_message(came)) && socket_.read(came, by)) {
    }
    if (!message) {
        socket_.close();
        answer.body = sent ? "the connection was closed without an answer" : "the connection was closed while sending";
        return came.empty() ? Attempt::Closed : Attempt::Failed;
    }
    answer.status = static_cast<unsigned>(std::strtoul(message->first_line.c_str() + message->first_line.find(' '), nullptr, 10));
    answer.status_line = std::move(message->first_line);
    answer.body = std::move(message->body);
    answer.headers = std::move(message->headers);
    if (header_of(answer.headers, "Connection") == "close") socket_.close();
    return Attempt::Answered;
}

std::string member(const json::value& object, std::string_view name) {
    const auto* members = object.if_object();
    const auto* value = members == nullptr ? nullptr : members->if_contains(json::string_view(name.data(), name.size()));
    if (value == nullptr) return {};
    if (const auto* text = value->if_string()) return {text->data(), text->size()};
    return json::serialize(*value);
}

}  // namespace tocsin::test
