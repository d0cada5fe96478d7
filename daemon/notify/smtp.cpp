#include "daemon/notify/smtp.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "daemon/notify/page_text.hpp"

namespace tocsin::notify {
namespace {

constexpr std::size_t kSmtpWordsMax = 200;

/// "550 5.1.1 no such user" -> "5.1.1 no such user".
std::string_view without_code(std::string_view line) {
    constexpr std::size_t kCode = 3;
    const bool has_code = line.size() > kCode && line.substr(0, kCode).find_first_not_of("0123456789") == std::string_view::npos;
    return trimmed(has_code ? line.substr(kCode + 1) : line);
}

Error refused_by_server(const SmtpEnding& ending, const std::string& words) {
    auto message = fmt::format("answered {}", ending.code);
    if (!words.empty()) message += ": " + words;
    constexpr long kPermanent = 500;
    if (ending.code >= kPermanent) return Error{Errc::Rejected, std::move(message)};
    return Error{Errc::Unavailable, std::move(message), Retry::now()};
}

}  // namespace

std::string place_of(const MailServer& server) {
    const auto scheme = server.url.find("://");
    return scheme == std::string::npos ? server.url : server.url.substr(scheme + 3);
}

Result<Receipt> outcome_of(const SmtpEnding& ending, const MailServer& server) {
    const auto shown = [&](std::string_view text) {
        return truncated(one_line(without_secrets(std::string(text), {server.password})), kSmtpWordsMax);
    };
    const auto words = shown(without_code(trimmed(ending.said)));
    const auto doing = "mailing by " + place_of(server);
    switch (ending.how) {
        case SmtpEnding::How::Accepted: return Receipt{words};
        case SmtpEnding::How::Refused: return refused_by_server(ending, words).in(doing);
        case SmtpEnding::How::Untrusted:
            return Error{Errc::Rejected, fmt::format("{}; a server of your own without TLS needs `tls: none`, one with a "
                                                     "certificate of your own `ca_file`",
                                                     shown(ending.what_broke))}
                .in(doing);
        case SmtpEnding::How::TimedOut: return Error{Errc::TimedOut, "no answer in time", Retry::now()}.in(doing);
        case SmtpEnding::How::Unreachable: return Error{Errc::Unavailable, shown(ending.what_broke), Retry::now()}.in(doing);
    }
    return Error{Errc::Internal, "an ending of no kind"};
}

}  // namespace tocsin::notify
