// The client against servers that a test plays byte by byte.
#include <gtest/gtest.h>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http::client_test {
namespace {

constexpr std::string_view kPong = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong";

std::string name_of(const Listener& listener) { return "127.0.0.1:" + std::to_string(listener.port()); }

/// One call whose answer is `bytes`, and then the end.
Result<ClientResponse> call_answered_by(std::string_view bytes) {
    Listener listener;
    TestClient client;
    auto answer = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send(bytes);
    server.close();
    return await(answer);
}

TEST(HttpClient, SendsARequestAndGivesTheAnswer) {
    Listener listener;
    TestClient client;
    auto request = post_to(listener.port());
    request.headers = {{"Content-Type", "text/plain"}, {"Authorization", "GenieKey k"}};
    auto answer = client.send(request);
    auto server = listener.accept();
    EXPECT_EQ(server.read_request(), "POST /hook HTTP/1.1\r\nHost: " + name_of(listener) +
                                         "\r\nUser-Agent: tocsin\r\nContent-Length: 4\r\nContent-Type: text/plain\r\n"
                                         "Authorization: GenieKey k\r\n\r\nping");
    server.send("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait");
    const auto response = await(answer);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 429U);
    EXPECT_EQ(response->body, "wait");
    EXPECT_EQ(response->retry_after(TimePoint{}), std::chrono::seconds{7});
}

TEST(HttpClient, TriesEveryAddressOfAName) {
    Listener listener;  // On 127.0.0.1 only; where localhost is ::1 too, that is refused first.
    TestClient client;
    auto request = post_to(listener.port());
    request.url.host = "localhost";
    auto answer = client.send(request);
    auto server = listener.accept();
    EXPECT_NE(server.read_request().find("Host: localhost:"), std::string::npos);
    server.send(kPong);
    EXPECT_TRUE(await(answer));
}

TEST(HttpClient, UsesAConnectionAgain) {
    Listener listener;
    TestClient client;
    auto first = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send(kPong);
    ASSERT_TRUE(await(first));
    auto second = client.send(post_to(listener.port()));
    (void)server.read_request();
    server.send(kPong);
    EXPECT_TRUE(await(second));
}

TEST(HttpClient, DoesNotUseAConnectionAgainThatTheServerMeansToClose) {
    Listener listener;
    TestClient client;
    auto first = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(await(first));
    EXPECT_TRUE(server.is_closed());
}

TEST(HttpClient, KeepsNoMoreConnectionsThanItMay) {
    Listener listener;
    ClientOptions options;
    options.idle_connections_per_host_max = 1;
    TestClient client{options};
    auto first = client.send(post_to(listener.port()));
    auto kept = listener.accept();
    auto second = client.send(post_to(listener.port()));
    auto surplus = listener.accept();
    (void)kept.read_request();
    (void)surplus.read_request();
    kept.send(kPong);
    ASSERT_TRUE(await(first));
    surplus.send(kPong);
    ASSERT_TRUE(await(second));
    EXPECT_TRUE(surplus.is_closed());
    EXPECT_FALSE(kept.has_input());
}

TEST(HttpClient, ReplacesAKeptConnectionThatIsDead) {
    Listener listener;
    TestClient client;
    auto first = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send(kPong);
    ASSERT_TRUE(await(first));
    auto second = client.send(post_to(listener.port()));
    (void)server.read_request();  // It was sent on the old connection, which now ends without an answer.
    server.close();
    auto replacement = listener.accept();
    (void)replacement.read_request();
    replacement.send(kPong);
    EXPECT_TRUE(await(second));
}

TEST(HttpClient, ReplacesAKeptConnectionOnlyOnce) {
    Listener listener;
    TestClient client;
    auto first = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send(kPong);
    ASSERT_TRUE(await(first));
    server.close();
    auto second = client.send(post_to(listener.port()));
    auto replacement = listener.accept();
    (void)replacement.read_request();
    replacement.close();
    const auto response = await(second);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
}

TEST(HttpClient, SaysThatNobodyListens) {
    Listener listener;
    const auto name = name_of(listener);
    const auto request = post_to(listener.port());
    listener.close();
    TestClient client;
    auto answer = client.send(request);
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::Unavailable);
    EXPECT_TRUE(response.error().retry().allowed());
    EXPECT_EQ(response.error().message(), "connecting to " + name + ": Connection refused");
}

TEST(HttpClient, GivesUpAtTheDeadline) {
    Listener listener;
    TestClient client;
    auto answer = client.send(post_to(listener.port()), deadline_in(Duration{100}));
    auto server = listener.accept();
    (void)server.read_request();
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
    EXPECT_EQ(response.error().message(), "waiting for the answer of " + name_of(listener) + ": timed out");
    EXPECT_TRUE(server.is_closed());
}

TEST(HttpClient, GivesUpAtOnceWhenTheDeadlineIsPast) {
    Listener listener;
    TestClient client;
    auto answer = client.send(post_to(listener.port()), Deadline{});
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
}

TEST(HttpClient, SaysThatAnAnswerWasCutShort) {
    const auto response = call_answered_by("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
    EXPECT_NE(response.error().message().find(
                  "the connection was closed before the answer was whole; it may have been done all the same"),
              std::string::npos)
        << response.error().message();
}

TEST(HttpClient, SaysThatThereWasNoAnswer) {
    const auto response = call_answered_by("");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::TimedOut);
}

TEST(HttpClient, SaysThatAnAnswerIsNotHttp) {
    const auto response = call_answered_by("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::Invalid);
    EXPECT_NE(response.error().message().find(": this is not an HTTP answer: bad version"), std::string::npos)
        << response.error().message();
}

TEST(HttpClient, TakesAnAnswerThatTheEndEnds) {
    const auto response = call_answered_by("HTTP/1.0 200 OK\r\n\r\nto the end");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "to the end");
}

TEST(HttpClient, CutsAnAnswerThatIsTooLong) {
    Listener listener;
    ClientOptions options;
    options.response_bytes_max = 3;
    TestClient client{options};
    auto answer = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    server.send(kPong);
    const auto response = await(answer);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "pon");
    EXPECT_TRUE(server.is_closed());
}

TEST(HttpClient, ReadsTheRefusalOfABodyThatIsTooLarge) {
    ServerOptions options;
    options.body_bytes_max = 10;
    TestServer server{options};
    TestClient client;
    auto request = post_to(server.port());
    request.body.assign(std::size_t{8} << 20U, 'x');
    auto answer = client.send(request);
    const auto response = await(answer);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 413U);
}

TEST(HttpClient, MakesManyCallsAtOnce) {
    TestServer server;
    TestClient client;
    std::vector<std::future<Result<ClientResponse>>> answers;
    for (int i = 0; i < 100; ++i) {
        auto request = post_to(server.port());
        request.body = std::to_string(i);
        answers.push_back(client.send(request));
    }
    for (int i = 0; i < 100; ++i) {
        const auto response = await(answers[static_cast<std::size_t>(i)]);
        ASSERT_TRUE(response) << response.error().message();
        EXPECT_EQ(response->body, "POST /hook " + std::to_string(i));
    }
}

TEST(HttpClient, RefusesALineBreakInAHeaderWithoutShowingIt) {
    TestClient client;
    auto request = post_to(9);
    request.headers = {{"Authorization", "s3cret\n"}};
    auto answer = client.send(request);
    const auto response = await(answer);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Errc::Invalid);
    EXPECT_EQ(response.error().message(), "calling 127.0.0.1:9: the value of the header Authorization holds a line break");
}

TEST(HttpClient, DestroyedForgetsItsCalls) {
    Listener listener;
    TestClient client;
    auto answer = client.send(post_to(listener.port()));
    auto server = listener.accept();
    (void)server.read_request();
    client.destroy_client();
    EXPECT_TRUE(server.is_closed());
    ASSERT_EQ(answer.wait_for(kPatience), std::future_status::ready);
    EXPECT_THROW((void)answer.get(), std::future_error);  // Its promise is gone, uncalled.
}

}  // namespace
}  // namespace tocsin::http::client_test
