// What is given to a mail server, and what its answer means. The one who speaks SMTP is smtp_client.hpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/notifier.hpp"

namespace tocsin::notify {

struct MailServer {
    /// Required: a server that does not offer TLS gets nothing, its certificate is verified. None: in clear text.
    enum class Tls : std::uint8_t { Required, None };
    std::string url;  ///< "smtp://mail.example.org:587" or "smtps://mail.example.org:465", with nothing behind the port.
    Tls tls = Tls::Required;
    std::string username;  ///< Empty: nobody logs in.
    std::string password;  ///< Never printed.
};

struct SmtpMail {
    MailServer server;
    std::string from;
    std::string to;
    std::string message;  ///< RFC 5322, lines ended by CRLF.
};

/// Sends one message within `patience`: SmtpClient::send, or a test's stand-in.
using MailTransport = std::function<void(SmtpMail, Duration patience, Notifier::OnOutcome)>;

/// How an attempt ended, in the words of those who took part.
struct SmtpEnding {
    enum class How : std::uint8_t {
        Accepted,    ///< The server has it.
        Refused,     ///< The server said no; its code and words say whether for good.
        Untrusted,   ///< Its certificate, or that it offers no TLS.
        TimedOut,    ///< It may have it all the same.
        Unreachable  ///< No address, no connection, or a broken one.
    };
    How how = How::Unreachable;
    long code = 0;           ///< The server's last, such as 550; 0: none.
    std::string said;        ///< The line that came with it.
    std::string what_broke;  ///< The client's words.
};

/// 4xx is tried again, 5xx is refused for good, with the server's words; a server that is not trusted is never tried again.
[[nodiscard]] Result<Receipt> outcome_of(const SmtpEnding& ending, const MailServer& server);

/// "smtp://mail.example.org:587" -> "mail.example.org:587".
[[nodiscard]] std::string place_of(const MailServer& server);

}  // namespace tocsin::notify
