#include "daemon/config/values.hpp"

#include "core/base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace tocsin::config {
namespace {

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

template <class Number>
std::optional<Number> parse_number(std::string_view digits) {
    Number number{};
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || failed != std::errc{} || end != digits.data() + digits.size()) return {};
    return number;
}

bool is_ip(const std::string& address, int family) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(family, address.c_str(), bytes.data()) == 1;
}

/// Host and port of a URL whose scheme was taken off.
std::string_view authority_of(std::string_view rest) { return rest.substr(0, rest.find_first_of("/?#")); }

/// Of host and port.
std::string_view host_of(std::string_view authority) {
    return authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1) : authority.substr(0, authority.find(':'));
}

bool is_this_machine(std::string_view host) { return host == "localhost" || host == "[::1]" || host.starts_with("127."); }

std::optional<std::string_view> without_scheme(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (url.starts_with(scheme)) return url.substr(scheme.size());
    }
    return {};
}

}  // namespace

std::optional<ListenAddress> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
    auto host = text.substr(0, colon);
    const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (is_bracketed) host = host.substr(1, host.size() - 2);
    ListenAddress listen{std::string(host), port.value_or(0)};
    if (!port || !is_ip(listen.address, is_bracketed ? AF_INET6 : AF_INET)) return {};
    return listen;
}

std::optional<std::size_t> parse_bytes(std::string_view text) {
    struct Unit {
        std::string_view name;
        unsigned shift;
    };
    constexpr std::array<Unit, 5> kUnits{{{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"B", 0}, {"", 0}}};
    constexpr std::uint64_t kBytesMax = std::uint64_t{1} << 40U;
    const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return text.ends_with(one.name); });
    const auto number = parse_number<std::uint64_t>(text.substr(0, text.size() - unit->name.size()));
    if (!number || *number > (kBytesMax >> unit->shift)) return {};
    return static_cast<std::size_t>(*number << unit->shift);
}

std::optional<std::string> parse_web_url(std::string_view text) {
    const auto rest = without_scheme(text);
    const auto is_visible = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '"' && c != '<' && c != '>'; };
    if (!rest || !std::all_of(text.begin(), text.end(), is_visible)) return {};
    const auto authority = authority_of(*rest);
    if (authority.empty() || authority.front() == ':' || authority.find('@') != std::string_view::npos) return {};
    while (text.ends_with('/')) text.remove_suffix(1);
    return std::string(text);
}

bool is_exposed(std::string_view url) {
    return url.starts_with("http://") && !is_this_machine(host_of(authority_of(url.substr(7))));
}

std::optional<MailServerUrl> parse_mail_server(std::string_view text) {
    MailServerUrl server;
    server.is_tls = text.starts_with("smtps://");
    if (!server.is_tls && !text.starts_with("smtp://")) return {};
    auto authority = text.substr(text.find("://") + 3);
    if (authority.ends_with('/')) authority.remove_suffix(1);
    const auto host = host_of(authority);
    const auto port = authority.substr(host.size());
    const auto is_of_hosts = [](char c) { return is_alphanumeric(c) || c == '.' || c == '-'; };
    const bool is_name = !host.empty() && std::all_of(host.begin(), host.end(), is_of_hosts);
    const bool is_address =
        host.starts_with('[') && host.ends_with(']') && is_ip(std::string(host.substr(1, host.size() - 2)), AF_INET6);
    const auto number = port.empty() ? std::uint16_t{1} : parse_number<std::uint16_t>(port.substr(1)).value_or(0);
    if ((!is_name && !is_address) || number == 0) return {};
    const auto usual = server.is_tls ? ":465" : ":587";
    server.url = std::string(server.is_tls ? "smtps://" : "smtp://").append(host).append(port.empty() ? usual : port);
    server.is_here = is_this_machine(host);
    return server;
}

std::optional<std::string> parse_allowed_host(std::string_view text) {
    const auto is_below = text.starts_with("*.");
    const auto host = is_below ? text.substr(2) : text;
    const auto colon = host.rfind(':');
    const auto name = host.substr(0, colon);
    const auto port = colon == std::string_view::npos ? std::string_view("1") : host.substr(colon + 1);
    constexpr std::string_view kOfNames = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    const bool is_name = !name.empty() && name.find_first_not_of(kOfNames) == std::string_view::npos && name.front() != '.';
    const bool is_port = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
    // One label alone would allow a whole top-level domain.
    if (!is_name || !is_port || (is_below && name.find('.') == std::string_view::npos)) return {};
    return lower_ascii(text);
}

std::optional<std::string> parse_name(std::string_view text) {
    constexpr std::size_t kNameBytesMax = 63;
    const auto is_fine = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.'; };
    if (text.empty() || text.size() > kNameBytesMax || !is_alphanumeric(text.front())) return {};
    if (!std::all_of(text.begin(), text.end(), is_fine)) return {};
    return std::string(text);
}

std::optional<std::string> parse_header_name(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    const auto is_token = [&](char c) { return is_alphanumeric(c) || kMarks.find(c) != std::string_view::npos; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_token)) return {};
    return std::string(text);
}

}  // namespace tocsin::config
