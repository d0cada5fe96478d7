// The webhook channel: what is posted, how it is signed, and what each answer means.
#include "daemon/notify/webhook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "daemon/http/signature.hpp"
#include "tests/support/fake_outside.hpp"

namespace tocsin::notify::webhook_test {
namespace {

using namespace std::chrono_literals;
using test::a_notification;
using test::FakeOutside;
using test::header;
using test::outcome_of;
using testing::HasSubstr;
using testing::Not;

constexpr auto kSecret = "s3cr3t-of-the-hook";

ChannelSettings settings() {
    return {.name = "hook",
            .kind = "webhook",
            .url = "https://hooks.example.org/in/t0k3n-in-path?k=v",
            .secret = kSecret,
            .options = {}};
}

class WebhookTest : public testing::Test {
protected:
    std::unique_ptr<Channel> make(const ChannelSettings& from) {
        auto channel = make_channel(from, world_.outside());
        EXPECT_TRUE(channel) << channel.error().message();
        return std::move(*channel);
    }
    /// The outcome when the receiver answers so.
    Result<Receipt> outcome(unsigned status, std::vector<std::pair<std::string, std::string>> headers = {}) {
        world_.answers(status, "", std::move(headers));
        return *outcome_of(*make(settings()), a_notification());
    }
    boost::json::value posted(const Notification& notification) {
        (void)outcome_of(*make(settings()), notification);  // Only what was posted matters here.
        return boost::json::parse(world_.requests.back().body);
    }

    FakeOutside world_;
};

TEST_F(WebhookTest, PostsThePageByteForByte) {
    world_.answers(200);
    ASSERT_TRUE(*outcome_of(*make(settings()), a_notification()));
    ASSERT_EQ(world_.requests.size(), 1U);
    const auto& request = world_.requests[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_TRUE(request.url.is_tls);
    EXPECT_EQ(request.url.host, "hooks.example.org");
    EXPECT_EQ(request.url.target, "/in/t0k3n-in-path?k=v");
    EXPECT_EQ(
        request.body,
        R"~({"event":"page","key":"42-0-0-1-lahore-a-push",)~"
        R"~("incident":{"id":42,"key":"splunk/checkout errors","state":"triggered","severity":"high","urgency":"page",)~"
        R"~("service":"checkout","summary":"Checkout errors above 5 %",)~"
        R"~("url":"https://splunk.example.org/app/search/@go?sid=1","runbook":"https://runbooks.example.org/checkout",)~"
        R"~("opened_at":"2026-11-22T07:45:00Z","alerts":3,"is_drill":false,)~"
        R"~("link":"https://tocsin.example.org/incidents/42"},)~"
        R"~("page":{"person":"lahore-a","via":"push","address":"topic-a","round":0,"step":1,"attempt":1,)~"
        R"~("reason":"step_timed_out","why":"on call in learner-secondary (layer day)","due_at":"2026-11-22T07:50:00Z"}})~");
}

TEST_F(WebhookTest, CarriesKeyTimeAndSignatureInItsHeaders) {
    world_.answers(200);
    ASSERT_TRUE(*outcome_of(*make(settings()), a_notification()));
    const auto& request = world_.requests[0];
    EXPECT_EQ(header(request, "Content-Type"), "application/json");
    EXPECT_EQ(header(request, "User-Agent"), "tocsin/0.1.0");
    EXPECT_EQ(header(request, "Idempotency-Key"), "42-0-0-1-lahore-a-push");
    EXPECT_EQ(header(request, "X-Tocsin-Timestamp"), "1795333800");
    EXPECT_EQ(header(request, "X-Tocsin-Signature"), "v1=" + http::hmac_sha256_hex({kSecret, "1795333800." + request.body}));
}

TEST_F(WebhookTest, SignsAsTheOpensslCommandDoes) {
    if (std::system("command -v openssl > /dev/null") != 0) GTEST_SKIP() << "the openssl command is not installed";
    world_.answers(200);
    ASSERT_TRUE(*outcome_of(*make(settings()), a_notification()));
    const auto file = testing::TempDir() + "tocsin_signed_text";
    std::ofstream(file, std::ios::binary) << header(world_.requests[0], "X-Tocsin-Timestamp") << "." << world_.requests[0].body;
    const auto command = std::string("openssl dgst -sha256 -hmac ") + kSecret + " -r '" + file + "'";
    auto* pipe = popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string said(64, ' ');
    const auto read = fread(said.data(), 1, said.size(), pipe);
    EXPECT_EQ(pclose(pipe), 0);
    EXPECT_EQ(read, 64U);
    EXPECT_EQ(header(world_.requests[0], "X-Tocsin-Signature"), "v1=" + said);
    std::remove(file.c_str());
}

TEST(Signature, IsThatOfRfc4231) {
    EXPECT_EQ(http::hmac_sha256_hex({"Jefe", "what do ya want for nothing?"}),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_F(WebhookTest, IsNotSignedWithoutASecret) {
    auto open = settings();
    open.secret.clear();
    (void)outcome_of(*make(open), a_notification());  // Only what was posted matters here.
    EXPECT_EQ(header(world_.requests[0], "X-Tocsin-Signature"), "");
}

TEST_F(WebhookTest, HandsTheDeadlineDown) {
    const auto channel = make(settings());
    channel->send(a_notification(), Deadline{10s}, [](const Result<Receipt>&) {});
    EXPECT_EQ(world_.deadlines.at(0), Deadline{10s});
}

TEST_F(WebhookTest, CallsANoticeANotice) {
    auto notice = a_notification();
    notice.page.urgency = Urgency::Notice;
    notice.page.step = kNoticeStep;
    const auto body = posted(notice);
    EXPECT_EQ(body.at("event"), "notice");
    EXPECT_TRUE(body.at("page").at("step").is_null());
    EXPECT_EQ(body.at("key"), "42-0-0-notice-lahore-a-push");
}

TEST_F(WebhookTest, KeepsItsKeyAndCountsItsAttempts) {
    auto again = a_notification();
    again.page.attempts = 2;
    const auto body = posted(again);
    EXPECT_EQ(body.at("page").at("attempt"), 3);
    EXPECT_EQ(body.at("key"), "42-0-0-1-lahore-a-push");
}

TEST_F(WebhookTest, IsValidJsonWhateverASenderWrote) {
    auto odd = a_notification();
    odd.incident.summary = "a \"quote\"\n\x01 and \xff and لاہور";
    EXPECT_EQ(posted(odd).at("incident").at("summary"), "a \"quote\"\n\x01 and \xEF\xBF\xBD and لاہور");
}

TEST_F(WebhookTest, GoesToTheContactsAddressIfTheChannelHasNoUrl) {
    auto by_address = settings();
    by_address.url.clear();
    auto notification = a_notification();
    notification.page.address = "http://127.0.0.1:8080/a";
    world_.answers(200);
    EXPECT_TRUE(*outcome_of(*make(by_address), notification));
    EXPECT_EQ(world_.requests[0].url.host, "127.0.0.1");
    EXPECT_EQ(world_.requests[0].url.port, 8080);
    EXPECT_EQ(world_.requests[0].url.target, "/a");
}

TEST_F(WebhookTest, RefusesAnAddressThatIsNoUrlAndDoesNotShowIt) {
    auto by_address = settings();
    by_address.url.clear();
    auto notification = a_notification();
    notification.page.address = "hooks.example.org/t0k3n";
    const auto refused = *outcome_of(*make(by_address), notification);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message(),
              "channel hook has no url, and lahore-a's contact push is no http:// or https:// URL either");
    EXPECT_FALSE(refused.error().retry().allowed());
    EXPECT_TRUE(world_.requests.empty());
}

TEST_F(WebhookTest, IsDeliveredByEveryStatusOfSuccess) {
    for (const unsigned status : {200U, 201U, 202U, 204U, 299U}) EXPECT_TRUE(outcome(status)) << status;
}

TEST_F(WebhookTest, IsTriedAgainAfterATemporaryStatus) {
    for (const unsigned status : {408U, 425U, 429U, 500U, 501U, 502U, 503U, 504U, 599U}) {
        const auto delayed = outcome(status);
        ASSERT_FALSE(delayed) << status;
        EXPECT_EQ(delayed.error().code(), Errc::Unavailable) << status;
        EXPECT_EQ(delayed.error().retry().when, Retry::When::Now) << status;
    }
}

TEST_F(WebhookTest, IsGivenUpAtAnyOtherStatus) {
    for (const unsigned status :
         {101U, 300U, 301U, 302U, 307U, 308U, 400U, 401U, 403U, 404U, 405U, 410U, 413U, 415U, 422U, 426U, 600U}) {
        const auto refused = outcome(status);
        ASSERT_FALSE(refused) << status;
        EXPECT_EQ(refused.error().code(), Errc::Rejected) << status;
        EXPECT_EQ(refused.error().retry().when, Retry::When::Never) << status;
    }
}

TEST_F(WebhookTest, WaitsForAsLongAsTheReceiverAsks) {
    const auto delayed = outcome(429, {{"retry-after", "30"}});
    EXPECT_EQ(delayed.error().retry().when, Retry::When::After);
    EXPECT_EQ(delayed.error().retry().delay, 30s);
    EXPECT_EQ(outcome(503, {{"Retry-After", "Sun, 22 Nov 2026 07:51:00 GMT"}}).error().retry().delay, 59s + 877ms);
}

TEST_F(WebhookTest, DoesNotTryAgainBecauseOfARetryAfterWithARefusal) {
    EXPECT_FALSE(outcome(404, {{"Retry-After", "30"}}).error().retry().allowed());
}

TEST_F(WebhookTest, TellsItsStoryWithoutPathQueryOrSecret) {
    EXPECT_EQ(outcome(404).error().message(), "channel hook: posting to https://hooks.example.org: answered 404");
    EXPECT_EQ(outcome(302).error().message(),
              "channel hook: posting to https://hooks.example.org: answered 302, a redirect, which is not followed: set the URL "
              "it leads to");
}

TEST_F(WebhookTest, IsTriedAgainAfterANetworkError) {
    for (const auto code : {Errc::Unavailable, Errc::TimedOut, Errc::Cancelled}) {
        world_.answer = Error{code, "connect 10.0.0.5:443: no"};
        const auto delayed = *outcome_of(*make(settings()), a_notification());
        EXPECT_EQ(delayed.error().code(), code);
        EXPECT_TRUE(delayed.error().retry().allowed()) << to_string(code);
        EXPECT_EQ(delayed.error().message(), "channel hook: posting to https://hooks.example.org: connect 10.0.0.5:443: no");
    }
}

TEST_F(WebhookTest, IsGivenUpWhenTheCertificateDoesNotHold) {
    world_.answer = Error{Errc::Rejected, "certificate has expired"};
    EXPECT_FALSE((*outcome_of(*make(settings()), a_notification())).error().retry().allowed());
}

TEST_F(WebhookTest, BlanksSecretsThatTheNetworkLayerRepeats) {
    world_.answer = Error{Errc::Unavailable, std::string("POST /in/t0k3n-in-path?k=v with ") + kSecret + " failed"};
    const auto message = (*outcome_of(*make(settings()), a_notification())).error().message();
    EXPECT_THAT(message, Not(HasSubstr("t0k3n")));
    EXPECT_THAT(message, Not(HasSubstr(kSecret)));
    EXPECT_THAT(message, HasSubstr("POST *** with *** failed"));
}

TEST_F(WebhookTest, MayBeDestroyedWhileAnAttemptIsUnderWay) {
    auto outside = world_.outside();
    http::Client::OnResponse respond;
    outside.transport = [&](const http::ClientRequest&, Deadline, http::Client::OnResponse later) { respond = std::move(later); };
    auto channel = *make_channel(settings(), outside);
    std::optional<Result<Receipt>> outcome;
    channel->send(a_notification(), Deadline{}, [&](Result<Receipt> ended) { outcome.emplace(std::move(ended)); });
    channel.reset();
    respond(http::ClientResponse{503, "", {}});
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->error().retry().allowed());
}

}  // namespace
}  // namespace tocsin::notify::webhook_test
