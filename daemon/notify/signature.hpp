// HMAC-SHA256, for what receivers of pages can verify.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::notify {

struct Signed {
    std::string_view secret;
    std::string_view message;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string hmac_sha256_hex(const Signed& what);

}  // namespace tocsin::notify
