// E-mail: what a message says, whatever wrote it.
#include "daemon/intake/mail.hpp"
#include "core/base/text.hpp"
#include "daemon/intake/html_text.hpp"
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::mail_test {
namespace {

constexpr const char* kNagios =
    "From: Nagios <nagios@monitor.example.org>\r\n"
    "To: alerts@example.org\r\n"
    "Subject: =?UTF-8?Q?**_PROBLEM_Service_Alert=3A_db1/disk_=C3=BC_is_CRITICAL_**?=\r\n"
    "Date: Sun, 08 Mar 2026 08:30:00 +0000\r\n"
    "Message-ID: <1@monitor.example.org>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "Disk f=FCll =3D bad\r\n";

constexpr const char* kHtml =
    "From: grafana@example.org\nSubject: [FIRING:2] Disk\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=b\n\n"
    "--b\nContent-Type: text/html; charset=utf-8\n\n<style>p {}</style><p>It &amp; that</p><p>are  full</p>\n"
    "--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"disk.csv\"\n\na,b\n--b--\n";

TEST(Mail, AMessageIsDecodedAndItsSubjectUnderstood) {
    const auto mail = parsed("mail", kNagios).arrivals.at(0);

    expect_sample(mail, {.file = {},
                         .key = "nagios@monitor.example.org/Service Alert: db1/disk ü",
                         .title = "Service Alert: db1/disk ü",
                         .priority = "problem",
                         .fields = {{"labels.from", "nagios@monitor.example.org"},
                                    {"payload.headers.message-id", "<1@monitor.example.org>"},
                                    {"payload.to", "alerts@example.org"}}});
    EXPECT_EQ(trimmed(mail.alert.text), "Disk füll = bad");
}

TEST(Mail, TheRecoveryHasTheProblemsKey) {
    std::string recovery = kNagios;
    recovery.replace(recovery.find("PROBLEM"), 7, "RECOVERY").replace(recovery.find("CRITICAL"), 8, "OK");
    const auto alert = alert_of("mail", recovery);

    EXPECT_EQ(alert.action, AlertAction::Resolve);
    EXPECT_EQ(alert.key, alert_of("mail", kNagios).key);
    EXPECT_EQ(alert.actor, "nagios@monitor.example.org");
}

TEST(Mail, OfHtmlTheTextIsKeptAndOfAttachmentsTheNames) {
    const auto mail = parsed("mail", kHtml).arrivals.at(0);

    EXPECT_EQ(mail.alert.title, "Disk");
    EXPECT_EQ(mail.alert.text, "It & that\nare full");
    EXPECT_EQ(mail.fields.first("payload.attachments"), "disk.csv");
}

TEST(Mail, HeadersSayItBetter) {
    const auto alert =
        alert_of("mail", "Subject: anything\nX-Tocsin-Key: k\nX-Tocsin-Status: resolved\nX-Tocsin-Severity: P1\n\n");

    EXPECT_EQ(alert.key, "k");
    EXPECT_EQ(alert.action, AlertAction::Resolve);
    EXPECT_EQ(alert.priority, "P1");
}

TEST(Mail, WhatIsNoMessageIsAnAlertAllTheSame) {
    for (const std::string body :
         {"", "\n", "just text", "\xFF\xFE", "Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--\n"}) {
        const auto alert = alert_of("mail", body);
        EXPECT_FALSE(alert.key.empty());
        EXPECT_EQ(alert.action, AlertAction::Fire);
    }
}

TEST(Mail, WhatIsKeptReadsTheSameAgain) {
    const auto first = parsed("mail", kHtml);
    const auto again = parsed("mail", first.payload);
    EXPECT_EQ(listed(again.arrivals[0].fields), listed(first.arrivals[0].fields));
    EXPECT_EQ(again.payload, first.payload);
}

TEST(MailSubject, WhatChangesFromOneMessageToTheNextIsNoPartOfTheKey) {
    const auto about = [](std::string_view subject) { return subject_parts(subject).about; };
    const auto status = [](std::string_view subject) { return subject_parts(subject).status; };
    EXPECT_EQ(about("[FIRING:1] Disk (a)"), "Disk (a)");
    EXPECT_EQ(about("[RESOLVED] Disk (a)"), "Disk (a)");
    EXPECT_EQ(status("[RESOLVED] Disk (a)"), "resolved");
    EXPECT_EQ(about("Re: RE: Problem: disk"), "disk");
    EXPECT_EQ(status("Problem: disk"), "problem");
    EXPECT_EQ(about("Is the backup ok"), "Is the backup ok");
    EXPECT_EQ(status("Is the backup ok"), "");
    EXPECT_EQ(about("Upgrade of db1"), "Upgrade of db1");
    EXPECT_EQ(about("OK"), "OK");
    EXPECT_EQ(about(""), "");
}

TEST(HtmlText, KeepsWhatPeopleRead) {
    EXPECT_EQ(html_as_text("a<br>b<!-- <p>x --> <SCRIPT>if (a<b) {}</script >c &lt;d&gt; &unknown;"), "a\nb c <d> &unknown;");
    EXPECT_EQ(html_as_text("<unclosed"), "");
    EXPECT_EQ(html_as_text("<style>never closed"), "");
}

}  // namespace
}  // namespace tocsin::intake::mail_test
