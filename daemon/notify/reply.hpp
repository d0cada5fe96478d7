// Replies to senders: what people tell them about an incident, POSTed to the URL that the sender named, or mailed to its address.
// That address is a stranger's word, so that only hosts and domains which the settings allow are ever spoken to, and no redirect
// is followed.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"
#include "daemon/notify/mail.hpp"

namespace tocsin::notify {

struct ReplyOptions {
    std::vector<std::string> hosts;    ///< "callback.example.org", "*.example.org", "10.0.0.5:8080"; in small letters.
    std::string secret;                ///< Signs; empty: nothing is signed. Never printed.
    std::vector<std::string> domains;  ///< "example.org", "*.example.org": whose people may be mailed.
    std::optional<MailSender> mail = std::nullopt;  ///< By which server; needed if there are domains.
};

/// Whether its host is one of `hosts`, or below one that begins with `*.`, and its port that of the entry, else 80 or 443.
[[nodiscard]] bool is_among(std::span<const std::string> hosts, const http::Url& url);

/// Whether a URL may be spoken to: it is http(s) and its host is one of `hosts`, or below one that begins with `*.`; the port is
/// that of the entry, else 80 or 443. Refused or Invalid with what to do; the message shows no path.
[[nodiscard]] Result<http::Url> allowed_url(const std::string& url, std::span<const std::string> hosts);

/// Whether somebody may be mailed: "ana@example.org" or "mailto:ana@example.org", whose domain is one of `domains`, or below one
/// that begins with `*.`. Answers the address alone. Refused or Invalid with what to do; the message shows no more than the
/// domain.
[[nodiscard]] Result<std::string> allowed_mail(std::string_view address, std::span<const std::string> domains);

/// Whether what a sender gave as its reply_to, a URL or a mail address, may be used.
[[nodiscard]] Result<void> allowed_reply(const std::string& reply_to, std::span<const std::string> hosts,
                                         std::span<const std::string> domains);

/// The channel kReplyChannel.
[[nodiscard]] std::unique_ptr<Channel> make_reply_channel(ReplyOptions options, Outside outside);

}  // namespace tocsin::notify
