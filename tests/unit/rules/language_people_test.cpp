// People, as they are written and as the daemon gets them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::language_people_test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// The person `x` with these lines.
Person person(const std::string& lines) {
    const auto rulebook = kit::compiled("people:\n  x:" + lines);
    if (rulebook == nullptr) return {};
    return *rulebook->roster().person("x");
}

TEST(LanguagePeople, AreReadWhole) {
    const auto x = person(R"(
    name: Engineer X
    email: x@example.org
    time_zone: Asia/Karachi
    contacts: { push: { ntfy: topic-x }, text: { sms: "+15005550006" } }
    paged: [{ via: push }, { after: 1m, via: text }]
    noticed: [{ via: email }]
    quiet: 22:00-07:00
)");
    EXPECT_EQ(x.name, "Engineer X");
    EXPECT_EQ(x.email, "x@example.org");
    EXPECT_EQ(x.time_zone.name(), "Asia/Karachi");
    EXPECT_EQ(x.contact("push")->channel, "ntfy");
    EXPECT_EQ(x.contact("push")->address, "topic-x");
    EXPECT_EQ(x.contact("text")->address, "+15005550006");
    ASSERT_EQ(x.paged.size(), 2U);
    EXPECT_EQ(x.paged[1].via, "text");
    EXPECT_EQ(x.paged[1].after, Duration{1min});
    ASSERT_EQ(x.noticed.size(), 1U);
    EXPECT_EQ(x.quiet, parse_weekly_window("22:00-07:00"));
}

TEST(LanguagePeople, AreCalledByTheirIdInUtcWhereNothingIsSaid) {
    const auto x = person(" {}\n");
    EXPECT_EQ(x.name, "x");
    EXPECT_EQ(x.time_zone, Zone{});
    EXPECT_TRUE(x.contacts.empty());
    EXPECT_EQ(x.quiet, std::nullopt);
}

TEST(LanguagePeople, HaveAContactForTheirEmail) {
    const auto x = person(" { email: x@example.org }\n");
    ASSERT_NE(x.contact("email"), nullptr);
    EXPECT_EQ(x.contact("email")->channel, "email");
    EXPECT_EQ(x.contact("email")->address, "x@example.org");
}

TEST(LanguagePeople, MayHaveAnEmailContactOfTheirOwn) {
    const auto x = person(" { email: x@example.org, contacts: { email: { email: pager@example.org } } }\n");
    ASSERT_EQ(x.contacts.size(), 1U);
    EXPECT_EQ(x.contacts[0].address, "pager@example.org");
}

TEST(LanguagePeople, HaveNoContactOnAnEmailChannelThatTheDaemonDoesNotHave) {
    CompileContext context;
    context.channels.emplace().emplace_back("ntfy");
    const auto rulebook = kit::compiled({{"p.yaml", "people:\n  x: { email: x@example.org }\n"}}, context);
    ASSERT_NE(rulebook, nullptr);
    EXPECT_TRUE(rulebook->roster().person("x")->contacts.empty());
}

TEST(LanguagePeople, TakeSeveralQuietWindowsTogether) {
    const auto x = person(" { time_zone: UTC, quiet: [mon-fri 22:00-07:00, \"sat,sun 00:00-12:00\"] }\n");
    EXPECT_EQ(x.quiet->spans.size(), 7U);
}

TEST(LanguagePeople, CannotBeUsedWithoutTheirContact) {
    EXPECT_THAT(kit::said_of("people:\n  x: { paged: [{ via: push }] }\n"), HasSubstr("\"x\" has no contact \"push\""));
}

TEST(LanguagePeople, LinesMayBeForSomeSeveritiesAndOneAtATime) {
    const auto x = person(R"(
    email: x@example.org
    contacts: { phone: { voice: "+15005550006" } }
    paged: [{ via: email }, { via: phone, severity: [critical, P2] }]
    one_at_a_time: true
)");
    ASSERT_EQ(x.paged.size(), 2U);
    EXPECT_TRUE(x.paged[0].severities.empty());
    EXPECT_EQ(x.paged[1].severities, (std::vector<Severity>{Severity::Critical, Severity::High}));
    EXPECT_TRUE(x.one_at_a_time);
}

}  // namespace
}  // namespace tocsin::language_people_test
