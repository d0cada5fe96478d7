// The registry of channels, and what is wrong with settings.
#include "daemon/notify/channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "daemon/notify/dealing.hpp"
#include "tests/support/fake_outside.hpp"

namespace tocsin::notify::channel_test {
namespace {

using test::a_notification;
using test::FakeOutside;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ChannelTest : public testing::Test {
protected:
    std::string refusal(ChannelSettings settings) {
        const auto channel = make_channel(std::move(settings), world_.outside());
        if (channel) return "nothing is wrong";
        EXPECT_EQ(channel.error().code(), Errc::Invalid);
        return channel.error().message();
    }
    std::unique_ptr<Channel> log_channel() {
        return *make_channel({.name = "try", .kind = "log", .url = "", .secret = "", .options = {}}, world_.outside());
    }
    /// What comes of a page by the channel of this name.
    Result<Receipt> send_by(Notifiers& notifiers, const std::string& channel) {
        auto notification = a_notification();
        notification.page.channel = channel;
        std::optional<Result<Receipt>> outcome;
        notifiers.send(notification, Deadline{}, [&](Result<Receipt> ended) { outcome.emplace(std::move(ended)); });
        return *outcome;
    }

    FakeOutside world_;
};

TEST_F(ChannelTest, IsChosenByThePagesName) {
    Notifiers notifiers;
    ASSERT_TRUE(notifiers.add("try", log_channel()));
    EXPECT_TRUE(send_by(notifiers, "try"));
    EXPECT_THAT(world_.lines, ElementsAre("42-0-0-1-lahore-a-push"));
}

TEST_F(ChannelTest, ThatDoesNotExistIsAnErrorThatIsNeverRetried) {
    Notifiers notifiers;
    const auto outcome = send_by(notifiers, "gone");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code(), Errc::NotFound);
    EXPECT_FALSE(outcome.error().retry().allowed());
    EXPECT_EQ(outcome.error().message(), "lahore-a's contact push names the channel \"gone\", which tocsin.yaml does not have");
}

TEST_F(ChannelTest, CannotShareItsName) {
    Notifiers notifiers;
    ASSERT_TRUE(notifiers.add("try", log_channel()));
    const auto second = notifiers.add("try", log_channel());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message(), "there are two channels called \"try\"");
}

TEST_F(ChannelTest, AreListedByName) {
    Notifiers notifiers;
    ASSERT_TRUE(notifiers.add("try", log_channel()));
    ASSERT_TRUE(notifiers.add("also", log_channel()));
    EXPECT_THAT(notifiers.names(), ElementsAre("also", "try"));
}

TEST_F(ChannelTest, OfAKindThatDoesNotExistIsRefusedWithTheNearest) {
    EXPECT_EQ(refusal({.name = "og", .kind = "opsgeni", .url = "", .secret = "", .options = {}}),
              "channel og: there is no kind \"opsgeni\"; the kinds are webhook, opsgenie, mail, log; did you mean \"opsgenie\"?");
}

TEST_F(ChannelTest, ToOpsgenieNeedsUrlAndKey) {
    EXPECT_THAT(refusal({.name = "og", .kind = "opsgenie", .url = "", .secret = "k", .options = {}}),
                HasSubstr("channel og: \"url\" is missing"));
    EXPECT_EQ(refusal({.name = "og", .kind = "opsgenie", .url = "https://api.opsgenie.com", .secret = "", .options = {}}),
              "channel og: the secret is missing: the API key of an API integration");
}

TEST_F(ChannelTest, RefusesAUrlThatIsNoneWithoutShowingIt) {
    const auto message =
        refusal({.name = "hook", .kind = "webhook", .url = "hooks.example.org/t0k3n", .secret = "", .options = {}});
    EXPECT_THAT(message, HasSubstr("channel hook: url: "));
    EXPECT_THAT(message, Not(HasSubstr("t0k3n")));
}

TEST_F(ChannelTest, RefusesAKeyThatWouldBreakTheHeaderWithoutShowingIt) {
    const auto message = refusal(
        {.name = "og", .kind = "opsgenie", .url = "https://api.opsgenie.com", .secret = "s3cr3t\r\nHost: x", .options = {}});
    EXPECT_THAT(message, HasSubstr("control character or a line break"));
    EXPECT_THAT(message, Not(HasSubstr("s3cr3t")));
}

TEST_F(ChannelTest, RefusesAnOptionItDoesNotKnow) {
    EXPECT_EQ(refusal({.name = "og", .kind = "opsgenie", .url = "https://x", .secret = "k", .options = {{"allias", "page"}}}),
              "channel og: a channel of kind opsgenie has no \"allias\"; did you mean \"alias\"?");
    EXPECT_EQ(refusal({.name = "og", .kind = "opsgenie", .url = "https://x", .secret = "k", .options = {{"alias", "step"}}}),
              "channel og: alias is \"incident\" or \"page\", not \"step\"");
}

TEST_F(ChannelTest, ToTheLogTakesNoSettings) {
    EXPECT_EQ(refusal({.name = "try", .kind = "log", .url = "https://x", .secret = "", .options = {}}),
              "channel try: a channel of kind log has no \"url\"");
    EXPECT_EQ(refusal({.name = "try", .kind = "log", .url = "", .secret = "k", .options = {}}),
              "channel try: a channel of kind log has no secret");
}

TEST(Dealing, ShowsOfAUrlOnlySchemeHostAndUnusualPort) {
    EXPECT_EQ(place_of(*http::parse_url("https://hooks.example.org/s3cr3t?k=v")), "https://hooks.example.org");
    EXPECT_EQ(place_of(*http::parse_url("http://127.0.0.1:8080/")), "http://127.0.0.1:8080");
    EXPECT_EQ(place_of(*http::parse_url("https://[::1]:443/")), "https://[::1]");
}

TEST(Dealing, BlanksAQueryThatIsRepeatedAlone) {
    const Dealing dealing(*http::parse_url("https://hooks.example.org/in?token=t0k3n"), {});
    const auto error = dealing.refused({403, "", {}}, "bad token=t0k3n", FakeOutside::kNow);
    EXPECT_EQ(error.message(), "posting to https://hooks.example.org: answered 403: bad ***");
}

}  // namespace
}  // namespace tocsin::notify::channel_test
