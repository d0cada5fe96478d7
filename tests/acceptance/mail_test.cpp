// Pages and replies by mail, through a real mail server.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"
#include "tests/support/mail_server.hpp"

namespace tocsin::test::mail_test {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

/// As Rulebook::tiny() has it, with people who are reached by mail.
Rulebook with_mailboxes() {
    auto rulebook = Rulebook::tiny();
    for (const auto* person : {"ana", "ben", "meg"}) {
        rulebook.yaml = replaced(rulebook.yaml, fmt::format("hook: {}", person), fmt::format("hook: {}@example.org", person));
    }
    return rulebook;
}

/// The daemon with its one channel a mail channel, and what else its settings say.
void mails_by(Daemon& daemon, const std::string& channel, const std::string& more = {}) {
    daemon.stop();
    const auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    daemon.folder().write("tocsin.yaml", replaced(settings, "hook: { kind: log }", "hook: " + channel) + more);
    daemon.start();
}

std::string plain(const MailServer& server) {
    return fmt::format(R"({{ kind: mail, server: "{}", from: tocsin@example.org }})", server.url());
}

bool says(Daemon& daemon, std::int64_t incident, const std::string& what) {
    return daemon.eventually([&] { return daemon.incident(incident).body.find(what) != std::string::npos; });
}

TEST(MailPages, ReachThePersonWithHeadersThatMailProgramsSortBy) {
    MailServer server;
    Daemon daemon(with_mailboxes());
    mails_by(daemon, plain(server));
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto mail = server.next();
    ASSERT_TRUE(mail) << daemon.log();
    EXPECT_EQ(mail->from, "tocsin@example.org");
    EXPECT_EQ(mail->to, "ana@example.org");
    EXPECT_EQ(mail->header("To"), "ana@example.org");
    EXPECT_EQ(mail->header("Auto-Submitted"), "auto-generated");
    EXPECT_NE(mail->header("Subject").find("disk full"), std::string::npos) << mail->text;
    EXPECT_EQ(mail->header("Message-ID").find("<1-0-0-0-ana-push."), 0U) << mail->text;
    EXPECT_TRUE(says(daemon, 1, "page_delivered")) << daemon.log();
    ASSERT_TRUE(
        daemon.ask({"POST", "/api/v1/incidents/1/escalate", "{}", {{"Authorization", std::string("Bearer ") + kApiToken}}})
            .status == 200U);
    const auto next = server.next();
    ASSERT_TRUE(next) << daemon.log();
    EXPECT_EQ(next->to, "ben@example.org");
    EXPECT_EQ(next->header("References"), mail->header("References"));
    EXPECT_NE(next->header("Message-ID"), mail->header("Message-ID"));
}

TEST(MailPages, AreSentAgainUnderTheSameMessageIdWhenTheServerSaysNotNow) {
    MailServer server;
    Daemon daemon(with_mailboxes());
    mails_by(daemon, plain(server));
    server.answer("451 4.3.0 not now");
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto refused = server.next_refused();
    ASSERT_TRUE(refused) << daemon.log();
    server.answer("250 2.0.0 queued");
    const auto mail = server.next();
    ASSERT_TRUE(mail) << daemon.log();
    EXPECT_EQ(mail->header("Message-ID"), refused->header("Message-ID"));
    EXPECT_TRUE(says(daemon, 1, "page_delivered"));
}

TEST(MailPages, ThatAreRefusedForGoodSayWhyAndTheNextStepFollows) {
    MailServer server;
    Daemon daemon(with_mailboxes());
    mails_by(daemon, plain(server));
    server.answer("554 5.7.1 we do not like you");
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    const auto to_ana = server.next_refused();
    const auto to_ben = server.next_refused();
    ASSERT_TRUE(to_ana && to_ben) << daemon.log();
    EXPECT_EQ(to_ben->to, "ben@example.org");
    EXPECT_TRUE(says(daemon, 1, "answered 554: 5.7.1 we do not like you")) << daemon.incident(1).body;
}

TEST(MailPages, GoByTlsAndALoginAndTheCertificateIsVerified) {
    MailServer server({"tocsin", "correct horse"});
    Daemon daemon(with_mailboxes());
    daemon.folder().write("secrets/smtp", "correct horse\n");
    const auto channel = fmt::format(
        R"({{ kind: mail, server: "{}", from: tocsin@example.org, username: tocsin, secret_file: secrets/smtp, tls: required }})",
        server.url());
    mails_by(daemon, channel);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("untrusted")).status, 202U);
    EXPECT_TRUE(says(daemon, 1, "certificate")) << daemon.incident(1).body;
    daemon.stop();
    daemon.folder().write("tocsin.yaml", daemon.folder().read("tocsin.yaml") + "ca_file: " + server.ca_file() + "\n");
    daemon.start();
    ASSERT_EQ(daemon.post("splunk", splunk_alert("trusted")).status, 202U);
    const auto mail = server.next();
    ASSERT_TRUE(mail) << daemon.log() << daemon.incident(2).body;
    EXPECT_NE(mail->header("Subject").find("trusted"), std::string::npos) << mail->text;
    EXPECT_EQ(daemon.log().find("correct horse"), std::string::npos);
}

TEST(MailPages, DoNotLeaveInClearTextWhereTlsIsRequired) {
    MailServer server;
    Daemon daemon(with_mailboxes());
    mails_by(daemon, fmt::format(R"({{ kind: mail, server: "{}", from: tocsin@example.org, tls: required }})", server.url()));
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    EXPECT_TRUE(says(daemon, 1, "offers no TLS")) << daemon.incident(1).body;
}

TEST(MailReplies, TellTheSenderWhereTheSettingsAllowItsDomain) {
    MailServer server;
    auto rulebook = with_mailboxes();
    rulebook.yaml =
        replaced(rulebook.yaml, "team: web, escalation: site }", "team: web, escalation: site, reply_to: \"shop@example.net\" }");
    rulebook.yaml = replaced(rulebook.yaml, "urgency: page", "urgency: notice");
    Daemon daemon(rulebook);
    const auto reply = [&] {
        return daemon.ask({"POST",
                           "/api/v1/incidents/1/communicate",
                           R"({"text":"we look at it","reply":true})",
                           {{"Authorization", std::string("Bearer ") + kApiToken}}});
    };
    mails_by(daemon, plain(server), "replies: { domains: [example.org], channel: hook }\n");
    ASSERT_EQ(daemon.post("splunk", splunk_alert("slow")).status, 202U);
    const auto refused = reply();
    EXPECT_EQ(refused.status, 403U) << refused.body;
    EXPECT_NE(refused.body.find("example.net"), std::string::npos) << refused.body;
    daemon.stop();
    daemon.folder().write("tocsin.yaml",
                          replaced(daemon.folder().read("tocsin.yaml"), "domains: [example.org]", "domains: [example.net]"));
    daemon.start();
    ASSERT_EQ(reply().status, 200U);
    const auto mail = server.next();
    ASSERT_TRUE(mail) << daemon.log();
    EXPECT_EQ(mail->to, "shop@example.net");
    EXPECT_NE(mail->text.find("we look at it"), std::string::npos) << mail->text;
    EXPECT_EQ(mail->header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(mail->text.find("ana"), std::string::npos) << "whom we page is nobody else's business: " << mail->text;
}

}  // namespace
}  // namespace tocsin::test::mail_test
