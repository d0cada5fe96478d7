// A page as a message of mail (RFC 5322), ready for SMTP.
//
// Its Message-ID is made of the page's idempotency key and the instant at which the page was decided: every attempt has the same,
// so that a server or a reader that knows one drops the other, and a new database does not give an old one again. All pages of an
// incident refer to one message that was never sent (In-Reply-To, References), by which mail programs show them together.
#pragma once

#include <string>

#include "core/ports/notifier.hpp"
#include "daemon/notify/page_text.hpp"

namespace tocsin::notify {

struct MailFrame {
    std::string from;  ///< A mail address, as `to` is.
    std::string to;
    TimePoint now;  ///< The message's date.
};

/// A page, a notice, a digest, or the word about a shift or a silence.
[[nodiscard]] std::string page_mail(const Notification& notification, const PageLinks& links, const MailFrame& frame);
/// What the sender of an incident is told: only what a stranger may know, not who is paged, nor what else the incident holds.
[[nodiscard]] std::string reply_mail(const Notification& notification, const MailFrame& frame);

}  // namespace tocsin::notify
