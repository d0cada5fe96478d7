// HMAC-SHA256, by which bodies are signed, and base64, in which signatures and passwords are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::http {

struct Signed {
    std::string_view secret;
    std::string_view message;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string hmac_sha256_hex(const Signed& what);
[[nodiscard]] std::string hmac_sha256_base64(const Signed& what);

/// Nothing for what is no base64 with its padding.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace tocsin::http
