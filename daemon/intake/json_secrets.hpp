// Credentials that senders put into bodies: nothing behind this file sees them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "daemon/intake/json.hpp"

namespace tocsin::intake {

inline constexpr std::string_view kHiddenValue = "***";

/// Whether values under such a key are secret wherever it stands: `session_key`, `authorization`, `proxy-authorization`, without
/// regard to case, `_` and `-`.
[[nodiscard]] bool is_secret_key(std::string_view key);

/// The text with what follows `session_key` in it (`session_key=...`, `"session_key": "..."`, `<session_key>...`) blanked out.
[[nodiscard]] std::string without_session_keys(std::string_view text);

/// Replaces secrets in what was read by kHiddenValue: values under secret keys and under the root's members `secret_members`, the
/// same values elsewhere, and session keys inside of texts. Returns the body with the same replacements, if there were any.
[[nodiscard]] std::optional<std::string> hide_secrets(JsonReader& reader, const std::string& body,
                                                      std::span<const std::string_view> secret_members);

}  // namespace tocsin::intake
