#include "daemon/app/channels.hpp"

#include <utility>

#include "core/engine/triage.hpp"
#include "daemon/notify/reply.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

std::string incident_link_prefix(const config::Settings& settings) {
    return settings.public_url.empty() ? "" : settings.public_url + "/api/v1/incidents/";
}

notify::Outside notify_outside(const ChannelsOutside& all) {
    notify::Outside outside;
    outside.transport = [&client = all.client](http::ClientRequest request, Deadline deadline,
                                               http::Client::OnResponse on_response) {
        client.send(std::move(request), deadline, std::move(on_response));
    };
    outside.clock = &all.clock;
    outside.version = all.version;
    outside.incident_link_prefix = incident_link_prefix(all.settings);
    outside.runbook_of = [current = all.rulebook](const std::string& id) {
        const auto rulebook = current();
        const auto* service = rulebook ? rulebook->roster().service(id) : nullptr;
        return service == nullptr ? std::string() : service->runbook;
    };
    outside.write_page = observe::log_page;
    return outside;
}

}  // namespace

Result<void> add_channels(const ChannelsOutside& outside, notify::Notifiers& notifiers) {
    const auto& settings = outside.settings;
    for (const auto& [name, channel] : settings.channels) {
        notify::ChannelSettings own{name, channel.kind, channel.url, channel.secret ? channel.secret->value : "",
                                    channel.options};
        auto made = notify::make_channel(std::move(own), notify_outside(outside));
        if (!made) return made.error();
        if (auto added = notifiers.add(name, std::move(*made)); !added) return added.error();
    }
    const auto& replies = settings.replies;
    notify::ReplyOptions options{replies.hosts, replies.secret ? replies.secret->value : std::string()};
    return notifiers.add(std::string(engine::kReplyChannel),
                         notify::make_reply_channel(std::move(options), notify_outside(outside)));
}

}  // namespace tocsin::app
