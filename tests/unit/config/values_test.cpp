// The values that only the settings have, each as it may be written and as it may not.
#include <gtest/gtest.h>

#include "daemon/config/values.hpp"

namespace tocsin::config::values_test {
namespace {

TEST(ConfigValues, ListenIsAnAddressAndAPort) {
    EXPECT_EQ(parse_listen("0.0.0.0:80")->address, "0.0.0.0");
    EXPECT_EQ(parse_listen("0.0.0.0:80")->port, 80);
    EXPECT_EQ(parse_listen("[::]:65535")->address, "::");
    for (const auto* bad : {"", ":80", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80",
                            "[127.0.0.1]:80", "127.0.0.1:80 ", "256.0.0.1:80"}) {
        EXPECT_FALSE(parse_listen(bad)) << bad;
    }
}

TEST(ConfigValues, SizesAreBytesInPowersOfTwo) {
    EXPECT_EQ(parse_bytes("4096"), 4096U);
    EXPECT_EQ(parse_bytes("512KiB"), std::size_t{512} << 10U);
    EXPECT_EQ(parse_bytes("4MiB"), std::size_t{4} << 20U);
    EXPECT_EQ(parse_bytes("1024GiB"), std::size_t{1} << 40U);
    for (const auto* bad : {"", "MiB", "4 MiB", "4MB", "4M", "-1", "1.5MiB", "1025GiB", "99999999999999999999"}) {
        EXPECT_FALSE(parse_bytes(bad)) << bad;
    }
}

TEST(ConfigValues, UrlsAreAbsoluteAndCarryNoPassword) {
    EXPECT_EQ(parse_web_url("https://example.org/"), "https://example.org");
    EXPECT_EQ(parse_web_url("http://[::1]:80/a?b=c"), "http://[::1]:80/a?b=c");
    for (const auto* bad : {"", "example.org", "ftp://example.org", "https://", "https:///x", "https://:80/", "https://a b/",
                            "https://user:password@example.org/"}) {
        EXPECT_FALSE(parse_web_url(bad)) << bad;
    }
}

TEST(ConfigValues, MailServersHaveASchemeAHostAndTheUsualPort) {
    EXPECT_EQ(parse_mail_server("smtp://mail.example.org")->url, "smtp://mail.example.org:587");
    EXPECT_EQ(parse_mail_server("smtps://mail.example.org/")->url, "smtps://mail.example.org:465");
    EXPECT_EQ(parse_mail_server("smtp://[::1]:25")->url, "smtp://[::1]:25");
    EXPECT_TRUE(parse_mail_server("smtp://127.0.0.1:25")->is_here);
    EXPECT_FALSE(parse_mail_server("smtp://mail.example.org:25")->is_here);
    EXPECT_TRUE(parse_mail_server("smtps://mail.example.org")->is_tls);
    for (const auto* bad : {"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://:25", "smtp://a:0",
                            "smtp://a:x", "smtp://a:65536", "smtp://a/b", "smtp://u:p@a", "smtp://[x]", "smtp://a b"}) {
        EXPECT_FALSE(parse_mail_server(bad)) << bad;
    }
}

TEST(ConfigValues, AllowedHostsAreNamesWithWhatIsBelowThemAndAPort) {
    EXPECT_EQ(parse_allowed_host("Callback.example.org"), "callback.example.org");
    EXPECT_EQ(parse_allowed_host("*.example.org:8443"), "*.example.org:8443");
    EXPECT_EQ(parse_allowed_host("10.0.0.5"), "10.0.0.5");
    for (const auto* bad : {"", "*", "*.org", "*.", "a b", "https://example.org", "example.org/", "example.org:", "example.org:x",
                            "a@example.org", "exa*mple.org", ".example.org"}) {
        EXPECT_FALSE(parse_allowed_host(bad)) << bad;
    }
}

TEST(ConfigValues, PlainHttpIsExposedUnlessItStaysOnThisMachine) {
    EXPECT_TRUE(is_exposed("http://example.org"));
    EXPECT_TRUE(is_exposed("http://localhost.example.org"));
    EXPECT_FALSE(is_exposed("https://example.org"));
    EXPECT_FALSE(is_exposed("http://127.0.0.1:8080/x"));
    EXPECT_FALSE(is_exposed("http://localhost/x"));
    EXPECT_FALSE(is_exposed("http://[::1]:80/x"));
}

TEST(ConfigValues, NamesAreSafeInPathsAndLabels) {
    EXPECT_TRUE(parse_name("splunk-eu.2_a"));
    for (const auto* bad : {"", "-a", ".a", "a/b", "a b", "ü", "a{}"}) EXPECT_FALSE(parse_name(bad)) << bad;
    EXPECT_FALSE(parse_name(std::string(64, 'a')));
}

TEST(ConfigValues, HeaderNamesAreTokens) {
    EXPECT_TRUE(parse_header_name("X-Tocsin-Secret"));
    for (const auto* bad : {"", "X Tocsin", "X:", "Ü"}) EXPECT_FALSE(parse_header_name(bad)) << bad;
}

}  // namespace
}  // namespace tocsin::config::values_test
