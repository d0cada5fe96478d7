#include "daemon/config/key_text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <iterator>

#include "core/base/assert.hpp"

namespace tocsin::config {
namespace {

constexpr std::size_t kKeyBytes = 16;

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
    std::string text;
    text.reserve(2 * size);
    for (std::size_t i = 0; i < size; ++i) fmt::format_to(std::back_inserter(text), "{:02x}", bytes[i]);
    return text;
}

}  // namespace

std::string key_hash(std::string_view key) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    TOCSIN_ASSERT(EVP_Digest(key.data(), key.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1, "OpenSSL has SHA-256");
    return hexadecimal(digest.data(), size);
}

std::string new_key(KeyForm form) {
    std::array<unsigned char, kKeyBytes> bytes;
    TOCSIN_ASSERT(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "OpenSSL has random numbers");
    auto key = hexadecimal(bytes.data(), bytes.size());
    if (form == KeyForm::Uuid) {
        for (const std::size_t dash : {8U, 13U, 18U, 23U}) key.insert(dash, 1, '-');
    }
    return key;
}

}  // namespace tocsin::config
