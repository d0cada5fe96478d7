// The instruments of the acceptance tests: a receiver that cannot see a page would let every test pass.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/receiver.hpp"
#include "tests/support/rulebooks.hpp"
#include "tests/support/stopwatch.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::harness_test {
namespace {

std::uint16_t port_of(const Receiver& receiver) {
    const auto url = receiver.url("");
    return static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
}

HttpAnswer page(HttpClient& client) {
    return client.ask({"POST", "/page", R"({"page": {"person": "ana"}})", {{"Idempotency-Key", "7"}}});
}

TEST(Receiver, RemembersWhatItReceived) {
    Receiver receiver;
    HttpClient client(port_of(receiver));
    EXPECT_EQ(page(client).status, 200U);
    EXPECT_EQ(page(client).status, 200U);
    const auto received = receiver.next();
    ASSERT_TRUE(received);
    EXPECT_EQ(received->method, "POST");
    EXPECT_EQ(received->target, "/page");
    EXPECT_EQ(received->person(), "ana");
    EXPECT_EQ(received->key(), "7");
    EXPECT_TRUE(receiver.next());
    EXPECT_FALSE(receiver.next(Duration{0}));
    EXPECT_EQ(receiver.received(), 2U);
}

TEST(Receiver, AnswersAsItIsTold) {
    Receiver receiver;
    receiver.answer([](const Received& request) {
        return request.person() == "ana" ? Reply{.status = 503, .body = "{}", .headers = {{"Retry-After", "3"}}} : Reply{};
    });
    HttpClient client(port_of(receiver));
    const auto answer = page(client);
    EXPECT_EQ(answer.status, 503U);
    EXPECT_EQ(answer.header("retry-after"), "3");
    EXPECT_TRUE(receiver.next());
}

TEST(Receiver, TakesItsTimeIfToldSo) {
    Receiver receiver;
    receiver.answer([](const Received&) { return Reply{.delay = std::chrono::hours{1}}; });
    HttpClient client(port_of(receiver), std::chrono::milliseconds{50});
    EXPECT_EQ(page(client).status, 0U);
    EXPECT_TRUE(receiver.next());
}

TEST(Receiver, APageThatNobodyTookFailsTheTest) {
    EXPECT_NONFATAL_FAILURE(
        {
            Receiver receiver;
            HttpClient client(port_of(receiver));
            EXPECT_EQ(page(client).status, 200U);
        },
        "nobody expected this page: POST /page");
}

TEST(Receiver, IsNotQuietWhenSomethingCame) {
    Receiver receiver;
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::milliseconds{1}));
    HttpClient client(port_of(receiver));
    EXPECT_EQ(page(client).status, 200U);
    EXPECT_FALSE(receiver.stays_quiet_for(std::chrono::milliseconds{1}));
    EXPECT_TRUE(receiver.next());
}

TEST(HttpClient, SaysThatNobodyListens) {
    const auto port = Socket::listening().port();
    EXPECT_EQ(HttpClient(port).ask({}).status, 0U);
}

TEST(Process, TellsHowAProgramEnded) {
    EXPECT_EQ(run({{"sh", "-c", "echo out; echo error >&2; exit 3"}}).exit, (Exit{3, 0}));
    EXPECT_EQ(run({{"sh", "-c", "echo out; echo error >&2"}}).out, "out\n");
    EXPECT_EQ(run({{"sh", "-c", "echo out; echo error >&2"}}).error, "error\n");
    EXPECT_EQ(run({.argv = {"cat"}, .input = "hello"}).out, "hello");
    EXPECT_EQ(run({.argv = {"sh", "-c", "echo $TOCSIN_X"}, .environment = {"TOCSIN_X=1"}}).out, "1\n");
}

TEST(Process, CanBeSignalledAndWatched) {
    Process process({{"cat", "/dev/zero"}});
    EXPECT_TRUE(process.is_running());
    EXPECT_GT(process.resident_bytes(), 0U);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(std::chrono::seconds{10}), (Exit{-1, SIGTERM}));
    EXPECT_FALSE(process.is_running());
}

TEST(TempDir, HoldsFilesInFolders) {
    const TempDir folder;
    folder.write("a/b/c", "text");
    EXPECT_EQ(folder.read("a/b/c"), "text");
    EXPECT_EQ(read_file(folder.path() + "/a/b/c"), "text");
}

}  // namespace
}  // namespace tocsin::test::harness_test
