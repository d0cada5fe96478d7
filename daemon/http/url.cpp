// parse_url, by hand: Boost.URL refuses bytes that users write and providers accept. Its errors never show the URL, which may
// hold a secret.
#include <charconv>

#include "core/base/text.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::http {
namespace {

Error invalid(std::string what) { return {Errc::Invalid, "this is not a URL that can be called: " + std::move(what)}; }

bool is_visible_ascii(char c) { return c > ' ' && c < '\x7F'; }

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool is_address_character(char c) {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

/// Takes the host off the front of `authority`, the brackets of an IPv6 address too; what is left is the port with its colon.
std::optional<std::string> take_host(std::string_view& authority) {
    const bool is_bracketed = authority.starts_with('[');
    const auto end = is_bracketed ? authority.find(']') : authority.find(':');
    if (is_bracketed && end == std::string_view::npos) return {};
    const auto host = is_bracketed ? authority.substr(1, end - 1) : authority.substr(0, end);
    authority.remove_prefix(is_bracketed ? end + 1 : host.size());
    if (host.empty()) return {};
    for (const char c : host) {
        if (!(is_bracketed ? is_address_character(c) : is_host_character(c))) return {};
    }
    return lower_ascii(host);
}

/// From ":8080" or nothing at all.
std::optional<std::uint16_t> to_port(std::string_view text, std::uint16_t otherwise) {
    if (text.empty() || text == ":") return otherwise;
    if (text.front() != ':') return {};
    text.remove_prefix(1);
    std::uint16_t port = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    if (read.ec != std::errc{} || read.ptr != end || port == 0) return {};
    return port;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
    Url url;
    const auto scheme_end = text.find("://");
    const auto scheme = scheme_end == std::string_view::npos ? std::string{} : lower_ascii(text.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https") return invalid("it must begin with http:// or https://");
    url.is_tls = scheme == "https";
    text.remove_prefix(scheme_end + 3);

    const auto authority_end = std::min(text.find_first_of("/?#"), text.size());
    auto authority = text.substr(0, authority_end);
    if (authority.find('@') != std::string_view::npos)
        return invalid("it holds a user name or a password before the host; give those as a header");
    auto host = take_host(authority);
    if (!host) return invalid("the host must be a name of ASCII letters, digits, '.' and '-', or an address (IPv6 in brackets)");
    const auto port = to_port(authority, url.is_tls ? 443 : 80);
    if (!port) return invalid("the port of " + *host + " must be a number from 1 to 65535");
    url.host = *std::move(host);
    url.port = *port;

    const auto target = text.substr(authority_end, text.find('#') - authority_end);
    for (const char c : target) {
        if (!is_visible_ascii(c)) return invalid("after " + url.host + " there is a byte that must be written as %XX");
    }
    url.target = target.starts_with('/') ? std::string{target} : "/" + std::string{target};
    return url;
}

}  // namespace tocsin::http
