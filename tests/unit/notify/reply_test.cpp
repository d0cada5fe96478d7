// Which addresses of senders may be spoken to: only what the settings allow, whatever the sender says.
#include "daemon/notify/reply.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/fake_outside.hpp"

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

const std::vector<std::string> kDomains{"example.org", "*.partner.example"};

TEST(ReplyAddress, MayBeAMailAddressOfTheDomainsOfTheSettings) {
    EXPECT_EQ(*allowed_mail("ana@example.org", kDomains), "ana@example.org");
    EXPECT_EQ(*allowed_mail("mailto:ana@EXAMPLE.org", kDomains), "ana@EXAMPLE.org");
    EXPECT_TRUE(allowed_mail("ana@a.partner.example", kDomains));
    for (const auto* address : {"ana@evil.example", "ana@partner.example", "ana@evilexample.org", "ana@example.org.evil.example",
                                "ana@example.org@evil.example", "ana@example.org,b@evil.example", "ana@example.org\r\nBcc: b",
                                "mailto:ana@example.org?bcc=b@evil.example", "mailto:", "@example.org", ""}) {
        EXPECT_FALSE(allowed_mail(address, kDomains)) << address;
    }
    EXPECT_EQ(allowed_mail("ana.secret@evil.example", kDomains).error().message(),
              "evil.example is not among the domains that senders may be mailed at; add it to `replies: { domains: [...] }` in "
              "tocsin.yaml if it is one of yours");
}

TEST(ReplyAddress, IsMailedToIfItIsAMailAddressWithNothingThatIsNobodysBusiness) {
    test::FakeOutside world;
    ReplyOptions options;
    options.domains = kDomains;
    options.mail = MailSender{{"smtp://mail.example.org:587", MailServer::Tls::Required, "", ""}, "tocsin@example.org"};
    const auto channel = make_reply_channel(options, world.outside());
    auto notification = test::a_notification();
    notification.page.person = "sender";
    notification.page.address = "mailto:ana@example.org";
    notification.page.why = "we look at it";
    EXPECT_TRUE(*test::outcome_of(*channel, notification));
    ASSERT_EQ(world.mails.size(), 1U);
    EXPECT_EQ(world.mails[0].to, "ana@example.org");
    const auto& message = world.mails[0].message;
    EXPECT_NE(message.find("Subject: Re: Checkout errors above 5 % (incident 42)\r\n"), std::string::npos) << message;
    EXPECT_NE(message.find("we look at it\r\n"), std::string::npos) << message;
    EXPECT_EQ(message.find("splunk.example.org"), std::string::npos) << message;
    notification.page.address = "ana@evil.example";
    EXPECT_FALSE(*test::outcome_of(*channel, notification));
    EXPECT_EQ(world.mails.size(), 1U);
}

}  // namespace
}  // namespace tocsin::notify::reply_test
