#include "daemon/api/webhook_handshake.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace {

constexpr std::string_view kOrigin = "WebHook-Request-Origin";
constexpr std::size_t kOriginBytesMax = 255;

/// It is sent back in a header: a name, maybe with a scheme and a port.
bool can_be_origin(std::string_view text) {
    const auto is_plain = [](char c) {
        const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return is_letter_or_digit || std::string_view("-._:/[]").find(c) != std::string_view::npos;
    };
    return text.size() <= kOriginBytesMax && std::all_of(text.begin(), text.end(), is_plain);
}

}  // namespace

bool is_webhook_handshake(const config::SourceSettings& source, const http::Request& request) {
    return source.kind == "cloudevents" && request.method == "OPTIONS" && !request.header(kOrigin).empty();
}

http::Response webhook_permission(const http::Request& request) {
    const auto origin = request.header(kOrigin);
    if (!can_be_origin(origin)) return refusal(400, "WebHook-Request-Origin is no host such as eventemitter.example.org");
    http::Response response;
    response.status = 200;
    response.headers = {{"Allow", "POST"}, {"WebHook-Allowed-Origin", std::string(origin)}, {"WebHook-Allowed-Rate", "*"}};
    return response;
}

}  // namespace tocsin::api
