// What is said about settings that are wrong, word for word.
#include <gtest/gtest.h>

#include "tests/unit/config/settings_fixture.hpp"

namespace tocsin::config::complaints_test {
namespace {

TEST(SettingsComplaints, AllMistakesAreReportedAtOnce) {
    EXPECT_EQ(SettingsFolder().complaints("listn: 127.0.0.1:1\n"
                                          "listen: localhost:9877\n"
                                          "rulebook: rules\n"
                                          "node: a/b\n"
                                          "limits: { body: 4MB, connections: 0, drain: soon }\n"
                                          "log: { level: loud }\n"),
              R"(
/etc/tocsin/tocsin.yaml:1:1: error: there is no key "listn" here
    1 | listn: 127.0.0.1:1
      | ^^^^^
      = did you mean "listen"?
/etc/tocsin/tocsin.yaml:1:1: error: the file needs the key "data"
    1 | listn: 127.0.0.1:1
      | ^
/etc/tocsin/tocsin.yaml:2:9: error: "listen" must be an IP address and a port, such as 127.0.0.1:9877 or "[::1]:9877", but is "localhost:9877"
    2 | listen: localhost:9877
      |         ^^^^^^^^^^^^^^
/etc/tocsin/tocsin.yaml:4:7: error: "node" must be letters, digits, `_`, `-` and `.`, at most 63, the first a letter or digit, but is "a/b"
    4 | node: a/b
      |       ^^^
/etc/tocsin/tocsin.yaml:5:17: error: "body" must be a size from 1KiB to 1GiB, such as 4MiB, but is "4MB"
    5 | limits: { body: 4MB, connections: 0, drain: soon }
      |                 ^^^
/etc/tocsin/tocsin.yaml:5:35: error: "connections" must be a whole number from 1 to 1000000, but is "0"
    5 | limits: { body: 4MB, connections: 0, drain: soon }
      |                                   ^
/etc/tocsin/tocsin.yaml:5:45: error: "drain" must be a duration such as 90s, 5m, 1h30m or 2d, but is "soon"
    5 | limits: { body: 4MB, connections: 0, drain: soon }
      |                                             ^^^^
/etc/tocsin/tocsin.yaml:6:15: error: "level" must be one of debug, info, warning, error, but is "loud"
    6 | log: { level: loud }
      |               ^^^^
)");
}

TEST(SettingsComplaints, WhatIsKeptTooShortAndASourceThatIsOursAreRefused) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: { watch: maybe }\n"
                                          "sources: { tocsin: { kind: splunk, secret_file: secrets/a } }\n"
                                          "channels: { log: { kind: log } }\n"
                                          "keep: { alerts: 30m, incidents: always }\n"),
              R"(
/etc/tocsin/tocsin.yaml:2:11: error: "rulebook" needs the key "path"
    2 | rulebook: { watch: maybe }
      |           ^
/etc/tocsin/tocsin.yaml:2:20: error: "watch" must be true or false, but is "maybe"
    2 | rulebook: { watch: maybe }
      |                    ^^^^^
/etc/tocsin/tocsin.yaml:3:12: error: "tocsin" is the source of the daemon's own alerts
    3 | sources: { tocsin: { kind: splunk, secret_file: secrets/a } }
      |            ^^^^^^
      = give this one another name
/etc/tocsin/tocsin.yaml:5:17: error: "alerts" must be a duration of at least 1h such as 30d, or `forever`, but is "30m"
    5 | keep: { alerts: 30m, incidents: always }
      |                 ^^^
/etc/tocsin/tocsin.yaml:5:33: error: "incidents" must be a duration of at least 1h such as 30d, or `forever`, but is "always"
    5 | keep: { alerts: 30m, incidents: always }
      |                                 ^^^^^^
)");
}

TEST(SettingsComplaints, AnUnknownKindIsAnsweredWithThoseThereAre) {
    EXPECT_EQ(SettingsFolder().complaints(std::string(kLeast) + "public_url: tocsin.example.org\n"), R"(
/etc/tocsin/tocsin.yaml:6:13: error: "public_url" must be an absolute URL such as https://example.org, but is "tocsin.example.org"
    6 | public_url: tocsin.example.org
      |             ^^^^^^^^^^^^^^^^^^
)");
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                          "sources: { a: { kind: splnk, secret_file: secrets/a } }\n"
                                          "channels: { b: { kind: pager, url: x } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:23: error: "kind" must be one of splunk, opsgenie, opsgenie_api, alertmanager, prometheus, pagerduty, victorops, grafana, splunk_o11y, generic, cloudevents, mail, but is "splnk"
    3 | sources: { a: { kind: splnk, secret_file: secrets/a } }
      |                       ^^^^^
      = did you mean "splunk"?
/etc/tocsin/tocsin.yaml:4:24: error: "kind" must be one of webhook, opsgenie, mail, log, but is "pager"
    4 | channels: { b: { kind: pager, url: x } }
      |                        ^^^^^
)");
}

TEST(SettingsComplaints, ASecretMustNotStandInTheFile) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\nsources: { a: { secret: \"hünter2\", kind: splnk } }\n"), R"(
/etc/tocsin/tocsin.yaml:3:25: error: a secret must not stand in this file
    3 | sources: { a: { secret: *********, kind: splnk } }
      |                         ^^^^^^^^^
      = write it into a file of its own and say `secret_file: path`
/etc/tocsin/tocsin.yaml:3:42: error: "kind" must be one of splunk, opsgenie, opsgenie_api, alertmanager, prometheus, pagerduty, victorops, grafana, splunk_o11y, generic, cloudevents, mail, but is "splnk"
    3 | sources: { a: { secret: *********, kind: splnk } }
      |                                          ^^^^^
      = did you mean "splunk"?
)");
}

TEST(SettingsComplaints, APasswordInAUrlIsNotShown) {
    EXPECT_EQ(SettingsFolder().complaints(std::string(kLeast) + "public_url: https://me:hunter2@example.org\n"), R"(
/etc/tocsin/tocsin.yaml:6:13: error: a URL must not carry a user name or a password
    6 | public_url: ******************************
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
)");
}

TEST(SettingsComplaints, ASourceNeedsASecret) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\nsources: { a: { kind: splunk } }\n"), R"(
/etc/tocsin/tocsin.yaml:3:15: error: no secret is named
    3 | sources: { a: { kind: splunk } }
      |               ^
      = add `secret_file: path`, or `credential: name` of a systemd credential
)");
}

TEST(SettingsComplaints, ASecretIsNamedOnce) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                          "sources: { a: { kind: splunk, secret_file: secrets/a, credential: key } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:67: error: the secret is named twice, by `secret_file` and by `credential`
    3 | sources: { a: { kind: splunk, secret_file: secrets/a, credential: key } }
      |                                                                   ^^^
      = keep one of them
)");
}

TEST(SettingsComplaints, AShortSecretCanBeGuessedAndIsNeverShown) {
    EXPECT_EQ(SettingsFolder()
                  .file("s", "hunter2\n")
                  .complaints("data: /d\nrulebook: /r\n"
                              "sources: { a: { kind: splunk, secret_file: s } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:44: error: the secret file s has 7 characters, at least 16 are needed
    3 | sources: { a: { kind: splunk, secret_file: s } }
      |                                            ^
      = a good one is made by `openssl rand -hex 24`
)");
}

TEST(SettingsComplaints, AnEmptyOrAbsentSecretFileIsNamed) {
    EXPECT_EQ(SettingsFolder()
                  .file("empty", "\n")
                  .complaints("data: /d\nrulebook: /r\n"
                              "sources:\n"
                              "  a: { kind: splunk, secret_file: empty }\n"
                              "  b: { kind: splunk, secret_file: /etc/absent }\n"),
              R"(
/etc/tocsin/tocsin.yaml:4:35: error: the secret file empty is empty
    4 |   a: { kind: splunk, secret_file: empty }
      |                                   ^^^^^
      = a good one is made by `openssl rand -hex 24`
/etc/tocsin/tocsin.yaml:5:35: error: the secret file /etc/absent cannot be read: no such file
    5 |   b: { kind: splunk, secret_file: /etc/absent }
      |                                   ^^^^^^^^^^^
)");
}

TEST(SettingsComplaints, ASecretOfSeveralLinesIsNoSecret) {
    EXPECT_EQ(SettingsFolder()
                  .file("s", "0123456789abcdef\n0123456789abcdef\n")
                  .complaints("data: /d\nrulebook: /r\nsources: { a: { kind: splunk, secret_file: s } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:44: error: the secret file s has more than one line
    3 | sources: { a: { kind: splunk, secret_file: s } }
      |                                            ^
      = a good one is made by `openssl rand -hex 24`
)");
}

TEST(SettingsComplaints, ACredentialNeedsSystemd) {
    EXPECT_EQ(SettingsFolder().without_credentials().complaints("data: /d\nrulebook: /r\n"
                                                                "sources: { a: { kind: splunk, credential: key } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:43: error: there is no credential "key": $CREDENTIALS_DIRECTORY is not set
    3 | sources: { a: { kind: splunk, credential: key } }
      |                                           ^^^
      = start tocsin by systemd with LoadCredential=key:/path, or say `secret_file: path`
)");
}

TEST(SettingsComplaints, TwoThatHaveTheSameSecretAreWarnedOf) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                          "sources:\n"
                                          "  a: { kind: splunk, secret_file: secrets/a }\n"
                                          "  b: { kind: opsgenie, secret_file: secrets/a }\n"
                                          "channels: { log: { kind: log } }\n"
                                          "api: { tokens: { ops: { secret_file: secrets/b } } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:5:3: warning: "b" has the same secret as "a"
    5 |   b: { kind: opsgenie, secret_file: secrets/a }
      |   ^
      = "a" is at /etc/tocsin/tocsin.yaml:4:3; who knows one secret can speak for both
)");
}

TEST(SettingsComplaints, SettingsWithWhichNobodyIsToldAreWarnedOf) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"), R"(
/etc/tocsin/tocsin.yaml:1:1: warning: there are no sources: nobody can send alerts
    1 | data: /d
      | ^
      = add `sources:`
/etc/tocsin/tocsin.yaml:1:1: warning: there are no channels: nobody can be paged
    1 | data: /d
      | ^
      = add `channels:`
/etc/tocsin/tocsin.yaml:1:1: warning: there are no API tokens: nobody can acknowledge
    1 | data: /d
      | ^
      = add `api: { tokens: ... }`
)");
}

TEST(SettingsComplaints, AChannelSaysOnlyWhatItsKindNeeds) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                          "channels:\n"
                                          "  log: { kind: log, url: https://example.org }\n"
                                          "  hook: { kind: webhook, url: https://example.org, alias: page }\n"
                                          "  og: { kind: opsgenie, alias: pages }\n"
                                          "  eu: { kind: opsgenie, url: \"http://api.example.org\" }\n"),
              R"(
/etc/tocsin/tocsin.yaml:4:26: error: a channel of kind log has no "url"
    4 |   log: { kind: log, url: https://example.org }
      |                          ^^^^^^^^^^^^^^^^^^^
/etc/tocsin/tocsin.yaml:5:59: error: a channel of kind webhook has no "alias"
    5 |   hook: { kind: webhook, url: https://example.org, alias: page }
      |                                                           ^^^^
/etc/tocsin/tocsin.yaml:6:7: error: "og" needs the key "url"
    6 |   og: { kind: opsgenie, alias: pages }
      |       ^
/etc/tocsin/tocsin.yaml:6:7: error: no secret is named
    6 |   og: { kind: opsgenie, alias: pages }
      |       ^
      = add `secret_file: path`, or `credential: name` of a systemd credential
/etc/tocsin/tocsin.yaml:6:32: error: "alias" must be one of incident, page, but is "pages"
    6 |   og: { kind: opsgenie, alias: pages }
      |                                ^^^^^
      = did you mean "page"?
/etc/tocsin/tocsin.yaml:7:7: error: no secret is named
    7 |   eu: { kind: opsgenie, url: "http://api.example.org" }
      |       ^
      = add `secret_file: path`, or `credential: name` of a systemd credential
/etc/tocsin/tocsin.yaml:7:30: warning: pages go over the network unencrypted
    7 |   eu: { kind: opsgenie, url: "http://api.example.org" }
      |                              ^^^^^^^^^^^^^^^^^^^^^^^^
      = use https://
)");
}

TEST(SettingsComplaints, OnlyASourceOfOpsgenieCanBeToldAndItNeedsAKey) {
    EXPECT_EQ(
        SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                    "sources:\n"
                                    "  a: { kind: splunk, secret_file: secrets/a, two_way: { secret_file: secrets/b } }\n"
                                    "  b: { kind: opsgenie, secret_file: secrets/b, two_way: { url: \"http://og.example\" } }\n"),
        R"(
/etc/tocsin/tocsin.yaml:4:55: error: a source of kind splunk cannot be told what is done here
    4 |   a: { kind: splunk, secret_file: secrets/a, two_way: { secret_file: secrets/b } }
      |                                                       ^
      = only one of kind opsgenie can
/etc/tocsin/tocsin.yaml:5:57: error: no secret is named
    5 |   b: { kind: opsgenie, secret_file: secrets/b, two_way: { url: "http://og.example" } }
      |                                                         ^
      = add `secret_file: path`, or `credential: name` of a systemd credential
/etc/tocsin/tocsin.yaml:5:64: warning: the key goes over the network unencrypted
    5 |   b: { kind: opsgenie, secret_file: secrets/b, two_way: { url: "http://og.example" } }
      |                                                                ^^^^^^^^^^^^^^^^^^^
      = use https://
)");
}

TEST(SettingsComplaints, AnAuthoritiesFileMustHoldACertificate) {
    EXPECT_EQ(SettingsFolder().file("ca.pem", "hello").complaints(std::string(kLeast) + "ca_file: ca.pem\n"), R"(
/etc/tocsin/tocsin.yaml:6:10: error: ca.pem holds no certificate in PEM form
    6 | ca_file: ca.pem
      |          ^^^^^^
)");
    EXPECT_EQ(SettingsFolder().complaints(std::string(kLeast) + "ca_file: ca.pem\n"), R"(
/etc/tocsin/tocsin.yaml:6:10: error: the file of authorities ca.pem cannot be read: no such file
    6 | ca_file: ca.pem
      |          ^^^^^^
)");
}

TEST(SettingsComplaints, ASourceThatNobodyCanProveToBeIsRefused) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                          "sources: { a: { kind: splunk, secret_file: secrets/a, secret_in: [] } }\n"),
              R"(
/etc/tocsin/tocsin.yaml:3:66: error: nobody could prove to be this source
    3 | sources: { a: { kind: splunk, secret_file: secrets/a, secret_in: [] } }
      |                                                                  ^
      = name bearer, path or query, or a `header`
)");
}

TEST(SettingsComplaints, BrokenYamlIsShownWhereItBreaks) {
    EXPECT_EQ(SettingsFolder().complaints("data: /d\nrulebook: [\n"), R"(
/etc/tocsin/tocsin.yaml:2:11: error: this is not valid YAML: this [ is not closed where it must be
    2 | rulebook: [
      |           ^
      = it must be closed by ] before line 3, column 1; a text that begins with it must stand in quotes
)");
    EXPECT_EQ(SettingsFolder().complaints(""), R"(
/etc/tocsin/tocsin.yaml:1:1: error: the file needs the key "data"
    1 | 
      | ^
/etc/tocsin/tocsin.yaml:1:1: error: the file needs the key "rulebook"
    1 | 
      | ^
)");
}

TEST(SettingsComplaints, AMailChannelThatCannotWorkOrGivesThePasswordAwayIsRefused) {
    EXPECT_EQ(
        SettingsFolder().complaints("data: /d\nrulebook: /r\n"
                                    "channels:\n"
                                    "  a: { kind: mail, server: mail.example.org, from: nobody, alias: page }\n"
                                    "  b: { kind: mail, server: \"smtp://m.example.org\", from: t@example.org, username: t, "
                                    "secret_file: secrets/a, tls: none }\n"
                                    "  c: { kind: log, server: \"smtp://m.example.org\" }\n"
                                    "replies: { domains: [\"*.org\"], channel: c }\n"),
        R"(
/etc/tocsin/tocsin.yaml:4:28: error: "server" must be a mail server such as smtp://mail.example.org:587 or smtps://mail.example.org:465, but is "mail.example.org"
    4 |   a: { kind: mail, server: mail.example.org, from: nobody, alias: page }
      |                            ^^^^^^^^^^^^^^^^
/etc/tocsin/tocsin.yaml:4:52: error: "from" must be a mail address such as tocsin@example.org, but is "nobody"
    4 |   a: { kind: mail, server: mail.example.org, from: nobody, alias: page }
      |                                                    ^^^^^^
/etc/tocsin/tocsin.yaml:4:67: error: a channel of kind mail has no "alias"
    4 |   a: { kind: mail, server: mail.example.org, from: nobody, alias: page }
      |                                                                   ^^^^
/etc/tocsin/tocsin.yaml:5:115: error: the password would go over the network unencrypted
    5 |   b: { kind: mail, server: "smtp://m.example.org", from: t@example.org, username: t, secret_file: secrets/a, tls: none }
      |                                                                                                                   ^^^^
      = say `tls: required`
/etc/tocsin/tocsin.yaml:6:27: error: a channel of kind log has no "server"
    6 |   c: { kind: log, server: "smtp://m.example.org" }
      |                           ^^^^^^^^^^^^^^^^^^^^^^
/etc/tocsin/tocsin.yaml:7:22: error: an item of "domains" must be a domain such as example.org or *.example.org, but is "*.org"
    7 | replies: { domains: ["*.org"], channel: c }
      |                      ^^^^^^^
/etc/tocsin/tocsin.yaml:7:41: error: there is no channel "c" of kind mail
    7 | replies: { domains: ["*.org"], channel: c }
      |                                         ^
      = name one of `channels`
)");
}

}  // namespace
}  // namespace tocsin::config::complaints_test
