// The keys of alerts that Opsgenie's webhook tells of: its id of the alert, or the next best that the message has behind a word
// for what that is. What is told back to Opsgenie names the alert by the same. A Create of the API without an alias is known by
// its title too.
#pragma once

#include <string_view>

namespace tocsin::opsgenie_keys {

inline constexpr std::string_view kAlias = "alias:";
inline constexpr std::string_view kTinyId = "tinyId:";
/// The alert's title: enough to keep alerts apart here, but no name by which Opsgenie knows one.
inline constexpr std::string_view kMessage = "message:";

}  // namespace tocsin::opsgenie_keys
