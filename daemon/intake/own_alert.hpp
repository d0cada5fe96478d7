// What tocsin says of itself: bytes of kind `tocsin`.
#pragma once

#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// Both the kind and the name of the source by which tocsin sends alerts to itself.
inline constexpr std::string_view kOwnSource = "tocsin";

/// Something that is wrong here until it is said to be over.
struct OwnAlert {
    std::string about;  ///< "rulebook"
    std::string what;   ///< Which one: the file; may be empty.
    std::string state;  ///< "stale"; "ok" says that it is over.
    std::string title;
    std::string text;
};
/// The payload, as if a sender had sent it.
[[nodiscard]] std::string own_payload(const OwnAlert& alert);
/// The key of the alert about it.
[[nodiscard]] std::string own_key(std::string_view about, std::string_view what);

[[nodiscard]] Alert own_alert(JsonView body);

}  // namespace tocsin::intake
