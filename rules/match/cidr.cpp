#include "rules/match/cidr.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

constexpr std::uint32_t kMappedBits = 96;  ///< ::ffff:0:0/96 holds the IPv4 addresses.

std::optional<std::uint32_t> parse_bits(std::string_view text, std::uint32_t most) {
    std::uint32_t bits = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, bits);
    if (text.empty() || read.ec != std::errc{} || read.ptr != end || bits > most) return {};
    return bits;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN + 1> terminated{};
    if (text.empty() || text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return {};
    std::copy(text.begin(), text.end(), terminated.begin());
    Address address;
    if (inet_pton(AF_INET6, terminated.data(), address.bytes.data()) == 1) return address;
    if (inet_pton(AF_INET, terminated.data(), address.bytes.data() + 12) != 1) return {};
    std::fill_n(address.bytes.begin(), 10, std::uint8_t{0});
    std::fill_n(address.bytes.begin() + 10, 2, std::uint8_t{0xFF});
    address.is_ipv4 = true;
    return address;
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return {};
    Prefix prefix;
    prefix.base_ = *address;
    if (slash == std::string_view::npos) return prefix;
    const auto bits = parse_bits(text.substr(slash + 1), address->is_ipv4 ? 32 : 128);
    if (!bits) return {};
    prefix.bits_ = *bits + (address->is_ipv4 ? kMappedBits : 0);
    return prefix;
}

bool Prefix::holds(const Address& address) const {
    if (address.is_ipv4 && bits_ < kMappedBits) return false;
    const auto whole = bits_ / 8;
    if (std::memcmp(address.bytes.data(), base_.bytes.data(), whole) != 0) return false;
    const auto rest = bits_ % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - rest));
    return ((address.bytes[whole] ^ base_.bytes[whole]) & mask) == 0;
}

Result<void> check_cidr(std::string_view prefix) {
    if (Prefix::parse(prefix)) return {};
    return Error(Errc::Invalid, fmt::format("\"{}\" is no address and no prefix such as 10.0.0.0/8 or 2001:db8::/32", prefix));
}

}  // namespace tocsin::match
