// What a page says to a person who reads it as text, the same in every channel that has room for it.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/notifier.hpp"
#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

/// Where to read on; empty: nowhere.
struct PageLinks {
    std::string incident;
    std::string runbook;
};
[[nodiscard]] PageLinks page_links(const Notification& notification, const Outside& outside);

/// Of a page about an incident, or a digest: the summary, what it is about or what it holds, who is paged and why, where to read
/// on.
[[nodiscard]] std::string page_description(const Notification& notification, const PageLinks& links);

/// Without control characters and line breaks.
[[nodiscard]] std::string one_line(std::string_view text);

/// `text` with every occurrence of each of `secrets` blanked; the longer ones should come first.
[[nodiscard]] std::string without_secrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace tocsin::notify
