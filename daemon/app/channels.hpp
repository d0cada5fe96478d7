// The channels of the settings, ready to carry pages.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/engine/relay.hpp"
#include "core/ports/clock.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"
#include "daemon/notify/smtp_client.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// All outlives the notifiers.
struct ChannelsOutside {
    const config::Settings& settings;
    http::Client& client;
    notify::SmtpClient* smtp_client;  ///< Null if there is no mail channel.
    const Clock& clock;
    std::string version;
    std::function<std::shared_ptr<const Rulebook>()> rulebook;
};

[[nodiscard]] bool sends_mail(const config::Settings& settings);

/// The sources that are told what is done here.
[[nodiscard]] engine::TwoWay two_way_of(const config::Settings& settings);

/// Adds every channel of the settings, and those by which senders are replied to and two-way sources told. Invalid with what is
/// wrong with a channel.
[[nodiscard]] Result<void> add_channels(const ChannelsOutside& outside, notify::Notifiers& notifiers);

}  // namespace tocsin::app
