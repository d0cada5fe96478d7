// Replies to senders: what people tell them about an incident, POSTed to the URL that the sender named. That URL is a stranger's
// word, so that only hosts which the settings allow are ever spoken to, and no redirect is followed.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

struct ReplyOptions {
    std::vector<std::string> hosts;  ///< "callback.example.org", "*.example.org", "10.0.0.5:8080"; in small letters.
    std::string secret;              ///< Signs; empty: nothing is signed. Never printed.
};

/// Whether a URL may be spoken to: it is http(s) and its host is one of `hosts`, or below one that begins with `*.`; the port is
/// that of the entry, else 80 or 443. Refused or Invalid with what to do; the message shows no path.
[[nodiscard]] Result<http::Url> allowed_url(const std::string& url, std::span<const std::string> hosts);

/// The channel kReplyChannel.
[[nodiscard]] std::unique_ptr<Channel> make_reply_channel(ReplyOptions options, Outside outside);

}  // namespace tocsin::notify
