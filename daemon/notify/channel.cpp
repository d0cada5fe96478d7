#include "daemon/notify/channel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/notify/log_channel.hpp"
#include "daemon/notify/mail.hpp"
#include "daemon/notify/opsgenie.hpp"
#include "daemon/notify/webhook.hpp"

namespace tocsin::notify {
namespace {

Error unknown_kind(const std::string& kind) {
    auto message = fmt::format("there is no kind \"{}\"; the kinds are {}", printable(kind), fmt::join(kinds(), ", "));
    if (const auto near = nearest(kind, kinds())) message += fmt::format("; did you mean \"{}\"?", *near);
    return Error{Errc::Invalid, std::move(message)};
}

Result<std::unique_ptr<Channel>> make_of_kind(const ChannelSettings& settings, Outside outside) {
    if (settings.kind == "webhook") return make_webhook(settings, std::move(outside));
    if (settings.kind == "opsgenie") return make_opsgenie(settings, std::move(outside));
    if (settings.kind == "mail") return make_mail(settings, std::move(outside));
    if (settings.kind == "log") return make_log_channel(settings, std::move(outside));
    return unknown_kind(settings.kind);
}

}  // namespace

std::string runbook_of(const Incident& incident, const Outside& outside) {
    return outside.runbook_of ? outside.runbook_of(incident.service) : std::string();
}

const std::vector<std::string>& kinds() {
    static const std::vector<std::string> kKinds{"webhook", "opsgenie", "mail", "log"};
    return kKinds;
}

Result<std::unique_ptr<Channel>> make_channel(ChannelSettings settings, Outside outside) {
    TOCSIN_ASSERT(outside.transport && outside.clock != nullptr && outside.write_page, "a channel is made with all it needs");
    auto channel = make_of_kind(settings, std::move(outside));
    if (!channel) return channel.error().in(fmt::format("channel {}", printable(settings.name)));
    return channel;
}

Result<void> Notifiers::add(const std::string& name, std::unique_ptr<Channel> channel) {
    const auto [place, is_new] = channels_.try_emplace(name, std::move(channel));
    if (!is_new) return Error{Errc::Conflict, fmt::format("there are two channels called \"{}\"", printable(name))};
    return {};
}

std::vector<std::string> Notifiers::names() const {
    std::vector<std::string> names;
    for (const auto& [name, channel] : channels_) names.push_back(name);
    return names;
}

void Notifiers::send(Notification notification, Deadline deadline, OnOutcome on_outcome) {
    const auto found = channels_.find(notification.page.channel);
    if (found == channels_.end()) {
        const auto& page = notification.page;
        return on_outcome(
            Error{Errc::NotFound, fmt::format("{}'s contact {} names the channel \"{}\", which tocsin.yaml does not have",
                                              printable(page.person), printable(page.via), printable(page.channel))});
    }
    found->second->send(notification, deadline, std::move(on_outcome));
}

}  // namespace tocsin::notify
