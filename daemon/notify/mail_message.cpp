#include "daemon/notify/mail_message.hpp"

#include <fmt/format.h>

#include "core/base/mail_address.hpp"
#include "core/base/text.hpp"
#include "daemon/notify/mail_text.hpp"

namespace tocsin::notify {
namespace {

constexpr std::size_t kSubjectCodePointsMax = 150;

/// What the messages of a conversation have in common; empty: it stands alone.
std::string thread_of(const Notification& notification) {
    const auto& [page, incident, held] = notification;
    if (page.is_digest()) return "digest-" + page.digest;
    if (page.is_about_topic()) return {};
    return fmt::format("incident-{}.{}", incident.id.value, to_unix_ms(incident.opened_at));
}

std::string subject_of(const Notification& notification) {
    const auto& [page, incident, held] = notification;
    if (page.is_about_topic()) return std::string(page.subject());
    auto subject = fmt::format("[{}{}] {}", incident.is_drill ? "drill, " : "", to_string(incident.severity), incident.summary);
    if (incident.id.is_set()) subject += fmt::format(" (incident {})", incident.id.value);
    return subject;
}

std::string how_to_answer(const Page& page) {
    if (page.urgency != Urgency::Page) return {};
    if (page.is_digest())
        return fmt::format("\n\nTo acknowledge all of it: tocsin ack --digest {} --by {}", page.digest, page.person);
    return fmt::format("\n\nTo acknowledge: tocsin ack {} --by {}", page.incident.value, page.person);
}

std::string text_of(const Notification& notification, const PageLinks& links) {
    const auto& page = notification.page;
    if (!page.is_about_topic()) return page_description(notification, links) + how_to_answer(page);
    const auto rest = trimmed(std::string_view(page.text).substr(page.subject().size()));
    return std::string(rest.empty() ? page.subject() : rest);
}

/// What every message of ours has in its header.
struct Message {
    std::string subject;
    std::string name;    ///< Of this message: the same for every attempt.
    std::string thread;  ///< Of the conversation; empty: it stands alone.
    std::string text;
    std::string more_headers;
};

std::string written(const Message& message, const MailFrame& frame) {
    const auto domain = mail_domain(frame.from);
    auto mail = fmt::format("Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: {}\r\n", mail_date(frame.now),
                            frame.from, frame.to, header_text(truncated(one_line(message.subject), kSubjectCodePointsMax)),
                            message_id(message.name, domain));
    if (!message.thread.empty()) {
        const auto root = message_id(message.thread, domain);
        mail += fmt::format("In-Reply-To: {0}\r\nReferences: {0}\r\n", root);
    }
    mail += "Auto-Submitted: auto-generated\r\n";
    mail += message.more_headers;
    mail += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    return mail + quoted_printable(printable(message.text));
}

std::string name_of(const Page& page) { return fmt::format("{}.{}", page.key(), to_unix_ms(page.decided_at)); }

}  // namespace

std::string page_mail(const Notification& notification, const PageLinks& links, const MailFrame& frame) {
    const auto& page = notification.page;
    const auto* importance = page.urgency == Urgency::Page ? "Importance: high\r\nX-Priority: 1\r\n" : "";
    return written({.subject = subject_of(notification),
                    .name = name_of(page),
                    .thread = thread_of(notification),
                    .text = text_of(notification, links),
                    .more_headers = fmt::format("X-Tocsin-Key: {}\r\n{}", header_text(page.key()), importance)},
                   frame);
}

std::string reply_mail(const Notification& notification, const MailFrame& frame) {
    const auto& [page, incident, held] = notification;
    return written({.subject = fmt::format("Re: {} (incident {})", incident.summary, incident.id.value),
                    .name = name_of(page),
                    .thread = thread_of(notification),
                    .text = page.why,
                    .more_headers = {}},
                   frame);
}

}  // namespace tocsin::notify
