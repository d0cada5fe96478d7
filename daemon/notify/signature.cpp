#include "daemon/notify/signature.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/base/assert.hpp"

namespace tocsin::notify {

std::string hmac_sha256_hex(const Signed& what) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const auto* done =
        HMAC(EVP_sha256(), what.secret.data(), static_cast<int>(what.secret.size()),
             reinterpret_cast<const unsigned char*>(what.message.data()), what.message.size(), digest.data(), &size);
    TOCSIN_ASSERT(done != nullptr, "OpenSSL has SHA-256");
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

}  // namespace tocsin::notify
