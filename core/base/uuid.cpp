#include "core/base/uuid.hpp"

#include <fmt/format.h>

namespace tocsin {
namespace {

constexpr std::uint64_t kTimeMask = 0xFFFFFFFFFFFFULL;
constexpr std::uint64_t kTwelveBits = 0xFFF;
constexpr std::uint64_t kVersion = 0x7000;
constexpr std::uint64_t kVariant = 0x8000;
constexpr std::uint64_t kVariantRoom = 0x3FFF;

std::string uuid_text(TimePoint t, std::uint64_t high, std::uint64_t low) {
    const auto time = static_cast<std::uint64_t>(to_unix_ms(t)) & kTimeMask;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", time >> 16U, time & 0xFFFFU, kVersion | (high & kTwelveBits),
                       kVariant | ((high >> 12U) & kVariantRoom), low & kTimeMask);
}

}  // namespace

std::string new_uuid(TimePoint now, Rng& rng) {
    const auto high = rng.next();
    return uuid_text(now, high, rng.next());
}

std::string least_uuid(TimePoint t) { return uuid_text(t, 0, 0); }

}  // namespace tocsin
