#include "daemon/notify/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "core/base/mail_address.hpp"
#include "core/base/text.hpp"
#include "daemon/notify/dealing.hpp"
#include "daemon/notify/hook_request.hpp"
#include "daemon/notify/mail_message.hpp"

namespace tocsin::notify {
namespace {

namespace json = boost::json;

constexpr std::string_view kWhere = "replying to the sender";

bool allows(std::string_view entry, const http::Url& url) {
    const auto host = lower_ascii(url.host);
    const auto colon = entry.rfind(':');
    const auto name = entry.substr(0, colon);
    const bool is_port = colon == std::string_view::npos ? url.port == (url.is_tls ? 443 : 80)
                                                         : entry.substr(colon + 1) == fmt::to_string(url.port);
    if (!is_port) return false;
    return name.starts_with("*.") ? host.size() > name.size() - 1 && host.ends_with(name.substr(1)) : host == name;
}

constexpr std::string_view kMailto = "mailto:";

bool names_a_mailbox(std::string_view reply_to) {
    return reply_to.starts_with(kMailto) ||
           (reply_to.find('@') != std::string_view::npos && reply_to.find("://") == std::string_view::npos);
}

bool allows_domain(std::string_view entry, std::string_view domain) {
    if (!entry.starts_with("*.")) return domain == entry;
    return domain.size() > entry.size() - 1 && domain.ends_with(entry.substr(1));
}

class ReplyChannel final : public Channel {
public:
    ReplyChannel(ReplyOptions options, Outside outside) : options_(std::move(options)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
        if (names_a_mailbox(notification.page.address)) return mail(notification, deadline, std::move(on_outcome));
        const auto& page = notification.page;
        const auto& incident = notification.incident;
        auto url = allowed_url(page.address, options_.hosts);
        if (!url) return on_outcome(url.error().in(kWhere));
        // Only what a stranger may know: not who is paged, nor what else the incident holds.
        const json::object body{{"event", "reply"},
                                {"key", page.key()},
                                {"text", valid_utf8(page.why)},
                                {"incident", json::object{{"id", incident.id.value},
                                                          {"state", to_string(incident.state)},
                                                          {"summary", valid_utf8(incident.summary)}}}};
        post_to_hook({std::string(kWhere), std::move(*url), options_.secret}, page.key(), json::serialize(body), outside_,
                     deadline, std::move(on_outcome));
    }

private:
    void mail(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) const {
        const auto to = allowed_mail(notification.page.address, options_.domains);
        if (!to) return on_outcome(to.error().in(kWhere));
        if (!options_.mail || !outside_.mail) {
            return on_outcome(Error{Errc::Refused, "`replies` in tocsin.yaml names no mail channel"}.in(kWhere));
        }
        const auto& from = options_.mail->from;
        SmtpMail mail{options_.mail->server, from, *to, reply_mail(notification, {from, *to, outside_.clock->now()})};
        const auto patience = std::chrono::duration_cast<Duration>(deadline - outside_.clock->monotonic());
        outside_.mail(std::move(mail), patience, [on_outcome = std::move(on_outcome)](const Result<Receipt>& outcome) {
            on_outcome(outcome ? outcome : Result<Receipt>{outcome.error().in(kWhere)});
        });
    }

    ReplyOptions options_;
    Outside outside_;
};

}  // namespace

bool is_among(std::span<const std::string> hosts, const http::Url& url) {
    return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& entry) { return allows(entry, url); });
}

Result<http::Url> allowed_url(const std::string& url, std::span<const std::string> hosts) {
    auto parsed = http::parse_url(url);
    if (!parsed)
        return Error{Errc::Invalid, "what the sender gave as reply_to is no http:// or https:// URL, nor a mail address"};
    if (is_among(hosts, *parsed)) return parsed;
    return Error{Errc::Refused,
                 fmt::format("{} is not among the hosts that senders may be answered at; add it to `replies: {{ hosts: "
                             "[...] }}` in tocsin.yaml if it is one of yours",
                             place_of(*parsed))};
}

Result<std::string> allowed_mail(std::string_view address, std::span<const std::string> domains) {
    if (address.starts_with(kMailto)) address.remove_prefix(kMailto.size());
    if (!is_mail_address(address)) return Error{Errc::Invalid, "what the sender gave as reply_to is no mail address"};
    const auto domain = lower_ascii(mail_domain(address));
    if (std::any_of(domains.begin(), domains.end(), [&](const std::string& entry) { return allows_domain(entry, domain); })) {
        return std::string(address);
    }
    return Error{Errc::Refused,
                 fmt::format("{} is not among the domains that senders may be mailed at; add it to `replies: {{ domains: "
                             "[...] }}` in tocsin.yaml if it is one of yours",
                             domain)};
}

Result<void> allowed_reply(const std::string& reply_to, std::span<const std::string> hosts,
                           std::span<const std::string> domains) {
    if (names_a_mailbox(reply_to)) {
        const auto allowed = allowed_mail(reply_to, domains);
        return allowed ? Result<void>{} : Result<void>{allowed.error()};
    }
    const auto allowed = allowed_url(reply_to, hosts);
    return allowed ? Result<void>{} : Result<void>{allowed.error()};
}

std::unique_ptr<Channel> make_reply_channel(ReplyOptions options, Outside outside) {
    return std::make_unique<ReplyChannel>(std::move(options), std::move(outside));
}

}  // namespace tocsin::notify
