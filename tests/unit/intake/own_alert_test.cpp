// What tocsin says of itself arrives as it was said, whatever stands in it.
#include "daemon/intake/own_alert.hpp"

#include <gtest/gtest.h>

#include "daemon/intake/parser.hpp"

namespace tocsin::intake::own_alert_test {
namespace {

Arrival arrived(const OwnAlert& alert) {
    auto parsed = parse(kOwnSource, kOwnSource, own_payload(alert));
    EXPECT_TRUE(parsed) << parsed.error().message();
    return parsed ? std::move(parsed->arrivals.at(0)) : Arrival{};
}

TEST(OwnAlert, FiresUntilItIsSaidToBeOver) {
    const auto firing = arrived({"rulebook", "rules/a.yaml", "stale", "a.yaml has mistakes", "line 1"});
    EXPECT_EQ(firing.alert.action, AlertAction::Fire);
    EXPECT_TRUE(firing.alert.is_followed_up);
    EXPECT_EQ(firing.alert.key, own_key("rulebook", "rules/a.yaml"));
    EXPECT_EQ(firing.fields.first("labels.what"), "rules/a.yaml");
    EXPECT_EQ(firing.fields.first("labels.state"), "stale");
    const auto over = arrived({"rulebook", "rules/a.yaml", "ok", "", ""});
    EXPECT_EQ(over.alert.action, AlertAction::Resolve);
    EXPECT_EQ(over.alert.key, firing.alert.key);
}

TEST(OwnAlert, KeepsQuotesLinesAndControlCharacters) {
    const std::string text = "rules/a.yaml:1:1: \"no\" \\ key\n\t| é\x01";
    EXPECT_EQ(arrived({"rulebook", "", "refused", "t", text}).alert.text, text);
}

TEST(OwnAlert, IsAnAlertEvenIfItSaysNothing) {
    const auto parsed = parse(kOwnSource, kOwnSource, "{}");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->arrivals.at(0).alert.key, kOwnSource);
}

}  // namespace
}  // namespace tocsin::intake::own_alert_test
