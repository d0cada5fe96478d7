// The mail channel: the message, what no text can do to its headers, and what each answer of a server means.
#include "daemon/notify/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/text.hpp"
#include "daemon/notify/mail_message.hpp"
#include "daemon/notify/mail_text.hpp"
#include "tests/support/fake_outside.hpp"
#include "tests/support/golden.hpp"

namespace tocsin::notify::mail_test {
namespace {

using test::a_notification;
using test::FakeOutside;
using test::outcome_of;
using testing::HasSubstr;
using testing::Not;

ChannelSettings settings() {
    return {.name = "post",
            .kind = "mail",
            .url = "smtp://mail.example.org:587",
            .secret = "correct horse",
            .options = {{"from", "tocsin@example.org"}, {"username", "tocsin"}}};
}

const MailFrame kFrame{"tocsin@example.org", "lahore-a@example.org", FakeOutside::kNow};

Notification a_mail() {
    auto notification = a_notification();
    notification.page.address = kFrame.to;
    return notification;
}

std::string header_lines(const std::string& mail) { return mail.substr(0, mail.find("\r\n\r\n") + 2); }

std::string header_of(const std::string& mail, const std::string& name) {
    const auto head = "\r\n" + header_lines(mail);
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

TEST(Mail, OfAPageByteForByte) {
    auto notification = a_mail();
    notification.incident.summary = "Checkout errors above 5 % – Kasse gestört";
    test::expect_golden("mail_page.eml", page_mail(notification, {"https://tocsin.example.org/incidents/42", ""}, kFrame));
}

TEST(Mail, OfATopicHasItsFirstLineAsSubjectAndBelongsToNoConversation) {
    auto notification = a_mail();
    notification.incident = {};
    notification.page.incident = {};
    notification.page.topic = "shift-begins-learner-primary-1772323200";
    notification.page.text = "Your shift begins\n\n2 incidents are open.\n";
    notification.page.urgency = Urgency::Notice;
    const auto mail = page_mail(notification, {}, kFrame);
    EXPECT_EQ(header_of(mail, "Subject"), "Your shift begins");
    EXPECT_EQ(header_of(mail, "References"), "");
    EXPECT_EQ(header_of(mail, "Importance"), "");
    EXPECT_THAT(mail, testing::EndsWith("\r\n\r\n2 incidents are open.\r\n"));
}

TEST(Mail, OfADigestSaysHowToAcknowledgeAllOfIt) {
    auto notification = a_mail();
    notification.page.incident = {};
    notification.page.digest = "lahore-a.42-0-0-1";
    notification.incident.id = {};
    notification.incident.summary = "2 incidents: checkout (2)";
    const auto mail = page_mail(notification, {}, kFrame);
    EXPECT_EQ(header_of(mail, "Subject"), "[high] 2 incidents: checkout (2)");
    EXPECT_THAT(mail, HasSubstr("tocsin ack --digest lahore-a.42-0-0-1"));
}

TEST(Mail, NoSummaryCanAddAHeaderOrEndThem) {
    auto notification = a_mail();
    for (const auto* summary : {"x\r\nBcc: everybody@example.org\r\n\r\nbuy", "x\nBcc: everybody@example.org",
                                "x\rBcc: e@example.org", "=?UTF-8?B?eA0KQmNjOiBl?=", "\xff\xfe", "x\xe2\x80\xa8y"}) {
        notification.incident.summary = summary;
        const auto mail = page_mail(notification, {}, kFrame);
        const auto head = header_lines(mail);
        EXPECT_THAT(head, Not(HasSubstr("\nBcc"))) << head;
        EXPECT_THAT(head, Not(HasSubstr("\rBcc"))) << head;
        EXPECT_TRUE(
            std::all_of(head.begin(), head.end(), [](char c) { return c == '\r' || c == '\n' || (c >= ' ' && c <= '~'); }));
        EXPECT_EQ(header_of(mail, "Content-Transfer-Encoding"), "quoted-printable") << head;
    }
}

TEST(Mail, HeadersBeyondAsciiAreEncodedWordsThatTearNoCharacter) {
    EXPECT_EQ(header_text("plain, as it is"), "plain, as it is");
    EXPECT_EQ(header_text("Kasse gestört"), "=?UTF-8?B?S2Fzc2UgZ2VzdMO2cnQ=?=");
    EXPECT_EQ(header_text("=?UTF-8?Q?no?="), "=?UTF-8?B?PT9VVEYtOD9RP25vPz0=?=");
    std::string long_text;
    for (int i = 0; i < 40; ++i) long_text += "\u00f6\u20ac";
    for (const auto line : split(header_text(long_text), '\n')) EXPECT_LE(line.size(), 77U) << line;
}

TEST(Mail, TextIsQuotedPrintable) {
    EXPECT_EQ(quoted_printable("a = b"), "a =3D b\r\n");
    EXPECT_EQ(quoted_printable("one \ntwo\t"), "one=20\r\ntwo=09\r\n");
    EXPECT_EQ(quoted_printable("\u00f6"), "=C3=B6\r\n");
    const auto folded = quoted_printable(std::string(200, 'x'));
    for (const auto line : split(folded, '\n')) EXPECT_LE(line.size(), 77U);
}

TEST(Mail, HasOneMessageIdForAllAttemptsAndOneConversationForAnIncident) {
    auto first = a_mail();
    auto retry = first;
    retry.page.attempts = 3;
    const MailFrame later{kFrame.from, kFrame.to, kFrame.now + std::chrono::minutes{1}};
    const auto id = header_of(page_mail(first, {}, kFrame), "Message-ID");
    EXPECT_EQ(id, "<42-0-0-1-lahore-a-push.1795333800000@example.org>");
    EXPECT_EQ(header_of(page_mail(retry, {}, later), "Message-ID"), id);
    auto next_step = first;
    next_step.page.step = 2;
    EXPECT_NE(header_of(page_mail(next_step, {}, kFrame), "Message-ID"), id);
    EXPECT_EQ(header_of(page_mail(next_step, {}, kFrame), "References"), header_of(page_mail(first, {}, kFrame), "References"));
    EXPECT_EQ(header_of(page_mail(first, {}, kFrame), "In-Reply-To"), "<incident-42.1795333500000@example.org>");
}

TEST(Mail, AMessageIdHoldsOnlyWhatItMay) { EXPECT_EQ(message_id("a b/c..d>", "example.org"), "<a=20b=2Fc.=2Ed=3E@example.org>"); }

TEST(Mail, GoesToTheContactsAddressThroughTheServerOfTheSettings) {
    FakeOutside world;
    world.mailed = Receipt{"2.0.0 queued as 1"};
    const auto channel = make_channel(settings(), world.outside());
    ASSERT_TRUE(channel) << channel.error().message();
    const auto outcome = *outcome_of(**channel, a_mail());
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->reference, "2.0.0 queued as 1");
    ASSERT_EQ(world.mails.size(), 1U);
    const auto& mail = world.mails[0];
    EXPECT_EQ(mail.to, "lahore-a@example.org");
    EXPECT_EQ(mail.from, "tocsin@example.org");
    EXPECT_EQ(mail.server.url, "smtp://mail.example.org:587");
    EXPECT_EQ(mail.server.tls, MailServer::Tls::Required);
    EXPECT_EQ(mail.server.password, "correct horse");
    EXPECT_THAT(mail.message, HasSubstr("Runbook: https://runbooks.example.org/checkout"));
    EXPECT_THAT(mail.message, Not(HasSubstr("correct horse")));
}

TEST(Mail, ToAnAddressThatIsNoneIsRefusedForGoodAndSendsNothing) {
    FakeOutside world;
    const auto channel = make_channel(settings(), world.outside());
    for (const auto* address : {"", "lahore-a", "a@b@c", "a b@example.org", "a@example.org\r\nRCPT TO:<b@example.org>", "a@x>"}) {
        auto notification = a_mail();
        notification.page.address = address;
        const auto outcome = *outcome_of(**channel, notification);
        ASSERT_FALSE(outcome) << address;
        EXPECT_EQ(outcome.error().code(), Errc::Invalid);
        EXPECT_FALSE(outcome.error().retry().allowed());
    }
    EXPECT_TRUE(world.mails.empty());
}

TEST(Mail, WhatTheServerSaysDecidesWhetherItIsTriedAgain) {
    const auto server = read_mail_sender(settings())->server;
    using How = SmtpEnding::How;
    const auto error = [&](const SmtpEnding& ending) { return outcome_of(ending, server).error(); };
    const auto later = error({How::Refused, 451, "451 4.3.0 not now\r\n", ""});
    EXPECT_EQ(later.message(), "mailing by mail.example.org:587: answered 451: 4.3.0 not now");
    EXPECT_TRUE(later.retry().allowed());
    const auto never = error({How::Refused, 550, "550 5.1.1 nobody here; your password is correct horse\r\n", ""});
    EXPECT_EQ(never.message(), "mailing by mail.example.org:587: answered 550: 5.1.1 nobody here; your password is ***");
    EXPECT_EQ(never.code(), Errc::Rejected);
    EXPECT_FALSE(never.retry().allowed());
    EXPECT_FALSE(error({How::Untrusted, 0, "", "the server offers no TLS"}).retry().allowed());
    EXPECT_EQ(error({How::TimedOut, 0, "", ""}).code(), Errc::TimedOut);
    EXPECT_TRUE(error({How::TimedOut, 0, "", ""}).retry().allowed());
    EXPECT_TRUE(error({How::Unreachable, 0, "", "connection refused"}).retry().allowed());
    EXPECT_EQ(outcome_of({How::Accepted, 250, "250 2.0.0 queued as 7\r\n", ""}, server)->reference, "2.0.0 queued as 7");
}

TEST(Mail, SettingsThatCannotWorkAreRefused) {
    FakeOutside world;
    const auto refusal = [&](ChannelSettings own) {
        const auto channel = make_channel(std::move(own), world.outside());
        return channel ? std::string("nothing is wrong") : channel.error().message();
    };
    auto own = settings();
    own.options.erase("from");
    EXPECT_THAT(refusal(own), HasSubstr("\"from\""));
    own = settings();
    own.url = "https://mail.example.org";
    EXPECT_THAT(refusal(own), HasSubstr("\"server\""));
    own = settings();
    own.secret.clear();
    EXPECT_THAT(refusal(own), HasSubstr("needs a password"));
    own = settings();
    own.options["tls"] = "perhaps";
    EXPECT_THAT(refusal(own), HasSubstr("not \"perhaps\""));
}

}  // namespace
}  // namespace tocsin::notify::mail_test
