#include "daemon/http/signature.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/base/assert.hpp"

namespace tocsin::http {
namespace {

std::string hmac_sha256(const Signed& what) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const auto* done =
        HMAC(EVP_sha256(), what.secret.data(), static_cast<int>(what.secret.size()),
             reinterpret_cast<const unsigned char*>(what.message.data()), what.message.size(), digest.data(), &size);
    TOCSIN_ASSERT(done != nullptr, "OpenSSL has SHA-256");
    return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::string hmac_sha256_hex(const Signed& what) {
    std::string hex;
    for (const char c : hmac_sha256(what)) hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return hex;
}

std::string hmac_sha256_base64(const Signed& what) {
    const auto digest = hmac_sha256(what);
    std::array<unsigned char, EVP_MAX_MD_SIZE * 2> text{};
    const auto size =
        EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(digest.data()), static_cast<int>(digest.size()));
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)};
}

std::optional<std::string> base64_decoded(std::string_view text) {
    constexpr std::size_t kBytesMax = 8'192;
    if (text.empty() || text.size() % 4 != 0 || text.size() > kBytesMax) return {};
    std::string bytes(text.size() / 4 * 3, '\0');
    const auto size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) return {};
    // OpenSSL counts the zero bytes that the padding stands for.
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace tocsin::http
