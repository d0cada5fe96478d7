// Internet addresses and prefixes, both families in one 128-bit form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::match {

/// An address; an IPv4 one in its IPv4-mapped form.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool is_ipv4 = false;  ///< Written with dots only; not so for "::ffff:10.0.0.1".
};

[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// The addresses that share the first bits of one. IPv4 prefixes hold IPv4-mapped IPv6 addresses too; an IPv6 prefix such as ::/0
/// holds no IPv4 address.
class Prefix {
public:
    /// "10.0.0.0/8", "2001:db8::/32", or a single address. Bits behind the prefix are not looked at.
    [[nodiscard]] static std::optional<Prefix> parse(std::string_view text);

    [[nodiscard]] bool holds(const Address& address) const;
    [[nodiscard]] const Address& base() const { return base_; }
    /// How many bits of the base count; of an IPv4 prefix, 96 more than were written.
    [[nodiscard]] std::uint32_t bits() const { return bits_; }

private:
    Address base_;
    std::uint32_t bits_ = 128;
};

}  // namespace tocsin::match
