// URLs taken apart, and what their errors say.
#include <gtest/gtest.h>

#include "daemon/http/client.hpp"

namespace tocsin::http::url_test {
namespace {

std::string complaint(std::string_view text) {
    const auto url = parse_url(text);
    return url ? "accepted" : url.error().message();
}

TEST(HttpUrl, TakesSchemeHostPortAndTargetApart) {
    const auto url = parse_url("https://Hooks.Example.org:8443/services/T0/B0?x=1&y=%20#part");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->is_tls);
    EXPECT_EQ(url->host, "hooks.example.org");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/services/T0/B0?x=1&y=%20");
}

TEST(HttpUrl, KnowsTheUsualPortsAndTheEmptyPath) {
    const auto plain = parse_url("HTTP://example.org");
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->is_tls);
    EXPECT_EQ(plain->port, 80);
    EXPECT_EQ(plain->target, "/");
    const auto tls = parse_url("https://example.org?x");
    ASSERT_TRUE(tls);
    EXPECT_EQ(tls->port, 443);
    EXPECT_EQ(tls->target, "/?x");
}

TEST(HttpUrl, TakesAnIPv6AddressInBrackets) {
    const auto url = parse_url("http://[::1]:9000/x");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, 9000);
}

TEST(HttpUrl, RefusesAUserNameWithoutShowingIt) {
    const auto message = complaint("https://user:s3cret@example.org/");
    EXPECT_EQ(message,
              "this is not a URL that can be called: it holds a user name or a password before the host; give those as a header");
}

TEST(HttpUrl, RefusesWhatIsNoUrl) {
    constexpr std::string_view kStart = "this is not a URL that can be called: ";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "it must begin with http:// or https://"},
        {"example.org/x", "it must begin with http:// or https://"},
        {"ftp://example.org/", "it must begin with http:// or https://"},
        {"http://", "the host must be a name of ASCII letters, digits, '.' and '-', or an address (IPv6 in brackets)"},
        {"http://b\xC3\xBC.example/",
         "the host must be a name of ASCII letters, digits, '.' and '-', or an address (IPv6 in brackets)"},
        {"http://[::1/", "the host must be a name of ASCII letters, digits, '.' and '-', or an address (IPv6 in brackets)"},
        {"http://a:0/", "the port of a must be a number from 1 to 65535"},
        {"http://a:65536/", "the port of a must be a number from 1 to 65535"},
        {"http://a:8x/", "the port of a must be a number from 1 to 65535"},
        {"http://[::1]8/", "the port of ::1 must be a number from 1 to 65535"},
        {"http://a/b c", "after a there is a byte that must be written as %XX"},
        {"http://a/b\r\nX: y", "after a there is a byte that must be written as %XX"},
    };
    for (const auto& [text, why] : cases) EXPECT_EQ(complaint(text), std::string{kStart} + why) << text;
}

}  // namespace
}  // namespace tocsin::http::url_test
