// Which addresses of senders may be spoken to: only what the settings allow, whatever the sender says.
#include "daemon/notify/reply.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::notify::reply_test {
namespace {

const std::vector<std::string> kHosts{"callback.example.org", "*.partner.example", "10.0.0.5:8080"};

bool allows(const std::string& url) { return allowed_url(url, kHosts).has_value(); }

TEST(ReplyAddress, IsAllowedOnTheHostsOfTheSettingsAndTheirUsualPorts) {
    EXPECT_TRUE(allows("https://callback.example.org/x?y=1"));
    EXPECT_TRUE(allows("http://CALLBACK.example.org"));
    EXPECT_TRUE(allows("https://a.b.partner.example/"));
    EXPECT_TRUE(allows("http://10.0.0.5:8080/hook"));
}

TEST(ReplyAddress, IsRefusedEverywhereElse) {
    for (const auto* url :
         {"https://callback.example.org.evil.example/", "https://evilcallback.example.org/", "https://partner.example/",
          "https://evilpartner.example/", "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:9877/-/reload",
          "https://callback.example.org:22/", "http://10.0.0.5/", "http://callback.example.org@evil.example/",
          "file:///etc/passwd", "gopher://callback.example.org/", "//callback.example.org/", ""}) {
        EXPECT_FALSE(allows(url)) << url;
    }
}

TEST(ReplyAddress, ThatIsRefusedSaysWhatToDoAndShowsNoPath) {
    const auto refused = allowed_url("https://other.example.org/secret-path", kHosts);
    ASSERT_FALSE(refused);
    EXPECT_EQ(
        refused.error().message(),
        "https://other.example.org is not among the hosts that senders may be answered at; add it to `replies: { hosts: [...] "
        "}` in tocsin.yaml if it is one of yours");
    EXPECT_FALSE(refused.error().retry().allowed());
}

}  // namespace
}  // namespace tocsin::notify::reply_test
