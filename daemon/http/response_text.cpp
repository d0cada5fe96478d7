// Status line, header and body in one string, so that an answer is one write.
#include "daemon/http/response_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <iterator>

namespace tocsin::http {
namespace {

void append_number(std::string& out, std::size_t number) {
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(digits, end);
}

void append_status_line(std::string& out, unsigned status) {
    const auto phrase = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
    out += "HTTP/1.1 ";
    append_number(out, status);
    out += ' ';
    out.append(phrase.data(), phrase.size());
    out += "\r\n";
}

/// A value that comes from outside must not be able to add headers or bodies of its own.
void append_value(std::string& out, std::string_view value) {
    const auto from = out.size();
    out += value;
    const auto is_break = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), is_break, ' ');
}

}  // namespace

void append_response(std::string& out, const Response& response, const ResponseForm& form) {
    const bool has_no_content = response.status == 204 || response.status == 304;
    append_status_line(out, response.status);
    if (!has_no_content) {
        if (!response.content_type.empty()) {
            out += "Content-Type: ";
            out += response.content_type;
            out += "\r\n";
        }
        out += "Content-Length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    for (const auto& [name, value] : response.headers) {
        append_value(out, name);
        out += ": ";
        append_value(out, value);
        out += "\r\n";
    }
    if (form.afterwards == Afterwards::Close) out += "Connection: close\r\n";
    if (form.afterwards == Afterwards::KeepAsked) out += "Connection: keep-alive\r\n";
    out += "\r\n";
    if (!has_no_content && !form.leaves_out_body) out += response.body;
}

Response to_response(const Refusal& refusal) {
    Response response;
    response.status = refusal.status;
    response.body = refusal.limit_bytes == 0
                        ? fmt::format(R"({{"error": "{}"}})", refusal.message)
                        : fmt::format(R"({{"error": "{}", "limit_bytes": {}}})", refusal.message, refusal.limit_bytes);
    return response;
}

}  // namespace tocsin::http
