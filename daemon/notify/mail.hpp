// The channel `mail`: a page is a message of mail, handed to your mail server by SMTP. The contact's address is a mail address.
//
// Delivered means that the server has accepted the message; its words for it ("queued as 4Xz...") are the receipt. A refusal with
// a code of 4xx and a broken connection are tried again, under the same Message-ID; 5xx is refused for good, with the server's
// words. TLS is required: a server that does not offer it gets no message, unless it is on this machine or `tls: none` says so.
#pragma once

#include "daemon/notify/channel.hpp"
#include "daemon/notify/smtp.hpp"

namespace tocsin::notify {

/// A server, and in whose name it is given mail.
struct MailSender {
    MailServer server;
    std::string from;
};
/// Url: the server. Secret: the password of the option `username`. Options: `from`, a mail address; `tls`, "required" (if absent)
/// or "none".
[[nodiscard]] Result<MailSender> read_mail_sender(const ChannelSettings& settings);

[[nodiscard]] Result<std::unique_ptr<Channel>> make_mail(const ChannelSettings& settings, Outside outside);

}  // namespace tocsin::notify
