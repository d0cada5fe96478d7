#include "daemon/notify/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/notify/dealing.hpp"
#include "daemon/notify/hook_request.hpp"

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

class ReplyChannel final : public Channel {
public:
    ReplyChannel(ReplyOptions options, Outside outside) : options_(std::move(options)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
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
    ReplyOptions options_;
    Outside outside_;
};

}  // namespace

Result<http::Url> allowed_url(const std::string& url, std::span<const std::string> hosts) {
    auto parsed = http::parse_url(url);
    if (!parsed) return Error{Errc::Invalid, "what the sender gave as reply_to is no http:// or https:// URL"};
    if (std::any_of(hosts.begin(), hosts.end(), [&](const std::string& entry) { return allows(entry, *parsed); })) return parsed;
    return Error{Errc::Refused,
                 fmt::format("{} is not among the hosts that senders may be answered at; add it to `replies: {{ hosts: "
                             "[...] }}` in tocsin.yaml if it is one of yours",
                             place_of(*parsed))};
}

std::unique_ptr<Channel> make_reply_channel(ReplyOptions options, Outside outside) {
    return std::make_unique<ReplyChannel>(std::move(options), std::move(outside));
}

}  // namespace tocsin::notify
