#include "daemon/notify/one_time_code.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <cstdint>
#include <cstring>

#include "core/base/assert.hpp"
#include "daemon/http/signature.hpp"

namespace tocsin::notify {

std::string new_code() {
    unsigned char bytes[sizeof(std::uint64_t)];
    TOCSIN_ASSERT(RAND_bytes(bytes, sizeof bytes) == 1, "OpenSSL has random numbers");
    std::uint64_t number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return fmt::format("{:06}", number % 1'000'000);
}

std::string code_hash(const CodeFor& what) { return http::hmac_sha256_hex({what.about, what.code}); }

}  // namespace tocsin::notify
