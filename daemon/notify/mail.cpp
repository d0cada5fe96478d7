#include "daemon/notify/mail.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/assert.hpp"
#include "core/base/mail_address.hpp"
#include "core/base/text.hpp"
#include "daemon/notify/mail_message.hpp"
#include "daemon/notify/settings_check.hpp"

namespace tocsin::notify {
namespace {

std::string option_of(const ChannelSettings& settings, const std::string& name) {
    const auto found = settings.options.find(name);
    return found == settings.options.end() ? std::string() : found->second;
}

class Mail final : public Channel {
public:
    Mail(std::string name, MailSender sender, Outside outside)
        : name_(std::move(name)), sender_(std::move(sender)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
        const auto& page = notification.page;
        const auto channel = "channel " + name_;
        if (!is_mail_address(page.address)) {
            return on_outcome(Error{Errc::Invalid, fmt::format("\"{}\" is no mail address", printable(page.address))}
                                  .in(fmt::format("{}'s contact {}", printable(page.person), printable(page.via)))
                                  .in(channel));
        }
        const MailFrame frame{sender_.from, page.address, outside_.clock->now()};
        SmtpMail mail{sender_.server, sender_.from, page.address,
                      page_mail(notification, page_links(notification, outside_), frame)};
        const auto patience = std::chrono::duration_cast<Duration>(deadline - outside_.clock->monotonic());
        outside_.mail(std::move(mail), patience, [channel, on_outcome = std::move(on_outcome)](const Result<Receipt>& outcome) {
            on_outcome(outcome ? outcome : Result<Receipt>{outcome.error().in(channel)});
        });
    }

private:
    std::string name_;
    MailSender sender_;
    Outside outside_;
};

}  // namespace

Result<MailSender> read_mail_sender(const ChannelSettings& settings) {
    if (auto checked = check_options(settings, {"from", "username", "tls"}); !checked) return checked.error();
    MailSender sender;
    sender.from = option_of(settings, "from");
    if (!is_mail_address(sender.from)) {
        return Error{Errc::Invalid, "\"from\" is missing or no mail address such as tocsin@example.org"};
    }
    sender.server = {settings.url, MailServer::Tls::Required, option_of(settings, "username"), settings.secret};
    if (!settings.url.starts_with("smtp://") && !settings.url.starts_with("smtps://")) {
        return Error{Errc::Invalid, "\"server\" is missing, such as smtp://mail.example.org:587 or smtps://mail.example.org:465"};
    }
    if (sender.server.username.empty() != settings.secret.empty()) {
        return Error{Errc::Invalid, "a user name needs a password (secret_file), and a password a user name"};
    }
    const auto tls = option_of(settings, "tls");
    if (tls == "none") sender.server.tls = MailServer::Tls::None;
    if (!tls.empty() && tls != "none" && tls != "required") {
        return Error{Errc::Invalid, fmt::format("tls is \"required\" or \"none\", not \"{}\"", printable(tls))};
    }
    return sender;
}

Result<std::unique_ptr<Channel>> make_mail(const ChannelSettings& settings, Outside outside) {
    TOCSIN_ASSERT(outside.mail, "whoever makes a mail channel can send mail");
    auto sender = read_mail_sender(settings);
    if (!sender) return sender.error();
    return std::unique_ptr<Channel>(std::make_unique<Mail>(settings.name, std::move(*sender), std::move(outside)));
}

}  // namespace tocsin::notify
