// The kinds of values that only the settings have: addresses, sizes, URLs, names. Pure text in, value out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::config {

struct ListenAddress {
    std::string address;  ///< An IP address, without brackets.
    std::uint16_t port = 0;
};
/// Reads "127.0.0.1:9877" and "[::1]:9877"; nothing for anything else, host names too.
[[nodiscard]] std::optional<ListenAddress> parse_listen(std::string_view text);

/// Reads "4MiB", "512KiB", "1GiB", "4096B" and "4096"; nothing for anything else, or for more than 1 TiB.
[[nodiscard]] std::optional<std::size_t> parse_bytes(std::string_view text);

/// An absolute http:// or https:// URL with a host, as written but for a slash at its end; nothing for anything else.
[[nodiscard]] std::optional<std::string> parse_web_url(std::string_view text);
/// Whether what is sent to the URL crosses a network in clear text.
[[nodiscard]] bool is_exposed(std::string_view url);

struct MailServerUrl {
    std::string url;       ///< With its port: smtp://mail.example.org:587
    bool is_tls = false;   ///< From the first byte on: smtps.
    bool is_here = false;  ///< On this machine: nothing crosses a network.
};
/// Reads smtp://host[:port] (587, if none is given) and smtps://host[:port] (465); nothing for anything else.
[[nodiscard]] std::optional<MailServerUrl> parse_mail_server(std::string_view text);

/// A host as `replies` allow it, in small letters: a name or an address, `*.` in front of a name for all below it, a port behind
/// it.
[[nodiscard]] std::optional<std::string> parse_allowed_host(std::string_view text);

/// Letters, digits, `_`, `-` and `.`, the first a letter or digit, at most 63: safe in a path, a label and a log.
[[nodiscard]] std::optional<std::string> parse_name(std::string_view text);
/// The name of an HTTP header.
[[nodiscard]] std::optional<std::string> parse_header_name(std::string_view text);

}  // namespace tocsin::config
