// Request line, header and body in one string.
#include "daemon/http/request_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::http {
namespace {

bool is_token(std::string_view text) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    const auto is_token_character = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kOthers.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_target(std::string_view text) {
    return text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F'; });
}

bool has_header(const ClientRequest& request, std::string_view name) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

std::string host_header(const Url& url) {
    const auto host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    const bool is_usual_port = url.port == (url.is_tls ? 443 : 80);
    return is_usual_port ? host : fmt::format("{}:{}", host, url.port);
}

Result<void> check(const ClientRequest& request) {
    if (!is_token(request.method)) return Error{Errc::Invalid, "the method of the request is not a word"};
    if (!is_target(request.url.target)) return Error{Errc::Invalid, "the URL holds a byte that must be written as %XX"};
    if (!is_value(request.url.host)) return Error{Errc::Invalid, "the host of the URL holds a control character"};
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name)) return Error{Errc::Invalid, "the name of a header is not a word"};
        if (!is_value(value)) return Error{Errc::Invalid, fmt::format("the value of the header {} holds a line break", name)};
    }
    return {};
}

}  // namespace

Result<std::string> to_request_text(const ClientRequest& request) {
    if (const auto checked = check(request); !checked) return checked.error();
    auto text = fmt::format("{} {} HTTP/1.1\r\n", request.method, request.url.target);
    if (!has_header(request, "Host")) text += fmt::format("Host: {}\r\n", host_header(request.url));
    if (!has_header(request, "User-Agent")) text += "User-Agent: tocsin\r\n";
    const bool has_body = !request.body.empty() || (request.method != "GET" && request.method != "HEAD");
    if (has_body && !has_header(request, "Content-Length")) text += fmt::format("Content-Length: {}\r\n", request.body.size());
    for (const auto& [name, value] : request.headers) text += fmt::format("{}: {}\r\n", name, value);
    text += "\r\n";
    text += request.body;
    return text;
}

}  // namespace tocsin::http
