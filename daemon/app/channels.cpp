#include "daemon/app/channels.hpp"

#include <algorithm>
#include <utility>

#include "core/engine/triage.hpp"
#include "daemon/notify/relay.hpp"
#include "daemon/notify/reply.hpp"
#include "daemon/observe/probe.hpp"

namespace tocsin::app {
namespace {

std::string incident_link_prefix(const config::Settings& settings) {
    return settings.public_url.empty() ? "" : settings.public_url + "/api/v1/incidents/";
}

notify::ChannelSettings channel_settings(const config::ChannelSettings& channel) {
    return {channel.name, channel.kind, channel.url, channel.secret ? channel.secret->value : std::string(), channel.options};
}

Result<notify::ReplyOptions> reply_options(const config::Settings& settings) {
    const auto& replies = settings.replies;
    notify::ReplyOptions options{replies.hosts, replies.secret ? replies.secret->value : std::string(), replies.domains};
    const auto found = settings.channels.find(replies.channel);
    if (found == settings.channels.end()) return options;
    auto sender = notify::read_mail_sender(channel_settings(found->second));
    if (!sender) return sender.error().in("replies");
    options.mail = std::move(*sender);
    return options;
}

Result<notify::OpsgenieAccounts> two_way_accounts(const config::Settings& settings) {
    notify::OpsgenieAccounts accounts;
    for (const auto& [name, source] : settings.sources) {
        if (!source.two_way) continue;
        auto account = notify::opsgenie_account(source.two_way->url, source.two_way->secret.value);
        if (!account) return account.error().in("two_way of the source " + name);
        accounts.emplace(name, std::move(*account));
    }
    return accounts;
}

notify::Outside notify_outside(const ChannelsOutside& all) {
    notify::Outside outside;
    outside.transport = [&client = all.client](http::ClientRequest request, Deadline deadline,
                                               http::Client::OnResponse on_response) {
        client.send(std::move(request), deadline, std::move(on_response));
    };
    outside.clock = &all.clock;
    outside.version = all.version;
    outside.name = config::own_name(all.settings);
    outside.incident_link_prefix = incident_link_prefix(all.settings);
    outside.runbook_of = [current = all.rulebook](const std::string& id) {
        const auto rulebook = current();
        const auto* service = rulebook ? rulebook->roster().service(id) : nullptr;
        return service == nullptr ? std::string() : service->runbook;
    };
    outside.write_page = observe::log_page;
    if (all.smtp_client != nullptr) {
        outside.mail = [smtp_client = all.smtp_client](notify::SmtpMail mail, Duration patience, Notifier::OnOutcome on_outcome) {
            smtp_client->send(std::move(mail), patience, std::move(on_outcome));
        };
    }
    return outside;
}

}  // namespace

engine::TwoWay two_way_of(const config::Settings& settings) {
    engine::TwoWay two_way;
    for (const auto& [name, source] : settings.sources) {
        if (source.two_way) two_way.sources.push_back(name);
    }
    two_way.name = config::own_name(settings);
    return two_way;
}

bool sends_mail(const config::Settings& settings) {
    const auto& channels = settings.channels;
    return std::any_of(channels.begin(), channels.end(), [](const auto& entry) { return entry.second.kind == "mail"; });
}

Result<void> add_channels(const ChannelsOutside& outside, notify::Notifiers& notifiers) {
    const auto& settings = outside.settings;
    for (const auto& [name, channel] : settings.channels) {
        auto made = notify::make_channel(channel_settings(channel), notify_outside(outside));
        if (!made) return made.error();
        if (auto added = notifiers.add(name, std::move(*made)); !added) return added.error();
    }
    auto options = reply_options(settings);
    if (!options) return options.error();
    auto added = notifiers.add(std::string(engine::kReplyChannel),
                               notify::make_reply_channel(std::move(*options), notify_outside(outside)));
    if (!added) return added;
    auto accounts = two_way_accounts(settings);
    if (!accounts) return accounts.error();
    return notifiers.add(std::string(engine::kRelayChannel),
                         notify::make_relay_channel(std::move(*accounts), notify_outside(outside)));
}

}  // namespace tocsin::app
