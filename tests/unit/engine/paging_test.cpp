// Whom a step reaches, and by what.
#include "core/engine/paging.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/limits.hpp"

namespace tocsin::engine::paging_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);  // 2026-03-01T00:00Z, a Sunday.

Person somebody(const std::string& id) {
    Person person;
    person.id = id;
    person.contacts = {{"push", "ntfy", id}, {"text", "sms", "+15005550006"}};
    person.paged = {{Duration{0}, "push"}, {minutes{1}, "text"}};
    return person;
}

Roster roster() {
    Roster roster;
    roster.people["ana"] = somebody("ana");
    roster.people["bob"] = somebody("bob");
    Schedule schedule;
    schedule.id = "primary";
    schedule.layers = {{"always", {"ana"}, {}, {}}};
    roster.schedules["primary"] = schedule;
    return roster;
}

std::vector<std::string> vias(const std::vector<Page>& pages) {
    std::vector<std::string> all;
    for (const auto& page : pages) all.push_back(page.person + " " + page.via);
    return all;
}

using Names = std::vector<std::string>;

TEST(Paging, PersonNamedTwiceIsPagedOnce) {
    const auto team = roster();
    const std::vector<Target> targets{
        {Target::Kind::Schedule, "primary"}, {Target::Kind::Person, "ana"}, {Target::Kind::Person, "bob"}};
    const auto to = recipients(targets, team, kNow);
    ASSERT_EQ(to.size(), 2U);
    EXPECT_EQ(to[0].why, "on call in primary (always)");
    EXPECT_EQ(to[1].person->id, "bob");
}

TEST(Paging, PersonalRuleSetsContactsAndTheirTimes) {
    const auto team = roster();
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    const auto pages = pages_for(recipients(targets, team, kNow), {{}, Severity::High, kNow});
    EXPECT_EQ(vias(pages), (Names{"ana push", "ana text"}));
    EXPECT_EQ(pages[0].due_at, kNow);
    EXPECT_EQ(pages[1].due_at, kNow + minutes{1});
    EXPECT_EQ(pages[1].channel, "sms");
}

TEST(Paging, WithoutAPersonalRuleEveryContactIsUsedAtOnce) {
    auto team = roster();
    team.people["ana"].paged.clear();
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    const auto pages = pages_for(recipients(targets, team, kNow), {{}, Severity::High, kNow});
    EXPECT_EQ(vias(pages), (Names{"ana push", "ana text"}));
    EXPECT_EQ(pages[1].due_at, kNow);
}

TEST(Paging, NobodyWithoutAContactIsPaged) {
    auto team = roster();
    team.people["ana"].contacts.clear();
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    EXPECT_TRUE(pages_for(recipients(targets, team, kNow), {{}, Severity::High, kNow}).empty());
}

TEST(Paging, PagesIgnoreQuietHoursAndNoticesWaitForTheirEnd) {
    auto team = roster();
    auto& ana = team.people["ana"];
    ana.quiet = parse_weekly_window("22:00-07:00");
    ana.noticed = {{Duration{0}, "push"}};
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    EXPECT_EQ(pages_for(recipients(targets, team, kNow), {{}, Severity::High, kNow}).front().due_at, kNow);
    EXPECT_EQ(notices_for(recipients(targets, team, kNow), {}, kNow).front().due_at, kNow + hours{7});
}

TEST(Paging, NoticesWaitForTheEndOfQuietHoursByThePersonsClockAcrossSummerTime) {
    auto team = roster();
    auto& ana = team.people["ana"];
    ana.time_zone = *Zone::find("America/New_York");
    ana.quiet = parse_weekly_window("22:00-07:00");
    ana.noticed = {{Duration{0}, "push"}};
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    const auto due = [&](const char* at) {
        const auto now = *parse_rfc3339(at);
        return format_utc(notices_for(recipients(targets, team, now), {}, now).front().due_at);
    };
    EXPECT_EQ(due("2026-03-08T04:00:00Z"), "2026-03-08T11:00:00Z") << "23:00 in winter; 07:00 is in summer time already";
    EXPECT_EQ(due("2026-11-01T03:00:00Z"), "2026-11-01T12:00:00Z") << "and the other way round: a night of ten hours";
    EXPECT_EQ(due("2026-03-08T16:00:00Z"), "2026-03-08T16:00:00Z");
}

TEST(Paging, LineForOtherSeveritiesIsLeftOut) {
    auto team = roster();
    team.people["ana"].paged[1].severities = {Severity::Critical};
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    const auto by = [&](Severity severity) { return vias(pages_for(recipients(targets, team, kNow), {{}, severity, kNow})); };
    EXPECT_EQ(by(Severity::Critical), (Names{"ana push", "ana text"}));
    EXPECT_EQ(by(Severity::Low), (Names{"ana push"}));
    team.people["ana"].paged[0].severities = {Severity::High};
    EXPECT_EQ(by(Severity::Low), (Names{"ana push", "ana text"})) << "no line is meant for it: all are taken";
}

TEST(Paging, OneAtATimeSpreadsContactsThatAreDueAtOnce) {
    auto team = roster();
    auto& ana = team.people["ana"];
    ana.one_at_a_time = true;
    ana.contacts.push_back({"phone", "voice", "+15005550006"});
    ana.paged = {{Duration{0}, "phone"}, {Duration{0}, "push"}, {minutes{5}, "text"}};
    const std::vector<Target> targets{{Target::Kind::Person, "ana"}};
    const auto pages = pages_for(recipients(targets, team, kNow), {{}, Severity::High, kNow});
    EXPECT_EQ(vias(pages), (Names{"ana phone", "ana push", "ana text"}));
    EXPECT_EQ(pages[0].due_at, kNow);
    EXPECT_EQ(pages[1].due_at, kNow + limits::kContactSpread);
    EXPECT_EQ(pages[1].give_up_at, pages[1].due_at + limits::kPageDeadline);
    EXPECT_EQ(pages[2].due_at, kNow + minutes{5});
}

TEST(Paging, KeyTellsIncidentCycleRoundStepPersonAndContact) {
    Page page;
    page.incident = IncidentId{42};
    page.round = 1;
    page.step = 2;
    page.person = "lahore-a";
    page.via = "push";
    EXPECT_EQ(page.key(), "42-0-1-2-lahore-a-push");
    page.step = kFallbackStep;
    EXPECT_EQ(page.key(), "42-0-1-fallback-lahore-a-push");
}

}  // namespace
}  // namespace tocsin::engine::paging_test
