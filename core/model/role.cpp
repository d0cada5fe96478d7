#include "core/model/role.hpp"

#include <array>

#include "core/base/assert.hpp"

namespace tocsin {

std::string_view to_string(Role role) {
    switch (role) {
        case Role::Primary: return "primary";
        case Role::Secondary: return "secondary";
        case Role::Shadow: return "shadow";
    }
    TOCSIN_ASSERT(false, "every role has a name");
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto role : std::array{Role::Primary, Role::Secondary, Role::Shadow}) {
        if (text == to_string(role)) return role;
    }
    return {};
}

}  // namespace tocsin
