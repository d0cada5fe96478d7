// A sender of CloudEvents asks whether it may deliver, as the specification of web hooks has it.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"

namespace tocsin::test::handshake_test {
namespace {

HttpHeaders asking(const std::string& source) {
    auto headers = Daemon::proof_of(source);
    headers.insert(headers.end(), {{"WebHook-Request-Origin", "eventemitter.example.com"}, {"WebHook-Request-Rate", "120"}});
    return headers;
}

TEST(Handshake, ASenderThatProvesItselfMayDeliver) {
    Daemon daemon(Rulebook::tiny());
    const auto answer = daemon.ask({"OPTIONS", "/in/cloudevents", "", asking("cloudevents")});
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.header("WebHook-Allowed-Origin"), "eventemitter.example.com");
    EXPECT_EQ(answer.header("WebHook-Allowed-Rate"), "*");
    EXPECT_EQ(answer.header("Allow"), "POST");
    const auto by_path = daemon.ask({"OPTIONS",
                                     "/in/cloudevents/" + sender_secret("cloudevents"),
                                     "",
                                     {{"WebHook-Request-Origin", "eventemitter.example.com"}}});
    EXPECT_EQ(by_path.status, 200U);
}

TEST(Handshake, IsOfNobodyElse) {
    Daemon daemon(Rulebook::tiny());
    const auto stranger = daemon.ask({"OPTIONS", "/in/cloudevents", "", {{"WebHook-Request-Origin", "evil.example"}}});
    EXPECT_EQ(stranger.status, 401U);
    EXPECT_EQ(stranger.header("WebHook-Allowed-Origin"), "");
    const auto other = daemon.ask({"OPTIONS", "/in/generic", "", asking("generic")});
    EXPECT_EQ(other.status, 405U);
    EXPECT_EQ(other.header("WebHook-Allowed-Origin"), "");
    EXPECT_EQ(daemon.ask({"OPTIONS", "/in/cloudevents", "", Daemon::proof_of("cloudevents")}).status, 405U) << "no origin";
    auto strange = Daemon::proof_of("cloudevents");
    strange.emplace_back("WebHook-Request-Origin", "a b\"<>");
    EXPECT_EQ(daemon.ask({"OPTIONS", "/in/cloudevents", "", strange}).status, 400U);
}

}  // namespace
}  // namespace tocsin::test::handshake_test
