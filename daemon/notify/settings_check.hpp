// What channels check of their settings, in the same words for all. Each is Invalid and names the setting, not its value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

/// Every option is one of `known`; an error suggests the nearest.
[[nodiscard]] Result<void> check_options(const ChannelSettings& settings, const std::vector<std::string>& known);
[[nodiscard]] Result<http::Url> check_url(std::string_view url);
/// It can stand in a header: no control characters.
[[nodiscard]] Result<void> check_header_secret(std::string_view secret);

}  // namespace tocsin::notify
