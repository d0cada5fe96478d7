// The channel `log`: a page is a line in the log. For trying tocsin out, and as the last resort of a fallback.
#pragma once

#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

/// Takes no url, secret or options. Always delivers.
[[nodiscard]] Result<std::unique_ptr<Channel>> make_log_channel(const ChannelSettings& settings, Outside outside);

}  // namespace tocsin::notify
