// The client over TLS: whom it trusts, and what it says of whom it does not.
#include <gtest/gtest.h>

#include "tests/unit/http/certificates.hpp"
#include "tests/unit/http/wire.hpp"

namespace tocsin::http::client_tls_test {
namespace {

constexpr std::string_view kPong = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong";

ClientOptions trusting(const TestAuthority& authority) {
    ClientOptions options;
    options.ca_file = authority.file();
    return options;
}

ClientRequest tls_post_to(const std::string& host, std::uint16_t port) {
    auto request = post_to(port);
    request.url.is_tls = true;
    request.url.host = host;
    return request;
}

/// What the client says of a server with this certificate.
Error complaint_of(const ClientOptions& options, const std::string& host, const Identity& identity,
                   TlsPeer::Versions versions = TlsPeer::Versions::All) {
    Listener listener;
    TestClient client{options};
    auto answer = client.send(tls_post_to(host, listener.port()));
    TlsPeer server{listener.accept(), identity, versions};
    (void)server.shake_hands();  // Under TLS 1.3 the server learns of the refusal later.
    const auto response = await(answer);
    return response ? Error{Errc::Internal, "accepted"} : response.error();
}

TEST(HttpClientTls, TrustsAnAuthorityThatItIsGiven) {
    const TestAuthority authority;
    Listener listener;
    TestClient client{trusting(authority)};
    auto answer = client.send(tls_post_to("localhost", listener.port()));
    TlsPeer server{listener.accept(), authority.vouch_for("DNS:localhost")};
    ASSERT_TRUE(server.shake_hands());
    EXPECT_EQ(server.server_name(), "localhost");
    EXPECT_TRUE(server.read_request(4).ends_with("\r\n\r\nping"));
    server.send(kPong);
    const auto response = await(answer);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->body, "pong");
}

TEST(HttpClientTls, TrustsAnAddressInACertificate) {
    const TestAuthority authority;
    Listener listener;
    TestClient client{trusting(authority)};
    auto answer = client.send(tls_post_to("127.0.0.1", listener.port()));
    TlsPeer server{listener.accept(), authority.vouch_for("IP:127.0.0.1")};
    ASSERT_TRUE(server.shake_hands());
    EXPECT_EQ(server.server_name(), "");
    (void)server.read_request(4);
    server.send(kPong);
    EXPECT_TRUE(await(answer));
}

TEST(HttpClientTls, UsesAConnectionAgain) {
    const TestAuthority authority;
    Listener listener;
    TestClient client{trusting(authority)};
    auto first = client.send(tls_post_to("localhost", listener.port()));
    TlsPeer server{listener.accept(), authority.vouch_for("DNS:localhost")};
    ASSERT_TRUE(server.shake_hands());
    (void)server.read_request(4);
    server.send(kPong);
    ASSERT_TRUE(await(first));
    auto second = client.send(tls_post_to("localhost", listener.port()));
    EXPECT_TRUE(server.read_request(4).ends_with("ping"));
    server.send(kPong);
    EXPECT_TRUE(await(second));
}

TEST(HttpClientTls, RejectsACertificateOfAnUnknownAuthority) {
    const TestAuthority authority;
    const auto error = complaint_of({}, "localhost", authority.vouch_for("DNS:localhost"));
    EXPECT_EQ(error.code(), Errc::Rejected);
    EXPECT_FALSE(error.retry().allowed());
    EXPECT_NE(error.message().find("its certificate is not accepted: unable to get local issuer certificate"), std::string::npos)
        << error.message();
}

TEST(HttpClientTls, RejectsACertificateForAnotherName) {
    const TestAuthority authority;
    const auto error = complaint_of(trusting(authority), "localhost", authority.vouch_for("DNS:example.org,IP:127.0.0.1"));
    EXPECT_EQ(error.code(), Errc::Rejected);
    EXPECT_NE(error.message().find("its certificate is not accepted: hostname mismatch"), std::string::npos) << error.message();
}

TEST(HttpClientTls, RejectsACertificateForAnotherAddress) {
    const TestAuthority authority;
    const auto error = complaint_of(trusting(authority), "127.0.0.1", authority.vouch_for("DNS:localhost,IP:127.0.0.2"));
    EXPECT_EQ(error.code(), Errc::Rejected);
    EXPECT_NE(error.message().find("its certificate is not accepted: IP address mismatch"), std::string::npos) << error.message();
}

TEST(HttpClientTls, DoesNotSpeakVersionsBefore12) {
    const TestAuthority authority;
    const auto error =
        complaint_of(trusting(authority), "localhost", authority.vouch_for("DNS:localhost"), TlsPeer::Versions::AtMost1_1);
    EXPECT_EQ(error.code(), Errc::Unavailable);
    EXPECT_TRUE(error.message().starts_with("agreeing on TLS with localhost:")) << error.message();
}

TEST(HttpClientTls, SaysThatAPlainServerDoesNotSpeakTls) {
    Listener listener;
    TestClient client;
    auto answer = client.send(tls_post_to("127.0.0.1", listener.port()));
    auto server = listener.accept();
    server.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::Unavailable);
    EXPECT_TRUE(response.error().message().starts_with("agreeing on TLS with 127.0.0.1:")) << response.error().message();
}

TEST(HttpClientTls, SaysThatAnAnswerWasCutShort) {
    const TestAuthority authority;
    Listener listener;
    TestClient client{trusting(authority)};
    auto answer = client.send(tls_post_to("localhost", listener.port()));
    {
        TlsPeer server{listener.accept(), authority.vouch_for("DNS:localhost")};
        ASSERT_TRUE(server.shake_hands());
        (void)server.read_request(4);
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    }
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
}

TEST(HttpClientTls, NamesAnAuthorityFileThatCannotBeRead) {
    ClientOptions options;
    options.ca_file = "/nonexistent/ca.pem";
    TestClient client{options};
    auto answer = client.send(tls_post_to("127.0.0.1", 9));
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::Invalid);
    EXPECT_TRUE(response.error().message().starts_with("setting up TLS with the authorities in /nonexistent/ca.pem: "))
        << response.error().message();
}

}  // namespace
}  // namespace tocsin::http::client_tls_test
