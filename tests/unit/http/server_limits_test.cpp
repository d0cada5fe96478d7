// The server against peers that send too much, nonsense, too slowly, or nothing.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http::server_limits_test {
namespace {

using std::chrono::milliseconds;
using Reasons = std::vector<std::string>;

ServerOptions with_body_max(std::size_t bytes) {
    ServerOptions options;
    options.body_bytes_max = bytes;
    return options;
}

ServerOptions hasty() {
    ServerOptions options;
    options.idle_max = milliseconds{80};
    options.request_max = milliseconds{80};
    return options;
}

TEST(HttpLimits, RefusesABodyThatIsAnnouncedTooLarge) {
    TestServer server{with_body_max(10)};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n");
    const auto answer = peer.read_answer();
    EXPECT_EQ(answer.status, 413U);
    EXPECT_TRUE(answer.has("Content-Type: application/json\r\n"));
    EXPECT_TRUE(answer.has("Connection: close\r\n"));
    EXPECT_EQ(answer.body, R"({"error": "the body is larger than 10 bytes", "limit_bytes": 10})");
    EXPECT_TRUE(peer.is_closed());
    EXPECT_EQ(server.refused(), Reasons{"too_large"});
}

TEST(HttpLimits, RefusesATooLargeBodyInsteadOfSayingContinue) {
    TestServer server{with_body_max(10)};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(peer.read_answer().status, 413U);
}

TEST(HttpLimits, RefusesAChunkedBodyThatGrowsTooLarge) {
    TestServer server{with_body_max(10)};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n");
    EXPECT_EQ(peer.read_answer().status, 413U);
}

TEST(HttpLimits, TakesABodyOfJustTheLimit) {
    TestServer server{with_body_max(10)};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789");
    EXPECT_EQ(peer.read_answer().body, "POST / 0123456789");
}

TEST(HttpLimits, LetsAPeerThatSendsItAllTheSameReadTheRefusal) {
    TestServer server{with_body_max(10)};
    auto peer = server.connect();
    const std::string body(std::size_t{8} << 20U, 'x');
    peer.send("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    peer.send(body);
    EXPECT_EQ(peer.read_answer().status, 413U);
}

TEST(HttpLimits, RefusesAHeaderThatIsTooLarge) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'));
    const auto answer = peer.read_answer();
    EXPECT_EQ(answer.status, 431U);
    EXPECT_EQ(answer.body, R"({"error": "the header is larger than 16384 bytes", "limit_bytes": 16384})");
    EXPECT_EQ(server.refused(), Reasons{"too_large"});
}

TEST(HttpLimits, RefusesAHeaderThatNeverEnds) {
    TestServer server;
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 2000 && !peer.has_input(); ++i) peer.send("X-Field-" + std::to_string(i) + ": 0123456789abcdef\r\n");
    EXPECT_EQ(peer.read_answer().status, 431U);
}

TEST(HttpLimits, RefusesAnEndlessChunkExtension) {
    TestServer server;
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'a'));
    EXPECT_EQ(peer.read_answer().status, 400U);
}

TEST(HttpLimits, SaysWhatIsWrongWithAMalformedRequest) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"nonsense\r\n\r\n", "bad method"},
        {"GET / HTTP/2.0\r\n\r\n", "bad version"},
        {"GET / HTTP/1.1\r\nno colon\r\n\r\n", "bad field"},
        {"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "bad Content-Length"},
        {"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "bad Transfer-Encoding"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "bad Transfer-Encoding"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "bad chunk"},
    };
    TestServer server;
    for (const auto& [request, complaint] : cases) {
        auto peer = server.connect();
        peer.send(request);
        const auto answer = peer.read_answer();
        EXPECT_EQ(answer.status, 400U) << request;
        EXPECT_NE(answer.body.find("not a well-formed HTTP/1.1 request: " + complaint), std::string::npos) << answer.body;
        EXPECT_TRUE(peer.is_closed());
    }
    EXPECT_EQ(server.refused(), Reasons(cases.size(), "bad_request"));
}

TEST(HttpLimits, RefusesARequestThatDoesNotEndInTime) {
    TestServer server{hasty()};
    auto peer = server.connect();
    peer.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
    const auto answer = peer.read_answer();
    EXPECT_EQ(answer.status, 408U);
    EXPECT_EQ(answer.body, R"({"error": "the request did not arrive whole within 80ms"})");
    EXPECT_TRUE(peer.is_closed());
    EXPECT_EQ(server.refused(), Reasons{"timeout"});
}

TEST(HttpLimits, ClosesAConnectionThatIsIdleForTooLong) {
    TestServer server{hasty()};
    auto silent = server.connect();
    auto once = server.connect();
    once.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(once.read_answer().status, 200U);
    EXPECT_TRUE(once.is_closed());
    EXPECT_TRUE(silent.is_closed());
    EXPECT_EQ(server.refused(), Reasons{});
}

TEST(HttpLimits, ClosesOnAPeerThatDoesNotTakeItsAnswer) {
    TestServer server{hasty(), [](Request& /*request*/, const Respond& respond) {
                          Response response;
                          response.body.assign(std::size_t{32} << 20U, 'z');
                          respond(std::move(response));
                      }};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    server.await_refusals(1);
    EXPECT_EQ(server.refused(), Reasons{"timeout"});
    EXPECT_EQ(peer.read_answer().status, 0U);
}

TEST(HttpLimits, DoesNotHurryAHandler) {
    HeldAnswers held;
    TestServer server{hasty(), held.handler()};
    auto peer = server.connect();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    held.await(1);
    auto witness = server.connect();  // Closed as idle, which takes as long as a request may.
    EXPECT_TRUE(witness.is_closed());
    server.thread().run([&] { held.answer(0, "late"); });
    EXPECT_EQ(peer.read_answer().body, "late");
}

TEST(HttpLimits, ServesOthersWhileHundredsDribble) {
    TestServer server;
    std::vector<Peer> dribblers;
    for (int i = 0; i < 400; ++i) {
        dribblers.push_back(server.connect());
        dribblers.back().send("POST / HTTP/1.1\r\nContent-Le");
    }
    auto peer = server.connect();
    peer.send("GET /well HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "GET /well ");
    dribblers.front().send("ngth: 1\r\n\r\nx");
    EXPECT_EQ(dribblers.front().read_answer().body, "POST / x");
}

TEST(HttpLimits, LetsMoreConnectionsWaitUntilOneEnds) {
    ServerOptions options;
    options.connections_max = 2;
    TestServer server{options};
    auto first = server.connect();
    auto second = server.connect();
    for (auto* const peer : {&first, &second}) {
        peer->send("GET / HTTP/1.1\r\n\r\n");
        EXPECT_EQ(peer->read_answer().status, 200U);
    }
    auto third = server.connect();
    third.send("GET /third HTTP/1.1\r\n\r\n");
    first.send("GET / HTTP/1.1\r\n\r\n");  // By its answer the loop has seen the third, if it ever would.
    EXPECT_EQ(first.read_answer().status, 200U);
    EXPECT_FALSE(third.has_input());
    second.close();
    EXPECT_EQ(third.read_answer().body, "GET /third ");
}

/// While it lives no descriptor can be opened in this process.
class NoDescriptors {
public:
    NoDescriptors() {
        EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0);
        rlimit none = before_;
        none.rlim_cur = 0;
        EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    }
    ~NoDescriptors() { EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before_), 0); }

private:
    rlimit before_{};
};

TEST(HttpLimits, SaysOnceThatItIsOutOfDescriptorsAndGoesOn) {
    TestServer server;
    auto peer = Peer::unconnected();
    {
        const NoDescriptors none;
        peer.connect_to(server.port());
        server.await_refusals(1);
        std::promise<void> passed;  // Time for two more tries.
        auto has_passed = passed.get_future();
        server.thread().run([&] { server.thread().loop().after(milliseconds{250}, [&] { passed.set_value(); }); });
        await(has_passed);
    }
    peer.send("GET /at-last HTTP/1.1\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "GET /at-last ");
    EXPECT_EQ(server.refused(), Reasons{"accept_failed"});
}

}  // namespace
}  // namespace tocsin::http::server_limits_test
