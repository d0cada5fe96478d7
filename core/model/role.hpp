// What somebody is in a schedule.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin {

enum class Role : std::uint8_t {
    Primary,
    Secondary,  ///< Stands behind the primary.
    Shadow,     ///< Is told as well, and relied on by nobody: a beginner who looks on.
};

/// "primary", "secondary", "shadow"
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

}  // namespace tocsin
