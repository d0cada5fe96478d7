// Addresses and prefixes of both families.
#include <gtest/gtest.h>

#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::cidr_test {
namespace {

bool is_in(const std::string& prefix, const std::string& address) {
    return kit::holds(kit::text("ip", Operator::Cidr, {prefix}), {{"ip", address}});
}

TEST(Cidr, HoldsTheAddressesOfAnIpv4Prefix) {
    EXPECT_TRUE(is_in("10.0.0.0/8", "10.255.1.2"));
    EXPECT_FALSE(is_in("10.0.0.0/8", "11.0.0.1"));
    EXPECT_TRUE(is_in("192.168.4.0/22", "192.168.7.255"));
    EXPECT_FALSE(is_in("192.168.4.0/22", "192.168.8.0"));
    EXPECT_TRUE(is_in("0.0.0.0/0", "203.0.113.9"));
}

TEST(Cidr, HoldsTheAddressesOfAnIpv6Prefix) {
    EXPECT_TRUE(is_in("2001:db8::/32", "2001:db8:ffff::1"));
    EXPECT_FALSE(is_in("2001:db8::/32", "2001:db9::1"));
    EXPECT_TRUE(is_in("2001:db8:8000::/33", "2001:0DB8:8000:0:0:0:0:1"));
    EXPECT_FALSE(is_in("2001:db8:8000::/33", "2001:db8:7fff::1"));
    EXPECT_TRUE(is_in("::/0", "fe80::1"));
}

TEST(Cidr, ASingleAddressHoldsItself) {
    EXPECT_TRUE(is_in("10.1.2.3", "10.1.2.3"));
    EXPECT_FALSE(is_in("10.1.2.3", "10.1.2.4"));
    EXPECT_TRUE(is_in("::1", "0:0:0:0:0:0:0:1"));
}

TEST(Cidr, AnIpv4PrefixHoldsMappedAddresses) {
    EXPECT_TRUE(is_in("10.0.0.0/8", "::ffff:10.1.2.3"));
    EXPECT_FALSE(is_in("10.0.0.0/8", "::ffff:11.1.2.3"));
    EXPECT_TRUE(is_in("::ffff:10.0.0.0/104", "10.9.9.9"));
}

TEST(Cidr, AnIpv6PrefixHoldsNoIpv4Address) { EXPECT_FALSE(is_in("::/0", "10.1.2.3")); }

TEST(Cidr, OneOfSeveralPrefixesIsEnough) {
    const auto either = kit::text("ip", Operator::Cidr, {"10.0.0.0/8", "2001:db8::/32"});
    EXPECT_TRUE(kit::holds(either, {{"ip", "2001:db8::5"}}));
    EXPECT_FALSE(kit::holds(either, {{"ip", "172.16.0.1"}}));
}

TEST(Cidr, WhatIsNoAddressIsInNoPrefix) {
    for (const auto* value : {"", "web1", "10.1.2", "10.1.2.3:80", "10.1.2.3/8", "1.2.3.4.5", "::g", "010.1.2.3"}) {
        EXPECT_FALSE(is_in("0.0.0.0/0", value)) << value;
    }
}

TEST(Cidr, ChecksPrefixesBeforeTheyAreUsed) {
    for (const auto* good : {"10.0.0.0/8", "10.1.2.3/8", "10.1.2.3", "2001:db8::/32", "::1", "::/0", "0.0.0.0/0"}) {
        EXPECT_TRUE(check_cidr(good).has_value()) << good;
    }
    for (const auto* bad :
         {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "10.0.0/8", "example.org", "/8"}) {
        EXPECT_FALSE(check_cidr(bad).has_value()) << bad;
    }
    EXPECT_EQ(check_cidr("10.0.0.0/33").error().message(),
              "\"10.0.0.0/33\" is no address and no prefix such as 10.0.0.0/8 or 2001:db8::/32");
}

}  // namespace
}  // namespace tocsin::match::cidr_test
