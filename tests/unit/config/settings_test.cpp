// What good settings mean.
#include <gtest/gtest.h>

#include "tests/unit/config/settings_fixture.hpp"

namespace tocsin::config::settings_test {
namespace {

TEST(Settings, EveryKeyIsRead) {
    const auto settings =
        SettingsFolder().file("own.pem", "-----BEGIN CERTIFICATE-----\n").file("secrets/d", "0123456789abcdef-d").good(R"(
listen: "[::1]:0"
data: /var/lib/tocsin
rulebook: /etc/tocsin/rules
node: tocsin-1
public_url: https://tocsin.example.org/
sources:
  splunk:   { kind: splunk, secret_file: secrets/a, secret_in: [bearer, path, query] }
  opsgenie: { kind: opsgenie, secret_file: secrets/b, header: X-Tocsin-Secret }
channels:
  log:  { kind: log }
  hook: { kind: webhook, url: "https://hook.example.org/x", secret_file: secrets/a }
  og:   { kind: opsgenie, url: https://api.opsgenie.com, credential: key }
api:
  tokens: { ops: { secret_file: secrets/c } }
limits: { body: 1MiB, connections: 100, drain: 1m30s }
keep: { alerts: 90d, incidents: forever }
log: { level: debug, format: journald }
ca_file: own.pem
heartbeat: { url: "https://watch.example.org/ping", every: 30s }
replies: { hosts: [Callback.example.org, "*.partner.example", "10.0.0.5:8080"], secret_file: secrets/d }
)");
    EXPECT_EQ(settings.address, "::1");
    EXPECT_EQ(settings.port, 0);
    EXPECT_EQ(settings.data_directory, "/var/lib/tocsin");
    EXPECT_EQ(settings.rulebook_directory, "/etc/tocsin/rules");
    EXPECT_EQ(settings.node, "tocsin-1");
    EXPECT_EQ(settings.public_url, "https://tocsin.example.org");
    EXPECT_EQ(settings.sources.at("splunk").kind, "splunk");
    EXPECT_EQ(settings.sources.at("opsgenie").header, "X-Tocsin-Secret");
    EXPECT_EQ(settings.channels.at("hook").url, "https://hook.example.org/x");
    EXPECT_EQ(settings.channels.at("hook").secret->value, "0123456789abcdef-a");
    EXPECT_EQ(settings.tokens.at(0).name, "ops");
    EXPECT_EQ(settings.tokens.at(0).secret.value, "0123456789abcdef-c");
    EXPECT_EQ(settings.body_bytes_max, 1U << 20U);
    EXPECT_EQ(settings.connections_max, 100U);
    EXPECT_EQ(settings.drain_max, std::chrono::seconds{90});
    EXPECT_EQ(settings.keep.alerts, std::chrono::days{90});
    EXPECT_EQ(settings.keep.incidents, std::nullopt);
    EXPECT_EQ(settings.heartbeat->url, "https://watch.example.org/ping");
    EXPECT_EQ(settings.heartbeat->every, std::chrono::seconds{30});
    EXPECT_EQ(settings.replies.hosts, (std::vector<std::string>{"callback.example.org", "*.partner.example", "10.0.0.5:8080"}));
    EXPECT_EQ(settings.replies.secret->value, "0123456789abcdef-d");
    EXPECT_EQ(settings.log_level, "debug");
    EXPECT_EQ(settings.log_format, "journald");
    EXPECT_EQ(settings.ca_file, "/etc/tocsin/own.pem");
}

TEST(Settings, ATwoWaySourceIsToldAtOpsgenieUnlessItSaysWhere) {
    const auto settings = SettingsFolder().good(
        "data: state\nrulebook: rules\n"
        "channels: { log: { kind: log } }\n"
        "api: { tokens: { ops: { secret_file: secrets/a } } }\n"
        "sources:\n"
        "  us: { kind: opsgenie, secret_file: secrets/b, two_way: { credential: key } }\n"
        "  eu:\n"
        "    kind: opsgenie\n"
        "    secret_file: secrets/c\n"
        "    two_way: { url: \"https://api.eu.opsgenie.com/\", credential: key }\n");
    EXPECT_EQ(settings.sources.at("us").two_way->url, "https://api.opsgenie.com");
    EXPECT_EQ(settings.sources.at("eu").two_way->url, "https://api.eu.opsgenie.com");
    EXPECT_FALSE(settings.sources.at("eu").two_way->secret.value.empty());
}

TEST(Settings, DefaultsAreThoseOfTheStruct) {
    const auto settings = SettingsFolder().good(kLeast);
    EXPECT_EQ(settings.address, "127.0.0.1");
    EXPECT_EQ(settings.port, 9877);
    EXPECT_EQ(settings.body_bytes_max, std::size_t{4} << 20U);
    EXPECT_EQ(settings.drain_max, std::chrono::seconds{10});
    EXPECT_EQ(settings.log_level, "info");
    EXPECT_EQ(settings.keep.alerts, std::chrono::days{30});
    EXPECT_EQ(settings.keep.incidents, std::chrono::days{365});
    EXPECT_FALSE(settings.is_rulebook_watched);
}

TEST(Settings, ARulebookMayBeAskedForWithMoreThanItsPath) {
    auto text = std::string(kLeast);
    text.replace(text.find("rulebook: rules"), 15, "rulebook: { path: rules, watch: true }");
    const auto settings = SettingsFolder().good(text);
    EXPECT_EQ(settings.rulebook_directory, "/etc/tocsin/rules");
    EXPECT_TRUE(settings.is_rulebook_watched);
}

TEST(Settings, RelativeDirectoriesAreTakenFromTheFolderOfTheFile) {
    const auto settings = SettingsFolder().good(kLeast);
    EXPECT_EQ(settings.data_directory, "/etc/tocsin/state");
    EXPECT_EQ(settings.rulebook_directory, "/etc/tocsin/rules");
}

TEST(Settings, ASourceProvesItselfByBearerTokenUnlessToldOtherwise) {
    const auto source = SettingsFolder().good(kLeast).sources.at("splunk");
    EXPECT_TRUE(source.accepts_bearer);
    EXPECT_FALSE(source.accepts_in_path);
    EXPECT_FALSE(source.accepts_in_query);
    EXPECT_EQ(source.header, "");
}

TEST(Settings, ASourceThatNamesItsProofsProvesItselfByThoseOnly) {
    const auto settings = SettingsFolder().good(
        std::string(kLeast).replace(std::string(kLeast).find("secrets/a }"), 11, "secrets/a, secret_in: path }"));
    EXPECT_FALSE(settings.sources.at("splunk").accepts_bearer);
    EXPECT_TRUE(settings.sources.at("splunk").accepts_in_path);
    EXPECT_FALSE(settings.sources.at("splunk").accepts_in_query);
}

TEST(Settings, LineEndsAtTheEndOfASecretFileDoNotBelongToTheSecret) {
    const auto settings = SettingsFolder().good(kLeast);
    EXPECT_EQ(settings.sources.at("splunk").secret.value, "0123456789abcdef-a");
    EXPECT_EQ(settings.tokens.at(0).secret.value, "0123456789abcdef-b");
}

TEST(Settings, AWebhookNeedsNeitherUrlNorSecret) {
    const auto settings =
        SettingsFolder().good(std::string(kLeast).replace(std::string(kLeast).find("kind: log"), 9, "kind: webhook"));
    EXPECT_EQ(settings.channels.at("log").url, "");
    EXPECT_FALSE(settings.channels.at("log").secret.has_value());
}

TEST(Settings, TheAliasOfAnOpsgenieChannelIsAnOption) {
    const auto settings = SettingsFolder().good(std::string(kLeast).replace(
        std::string(kLeast).find("kind: log"), 9, "kind: opsgenie, url: https://api.opsgenie.com, credential: key, alias: page"));
    EXPECT_EQ(settings.channels.at("log").options.at("alias"), "page");
}

TEST(Settings, ACredentialIsAFileInTheCredentialsDirectory) {
    const auto settings = SettingsFolder().good(
        "data: /d\nrulebook: /r\nsources: { splunk: { kind: splunk, credential: key } }\n"
        "channels: { log: { kind: log } }\napi: { tokens: { ops: { secret_file: secrets/b } } }\n");
    EXPECT_EQ(settings.sources.at("splunk").secret.value, "0123456789abcdef-key");
}

TEST(Settings, SettingsWithWarningsAreSettingsAllTheSame) {
    const auto read = SettingsFolder().read("data: /d\nrulebook: /r\n");
    EXPECT_EQ(read.diagnostics.summary(), "3 warnings");
    EXPECT_TRUE(read.settings.has_value());
}

TEST(Settings, AMailChannelHasAServerASenderAndAPasswordAsShortAsItIs) {
    const auto settings = SettingsFolder()
                              .file("secrets/mail", "correct horse\n")
                              .good(
                                  "data: state\nrulebook: rules\nsources: { splunk: { kind: splunk, secret_file: secrets/a } }\n"
                                  "channels:\n"
                                  "  post: { kind: mail, server: \"smtp://mail.example.org\", from: tocsin@example.org,\n"
                                  "          username: tocsin, secret_file: secrets/mail }\n"
                                  "  here: { kind: mail, server: \"smtp://localhost:25\", from: tocsin@example.org }\n"
                                  "replies: { domains: [Example.org, \"*.example.net\"], channel: post }\n"
                                  "api: { tokens: { ops: { secret_file: secrets/b } } }\n");
    const auto& post = settings.channels.at("post");
    EXPECT_EQ(post.url, "smtp://mail.example.org:587");
    EXPECT_EQ(post.secret->value, "correct horse");
    EXPECT_EQ(post.options.at("from"), "tocsin@example.org");
    EXPECT_EQ(post.options.at("username"), "tocsin");
    EXPECT_EQ(post.options.at("tls"), "required");
    EXPECT_EQ(settings.channels.at("here").options.at("tls"), "none");
    EXPECT_EQ(settings.replies.domains, (std::vector<std::string>{"example.org", "*.example.net"}));
    EXPECT_EQ(settings.replies.channel, "post");
}

}  // namespace
}  // namespace tocsin::config::settings_test
