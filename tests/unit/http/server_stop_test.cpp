// The end of connections and of the server: stop, abort, answers that come after.
#include <gtest/gtest.h>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http::server_stop_test {
namespace {

TEST(HttpStop, WithoutConnectionsIsAtOnce) {
    TestServer server;
    auto closed = server.stop();
    await(closed);
}

TEST(HttpStop, ClosesIdleConnectionsAtOnce) {
    TestServer server;
    auto used = server.connect();
    used.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(used.read_answer().status, 200U);
    auto closed = server.stop();
    EXPECT_TRUE(used.is_closed());
    await(closed);
}

TEST(HttpStop, WaitsForTheAnswerThatIsOutstanding) {
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    held.await(1);
    auto closed = server.stop();
    EXPECT_EQ(closed.wait_for(std::chrono::seconds{0}), std::future_status::timeout);
    server.thread().run([&] { held.answer(0, "the last"); });
    const auto answer = peer.read_answer();
    EXPECT_EQ(answer.body, "the last");
    EXPECT_TRUE(answer.has("Connection: close\r\n"));
    EXPECT_TRUE(peer.is_closed());
    await(closed);
}

TEST(HttpStop, WaitsForARequestThatIsHalfThere) {
    TestServer server;
    auto peer = server.connect();
    // The first request's answer proves that the first half of the second, sent with it, has arrived.
    peer.send("GET /1 HTTP/1.1\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 4\r\n\r\nha");
    EXPECT_EQ(peer.read_answer().status, 200U);
    auto closed = server.stop();
    peer.send("lf");
    EXPECT_EQ(peer.read_answer().body, "POST /2 half");
    await(closed);
}

TEST(HttpStop, DoesNotBeginAnotherRequest) {
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    auto peer = server.connect();
    peer.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    held.await(1);
    auto closed = server.stop();
    server.thread().run([&] { held.answer(0, "one"); });
    EXPECT_EQ(peer.read_answer().body, "one");
    EXPECT_TRUE(peer.is_closed());
    peer.close();
    await(closed);
}

TEST(HttpStop, AcceptsNobodyAnyMore) {
    TestServer server;
    auto closed = server.stop();
    await(closed);
    const Listener same_port_is_free{server.port()};
    EXPECT_EQ(same_port_is_free.port(), server.port());
}

TEST(HttpStop, AbortCutsWhatIsOutstanding) {
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    held.await(1);
    auto closed = server.stop();
    server.thread().run([&] { server.server().abort(); });
    await(closed);
    EXPECT_TRUE(peer.is_closed());
    server.thread().run([&] { held.answer(0, "to nobody"); });
}

TEST(HttpStop, AnAnswerAfterThePeerHasGoneIsDropped) {
    HeldAnswers held;
    TestServer server{{}, held.handler()};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    held.await(1);
    peer.reset();
    server.thread().run([&] { held.answer(0, "to nobody"); });
    // The connection is gone, so nothing holds the stop up.
    auto closed = server.stop();
    await(closed);
}

TEST(HttpStop, AnAnswerAfterTheServerIsDestroyedIsDropped) {
    HeldAnswers held;
    {
        TestServer server{{}, held.handler()};
        auto peer = server.connect();
        peer.send("GET / HTTP/1.1\r\n\r\n");
        held.await(1);
    }
    held.answer(0, "to nobody");
    held.forget();
}

TEST(HttpStopDeathTest, ASecondAnswerIsABug) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const auto answer_twice = [] {
        TestServer server{{}, [](Request& /*request*/, const Respond& respond) {
                              respond(Response{});
                              respond(Response{});
                          }};
        auto peer = server.connect();
        peer.send("GET / HTTP/1.1\r\n\r\n");
        (void)peer.read_answer();
        (void)peer.is_closed();
    };
    EXPECT_DEATH(answer_twice(), "a request is answered once");
}

}  // namespace
}  // namespace tocsin::http::server_stop_test
