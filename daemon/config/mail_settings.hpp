// What the settings say about mail: channels of kind `mail`, and by which of them senders are answered.
#pragma once

#include <map>
#include <string>

#include "daemon/config/secrets.hpp"
#include "daemon/config/settings.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::config {

/// Reads server, from, username, password and tls into the channel; whatever is wrong is reported.
void read_mail_channel(const yaml::Record& record, SecretReader& secrets, ChannelSettings& channel);

/// Reads `domains` and `channel` of the replies; the channel must be one of `channels`, of kind mail.
void read_mail_replies(const yaml::Record& record, const std::map<std::string, ChannelSettings>& channels,
                       ReplySettings& replies);

}  // namespace tocsin::config
