// The Opsgenie channel: the alert that is created, its limits, and what each answer means.
#include "daemon/notify/opsgenie.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "core/base/text.hpp"
#include "tests/support/fake_outside.hpp"

namespace tocsin::notify::opsgenie_test {
namespace {

using namespace std::chrono_literals;
using test::a_notification;
using test::FakeOutside;
using test::header;
using test::outcome_of;
using testing::HasSubstr;
using testing::Not;

constexpr auto kKey = "eb243592-faa2-4ba2-a551-key";
constexpr auto kAccepted = R"({"result":"Request will be processed","took":0.302,"requestId":"43a29c5c-3dbf"})";

ChannelSettings settings() {
    return {.name = "og", .kind = "opsgenie", .url = "https://api.eu.opsgenie.com", .secret = kKey, .options = {}};
}

Notification to(std::string address) {
    auto notification = a_notification();
    notification.page.address = std::move(address);
    return notification;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

class OpsgenieTest : public testing::Test {
protected:
    OpsgenieTest() { world_.answers(202, kAccepted); }

    std::unique_ptr<Channel> make(const ChannelSettings& from) {
        auto channel = make_channel(from, world_.outside());
        EXPECT_TRUE(channel) << channel.error().message();
        return std::move(*channel);
    }
    Result<Receipt> outcome(unsigned status, std::string body = {}) {
        world_.answers(status, std::move(body));
        return *outcome_of(*make(settings()), to("team:learner"));
    }
    boost::json::object posted(const Notification& notification, const ChannelSettings& from = settings()) {
        EXPECT_TRUE(*outcome_of(*make(from), notification));
        return boost::json::parse(world_.requests.back().body).as_object();
    }

    FakeOutside world_;
};

TEST_F(OpsgenieTest, CreatesTheAlertByteForByte) {
    const auto receipt = *outcome_of(*make(settings()), to("team:learner"));
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->reference, "43a29c5c-3dbf");
    const auto& request = world_.requests.at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url.host, "api.eu.opsgenie.com");
    EXPECT_EQ(request.url.target, "/v2/alerts");
    EXPECT_EQ(header(request, "Authorization"), std::string("GenieKey ") + kKey);
    EXPECT_EQ(header(request, "Content-Type"), "application/json");
    EXPECT_EQ(header(request, "User-Agent"), "tocsin/0.1.0");
    EXPECT_EQ(
        request.body,
        R"~({"message":"Checkout errors above 5 %","alias":"tocsin-42",)~"
        R"~("description":"Checkout errors above 5 %\n\nIncident 42, high, service checkout\n)~"
        R"~(Paged: lahore-a (on call in learner-secondary (layer day))\n)~"
        R"~(Source: https://splunk.example.org/app/search/@go?sid=1\nRunbook: https://runbooks.example.org/checkout\n)~"
        R"~(tocsin: https://tocsin.example.org/incidents/42",)~"
        R"~("priority":"P2","tags":["tocsin","high","checkout"],)~"
        R"~("details":{"incident":"42","key":"splunk/checkout errors","service":"checkout","person":"lahore-a","step":"1",)~"
        R"~("why":"on call in learner-secondary (layer day)","runbook":"https://runbooks.example.org/checkout",)~"
        R"~("link":"https://tocsin.example.org/incidents/42"},)~"
        R"~("entity":"checkout","source":"tocsin","responders":[{"type":"team","name":"learner"}]})~");
}

TEST_F(OpsgenieTest, MeetsTheSameAlertWithEveryPageOfAnIncident) {
    auto later = to("team:learner");
    later.page.step = 2;
    later.page.person = "boston-b";
    EXPECT_EQ(posted(later)["alias"], "tocsin-42");
}

TEST_F(OpsgenieTest, MakesAnAlertOfItsOwnPerPageIfToldTo) {
    auto own = settings();
    own.options["alias"] = "page";
    EXPECT_EQ(posted(to(""), own)["alias"], "tocsin-42-0-0-1-lahore-a-push");
}

TEST_F(OpsgenieTest, GoesBelowThePathOfAnotherBase) {
    auto jsm = settings();
    jsm.url = "https://api.atlassian.com/jsm/ops/integration/";
    (void)posted(to(""), jsm);
    EXPECT_EQ(world_.requests.at(0).url.target, "/jsm/ops/integration/v2/alerts");
}

TEST_F(OpsgenieTest, NamesEveryKindOfResponder) {
    const auto responder = [&](const std::string& address) { return boost::json::serialize(posted(to(address))["responders"]); };
    EXPECT_EQ(responder("team:learner"), R"([{"type":"team","name":"learner"}])");
    EXPECT_EQ(responder("user:a@example.org"), R"([{"type":"user","username":"a@example.org"}])");
    EXPECT_EQ(responder("schedule: day shift"), R"([{"type":"schedule","name":"day shift"}])");
    EXPECT_EQ(responder("escalation:all:hands"), R"([{"type":"escalation","name":"all:hands"}])");
}

TEST_F(OpsgenieTest, LeavesTheRespondersToTheIntegrationIfThereIsNoAddress) {
    EXPECT_FALSE(posted(to("")).contains("responders"));
}

TEST_F(OpsgenieTest, RefusesAnAddressItCannotRead) {
    for (const auto* address : {"learner", "group:x", "team:", "team: ", ":x", "Team:x"}) {
        const auto refused = *outcome_of(*make(settings()), to(address));
        ASSERT_FALSE(refused) << address;
        EXPECT_EQ(refused.error().code(), Errc::Invalid);
        EXPECT_FALSE(refused.error().retry().allowed());
        EXPECT_THAT(refused.error().message(), HasSubstr("channel og: lahore-a's contact push: the address \""));
    }
    EXPECT_TRUE(world_.requests.empty());
}

TEST_F(OpsgenieTest, RanksSeveritiesFromP1ToP5) {
    std::string ranks;
    for (const auto severity : kSeverities) {
        auto notification = to("");
        notification.incident.severity = severity;
        ranks += posted(notification)["priority"].as_string();
    }
    EXPECT_EQ(ranks, "P1P2P3P4P5");
}

TEST_F(OpsgenieTest, CutsTheMessageByCodePointsNotBytes) {
    auto notification = to("");
    notification.incident.summary = repeated("ہ", 130);
    EXPECT_EQ(posted(notification)["message"].as_string(), repeated("ہ", 130));
    notification.incident.summary = repeated("🔥", 131);
    EXPECT_EQ(posted(notification)["message"].as_string(), repeated("🔥", 129) + "…");
}

TEST_F(OpsgenieTest, KeepsEveryFieldWithinItsLimit) {
    auto notification = to("");
    const auto huge = repeated("é", 20'000);
    notification.incident.key = notification.incident.service = notification.incident.summary = notification.incident.url = huge;
    notification.page.person = notification.page.via = notification.page.why = huge;
    auto per_page = settings();
    per_page.options["alias"] = "page";
    const auto alert = posted(notification, per_page);
    const auto length = [](const boost::json::value& text) { return code_points(std::string_view(text.as_string())); };
    EXPECT_EQ(length(alert.at("message")), 130U);
    EXPECT_EQ(length(alert.at("alias")), 512U);
    EXPECT_EQ(length(alert.at("description")), 15'000U);
    EXPECT_EQ(length(alert.at("entity")), 512U);
    for (const auto& tag : alert.at("tags").as_array()) EXPECT_LE(length(tag), 50U);
    std::size_t details = 0;
    for (const auto& [key, value] : alert.at("details").as_object()) details += key.size() + length(value);
    EXPECT_LE(details, 8'000U);
}

TEST_F(OpsgenieTest, HasNothingButTextsInItsDetails) {
    const auto alert = posted(to(""));
    for (const auto& [key, value] : alert.at("details").as_object()) EXPECT_TRUE(value.is_string()) << std::string(key);
}

TEST_F(OpsgenieTest, NamesStepsThatAreNoneForWhatTheyAre) {
    auto notification = to("");
    notification.page.step = kFallbackStep;
    EXPECT_EQ(posted(notification)["details"].at("step"), "fallback");
    notification.page.step = kNoticeStep;
    EXPECT_EQ(posted(notification)["details"].at("step"), "notice");
    notification.page.step = kAssignedStep;
    EXPECT_EQ(posted(notification)["details"].at("step"), "assigned");
}

TEST_F(OpsgenieTest, NeverSendsAnEmptyMessage) {
    auto notification = to("");
    notification.incident.summary = " \n";
    EXPECT_EQ(posted(notification)["message"], "incident 42");
}

TEST_F(OpsgenieTest, IsDeliveredBy202EvenIfItsBodyCannotBeRead) {
    EXPECT_EQ(outcome(202, "<html>")->reference, "");
    EXPECT_EQ(outcome(202, R"({"requestId":7})")->reference, "");
    EXPECT_EQ(outcome(202, "[]")->reference, "");
}

TEST_F(OpsgenieTest, DoesNotTakeAnotherServersSuccessForItsOwn) {
    const auto refused = outcome(200, "<html>Welcome</html>");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::Rejected);
    EXPECT_EQ(refused.error().message(),
              "channel og: posting to https://api.eu.opsgenie.com: answered 200, which is not the answer of this API: is the url "
              "right?");
}

TEST_F(OpsgenieTest, IsTriedAgainAfterATemporaryStatus) {
    for (const unsigned status : {408U, 425U, 429U, 500U, 502U, 503U, 504U}) {
        const auto delayed = outcome(status, R"({"message":"TooManyRequests","took":1,"requestId":"rId"})");
        ASSERT_FALSE(delayed) << status;
        EXPECT_EQ(delayed.error().code(), Errc::Unavailable) << status;
        EXPECT_TRUE(delayed.error().retry().allowed()) << status;
    }
}

TEST_F(OpsgenieTest, WaitsForAsLongAsOpsgenieAsks) {
    world_.answers(429, "", {{"Retry-After", "7"}});
    EXPECT_EQ((*outcome_of(*make(settings()), to(""))).error().retry().delay, 7s);
}

TEST_F(OpsgenieTest, IsTriedAgainAfterANetworkError) {
    world_.answer = Error{Errc::TimedOut, "timed out"};
    EXPECT_TRUE((*outcome_of(*make(settings()), to(""))).error().retry().allowed());
}

TEST_F(OpsgenieTest, IsGivenUpAtARefusal) {
    for (const unsigned status : {301U, 400U, 401U, 402U, 403U, 404U, 422U}) {
        const auto refused = outcome(status);
        ASSERT_FALSE(refused) << status;
        EXPECT_EQ(refused.error().code(), Errc::Rejected) << status;
        EXPECT_FALSE(refused.error().retry().allowed()) << status;
    }
}

TEST_F(OpsgenieTest, RepeatsWhatOpsgenieSaysIsWrong) {
    EXPECT_EQ(outcome(401, R"({"message":"Could not authenticate","took":0.0,"requestId":"x"})").error().message(),
              "channel og: posting to https://api.eu.opsgenie.com: answered 401: Could not authenticate");
    EXPECT_EQ(outcome(422, R"({"message":"Please check the errors.","errors":{"message":"may not be empty"},"took":0.1})")
                  .error()
                  .message(),
              "channel og: posting to https://api.eu.opsgenie.com: answered 422: Please check the errors. "
              R"({"message":"may not be empty"})");
}

TEST_F(OpsgenieTest, CutsAndCleansWhatOpsgenieSays) {
    const auto message = outcome(403, R"({"message":")" + repeated("é", 300) + R"("})").error().message();
    EXPECT_EQ(message, "channel og: posting to https://api.eu.opsgenie.com: answered 403: " + repeated("é", 199) + "…");
    EXPECT_THAT(outcome(403, "{\"message\":\"a\\nb\\u001b[2Jc\"}").error().message(), HasSubstr("403: a b\xEF\xBF\xBD[2Jc"));
}

TEST_F(OpsgenieTest, DoesNotRepeatItsKeyEvenIfOpsgenieDoes) {
    const auto message = outcome(401, std::string(R"({"message":"Key [)") + kKey + R"(] is not known"})").error().message();
    EXPECT_THAT(message, HasSubstr("Key [***] is not known"));
    EXPECT_THAT(message, Not(HasSubstr("eb243592")));
}

}  // namespace
}  // namespace tocsin::notify::opsgenie_test
