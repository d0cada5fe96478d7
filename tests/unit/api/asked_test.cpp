// What a request asks for: members of its JSON object, read the same way by every endpoint.
#include "daemon/api/asked.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::api::asked_test {
namespace {

const TimePoint kNow = parse_rfc3339("2026-03-08T08:00:00Z").value();

Asked asked(const std::string& body) { return Asked::read(body).value(); }

TEST(Asked, ABlankBodyAsksForNothing) {
    EXPECT_EQ(asked(" \n").text("by"), "");
    EXPECT_FALSE(asked("").number("into"));
}

TEST(Asked, ABodyThatIsNoObjectIsRefusedWithAnExample) {
    for (const auto* body : {"[1]", "7", "{", "null"}) {
        const auto read = Asked::read(body);
        ASSERT_FALSE(read) << body;
        EXPECT_EQ(read.error().message(), "the body is not a JSON object such as {\"by\": \"lahore-a\"}");
    }
}

TEST(Asked, WhoAsksIsTheTokenUnlessTheBodyNamesSomebody) {
    EXPECT_EQ(asked("{}").by("ops"), "ops");
    EXPECT_EQ(asked(R"({"by": "  "})").by("ops"), "ops");
    EXPECT_EQ(asked(R"({"by": " lahore-a "})").by("ops"), "lahore-a");
    EXPECT_LT(asked("{\"by\": \"" + std::string(200, 'x') + "\"}").by("ops").size(), 110U);
}

TEST(Asked, AMemberThatShouldBeATextAndIsNoneIsTold) {
    const auto wrong = asked(R"({"by": "lahore-a", "text": 5})").check_texts({"by", "text"});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message(), "\"text\" is not a text");
    EXPECT_TRUE(asked(R"({"by": null, "other": 5})").check_texts({"by", "text"}));
}

TEST(Asked, AListOfTextsLosesNoneSilently) {
    EXPECT_EQ(asked(R"({"for": ["alerts", "beats "]})").texts("for").value(), (std::vector<std::string>{"alerts", "beats"}));
    EXPECT_EQ(asked(R"({"for": "alerts"})").texts("for").value(), std::vector<std::string>{"alerts"});
    EXPECT_TRUE(asked("{}").texts("for").value().empty());
    EXPECT_FALSE(asked(R"({"for": ["alerts", 5]})").texts("for"));
    EXPECT_FALSE(asked(R"({"for": {"alerts": true}})").texts("for"));
}

TEST(Asked, AnInstantIsExactOrCivilOrFromNowOn) {
    const auto at = [](const std::string& text) {
        return asked("{\"until\": \"" + text + "\"}").instant("until", Asked::in_utc(kNow));
    };
    EXPECT_EQ(at("2026-03-08T10:00:00+02:00").value(), kNow);
    EXPECT_EQ(at("2026-03-08 09:00").value(), kNow + std::chrono::hours{1});
    EXPECT_EQ(at("2026-03-08 13:00 Asia/Karachi").value(), kNow);
    EXPECT_EQ(at("+2h").value(), kNow + std::chrono::hours{2});
    EXPECT_EQ(at("now").value(), kNow);
    EXPECT_EQ(at("").value(), std::nullopt);
    EXPECT_FALSE(at("tomorrow"));
}

TEST(Asked, ADurationHasAUnit) {
    EXPECT_EQ(asked(R"({"for": "15m"})").duration("for").value(), std::chrono::minutes{15});
    EXPECT_EQ(asked("{}").duration("for").value(), std::nullopt);
    const auto wrong = asked(R"({"for": "soon"})").duration("for");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message(), "\"for\" is \"soon\"; write a duration such as 15m or 2h");
}

TEST(Asked, ANumberIsWhole) {
    EXPECT_EQ(asked(R"({"into": 7})").number("into"), 7);
    EXPECT_FALSE(asked(R"({"into": 7.5})").number("into"));
    EXPECT_FALSE(asked(R"({"into": "7"})").number("into"));
}

}  // namespace
}  // namespace tocsin::api::asked_test
