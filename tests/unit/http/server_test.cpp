// The server as a well-behaved peer sees it.
#include <gtest/gtest.h>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http::server_test {
namespace {

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(HttpServer, AnswersWithLengthTypeAndBody) {
    TestServer server;
    auto peer = server.connect();
    peer.send("POST /v2/alerts?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    const auto answer = peer.read_answer();
    EXPECT_EQ(answer.head, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 25\r\n");
    EXPECT_EQ(answer.body, "POST /v2/alerts?x=1 hello");
}

TEST(HttpServer, KeepsTheConnectionForTheNextRequest) {
    TestServer server;
    auto peer = server.connect();
    for (const char* const path : {"/1", "/2", "/3"}) {
        peer.send(std::string{"GET "} + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(peer.read_answer().body, std::string{"GET "} + path + " ");
    }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
    TestServer server;
    auto peer = server.connect();
    peer.send(
        "POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\naPOST /2 HTTP/1.1\r\nContent-Length: 1\r\n\r\nbGET /3 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "POST /1 a");
    EXPECT_EQ(peer.read_answer().body, "POST /2 b");
    EXPECT_EQ(peer.read_answer().body, "GET /3 ");
}

TEST(HttpServer, AnswersHundredsOfPipelinedRequests) {
    TestServer server;
    auto peer = server.connect();
    peer.send(repeated("GET / HTTP/1.1\r\n\r\n", 1000));
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(peer.read_answer().body, "GET / ");
}

TEST(HttpServer, KeepsPipelinedBytesWhileAnAnswerIsOutstanding) {
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    auto peer = server.connect();
    peer.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    held.await(1);
    server.thread().run([&] { held.answer(0, "first"); });
    held.await(2);
    server.thread().run([&] { held.answer(1, "second"); });
    EXPECT_EQ(peer.read_answer().body, "first");
    EXPECT_EQ(peer.read_answer().body, "second");
}

TEST(HttpServer, ReadsARequestThatComesByteByByte) {
    TestServer server;
    auto peer = server.connect();
    const std::string request = "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    for (const char c : request) peer.send({&c, 1});
    EXPECT_EQ(peer.read_answer().body, "POST /slow abc");
}

TEST(HttpServer, ReadsABodyOfMegabytes) {
    TestServer server;
    auto peer = server.connect();
    const std::string body(std::size_t{3} << 20U, 'x');
    peer.send("POST /big HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    peer.send(body);
    EXPECT_EQ(peer.read_answer().body, "POST /big " + body);
}

TEST(HttpServer, ReadsAChunkedBodyAndForgetsItsTrailer) {
    TestServer server{{}, [](Request& request, const Respond& respond) {
                          Response response;
                          response.body = request.body + "|" + std::string{request.header("X-Late")};
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Late: 1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "abcde|");
    peer.send("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nz");
    EXPECT_EQ(peer.read_answer().body, "z|");
}

TEST(HttpServer, FindsHeadersWithoutRegardToCase) {
    TestServer server{{}, [](Request& request, const Respond& respond) {
                          Response response;
                          response.body = std::string{request.header("x-one")} + std::string{request.header("none")};
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\nX-ONE: first\r\nX-One: second\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "first");
}

TEST(HttpServer, GivesPathQueryAndPeerApart) {
    TestServer server{{}, [](Request& request, const Respond& respond) {
                          Response response;
                          response.body =
                              std::string{request.path} + " " + std::string{request.query} + " " + std::string{request.remote};
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET /a/b/?c=d?e HTTP/1.1\r\n\r\nGET http://proxy.example/x?y HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "/a/b/ c=d?e 127.0.0.1");
    EXPECT_EQ(peer.read_answer().body, "/x y 127.0.0.1");
}

TEST(HttpServer, TakesBytesAbove7FInATarget) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET /v2/alerts/disk%20\xC3\xA9/x\xE9 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "GET /v2/alerts/disk%20\xC3\xA9/x\xE9 ");
}

TEST(HttpServer, TakesAGetWithContentTypeAndNoBody) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET /v2/alerts/ HTTP/1.1\r\nContent-Type: application/json\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "GET /v2/alerts/ ");
}

TEST(HttpServer, OverlooksAnEmptyLineAfterABody) {
    TestServer server;
    auto peer = server.connect();
    peer.send("POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\na\r\nGET /2 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "POST /1 a");
    EXPECT_EQ(peer.read_answer().body, "GET /2 ");
}

TEST(HttpServer, SaysContinueToWhoWaitsForIt) {
    TestServer server;
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(peer.read_head().head, "HTTP/1.1 100 Continue\r\n");
    peer.send("body");
    EXPECT_EQ(peer.read_answer().body, "POST / body");
}

TEST(HttpServer, DoesNotSayContinueWhenTheBodyIsThere) {
    TestServer server;
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody");
    EXPECT_EQ(peer.read_answer().status, 200U);
}

TEST(HttpServer, LeavesOutTheBodyForHead) {
    TestServer server;
    auto peer = server.connect();
    peer.send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(peer.read_head().has("Content-Length: 7\r\n"));
    EXPECT_EQ(peer.read_answer().body, "GET / ");
}

TEST(HttpServer, ClosesAfterTheAnswerWhenAsked) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(peer.read_answer().has("Connection: close\r\n"));
    EXPECT_TRUE(peer.is_closed());
}

TEST(HttpServer, ClosesAfterAnHttp10Request) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(peer.read_answer().has("Connection: close\r\n"));
    EXPECT_TRUE(peer.is_closed());
}

TEST(HttpServer, KeepsAnHttp10ConnectionThatAsksForIt) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(peer.read_answer().has("Connection: keep-alive\r\n"));
    peer.send("GET /2 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "GET /2 ");
}

TEST(HttpServer, AnswersAPeerThatHasClosedItsHalf) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    peer.send_end();
    EXPECT_EQ(peer.read_answer().body, "GET / ");
    EXPECT_TRUE(peer.is_closed());
}

TEST(HttpServer, GivesHeadersOfTheResponseWithoutLineBreaks) {
    TestServer server{{}, [](Request& /*request*/, const Respond& respond) {
                          Response response;
                          response.status = 503;
                          response.headers = {{"Retry-After", "1"}, {"X-Echo", "a\r\nSet-Cookie: b"}};
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    const auto answer = peer.read_answer();
    EXPECT_TRUE(answer.has("HTTP/1.1 503 Service Unavailable\r\n")) << answer.head;
    EXPECT_TRUE(answer.has("\r\nRetry-After: 1\r\nX-Echo: a  Set-Cookie: b\r\n")) << answer.head;
}

TEST(HttpServer, SaysNoLengthWith204) {
    TestServer server{{}, [](Request& /*request*/, const Respond& respond) {
                          Response response;
                          response.status = 204;
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_head().head, "HTTP/1.1 204 No Content\r\n");
}

TEST(HttpServer, WritesAnAnswerThatTheSocketDoesNotTakeAtOnce) {
    const std::string body(std::size_t{8} << 20U, 'y');
    TestServer server{{}, [&](Request& /*request*/, const Respond& respond) {
                          Response response;
                          response.body = body;
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, body);
    EXPECT_EQ(peer.read_answer().body, body);
}

TEST(HttpServer, AnswersManyConnectionsFromOneFunction) {
    constexpr std::size_t kPeers = 50;
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    std::vector<Peer> peers;
    for (std::size_t i = 0; i < kPeers; ++i) {
        peers.push_back(server.connect());
        peers.back().send("GET / HTTP/1.1\r\n\r\n");
        held.await(i + 1);
    }
    server.thread().run([&] {
        for (std::size_t i = 0; i < kPeers; ++i) held.answer(i, std::to_string(i));
    });
    for (std::size_t i = 0; i < kPeers; ++i) EXPECT_EQ(peers[i].read_answer().body, std::to_string(i));
}

TEST(HttpServer, SaysWhereItCannotListen) {
    TestServer taken;
    LoopThread thread;
    thread.run([&] {
        ServerOptions options;
        options.port = taken.port();
        Server server{thread.loop(), options, {}, {}};
        const auto listening = server.listen();
        ASSERT_FALSE(listening);
        EXPECT_EQ(listening.error().code(), Errc::Unavailable);
        EXPECT_EQ(listening.error().message(),
                  "listening on 127.0.0.1 port " + std::to_string(taken.port()) + ": Address already in use");
    });
}

TEST(HttpServer, SaysThatANameIsNoAddress) {
    LoopThread thread;
    thread.run([&] {
        ServerOptions options;
        options.address = "localhost";
        options.port = 80;
        Server server{thread.loop(), options, {}, {}};
        const auto listening = server.listen();
        ASSERT_FALSE(listening);
        EXPECT_EQ(listening.error().message(),
                  "listening on localhost port 80: this is not an IP address; write one such as 127.0.0.1, 0.0.0.0 or ::");
    });
}

}  // namespace
}  // namespace tocsin::http::server_test
