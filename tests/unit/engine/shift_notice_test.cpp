// What is told of shifts and of silences that end soon.
#include "core/engine/shift_notice.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/engine/silence_notice.hpp"
#include "tests/support/calendar.hpp"
#include "tests/support/golden.hpp"

namespace tocsin::engine::shift_notice_test {
namespace {

using calendar_kit::utc;
using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kHandOver = utc("2026-03-08T20:00:00Z");

Person somebody(const std::string& id, std::string_view zone) {
    Person person;
    person.id = id;
    person.name = "Person " + id;
    person.time_zone = calendar_kit::zone(zone);
    person.contacts = {{"push", "ntfy", id}};
    return person;
}

/// a and b by days from 20:00 UTC on; "chief" is in no rota.
Roster roster() {
    Roster roster;
    roster.people["a"] = somebody("a", "Asia/Karachi");
    roster.people["b"] = somebody("b", "America/New_York");
    roster.people["chief"] = somebody("chief", "UTC");
    auto schedule = calendar_kit::schedule(
        "UTC", {{"day", {"a", "b"}, calendar_kit::every(1, Rotation::Unit::Days, "2026-03-07 20:00"), {}}});
    schedule.id = "learner-primary";
    schedule.title = "Learner team, primary";
    schedule.has_shift_notices = true;
    roster.schedules[schedule.id] = schedule;
    Escalation policy;
    policy.id = "learner";
    policy.steps = {{Duration{0}, {{Target::Kind::Schedule, "learner-primary"}}}};
    policy.fallback = {Target::Kind::Person, "chief"};
    roster.escalations["learner"] = policy;
    policy.id = "other";
    policy.steps = {{Duration{0}, {{Target::Kind::Person, "chief"}}}};
    roster.escalations["other"] = policy;
    return roster;
}

Incident incident(std::int64_t id, std::string summary) {
    Incident incident;
    incident.id = {id};
    incident.key = summary;
    incident.summary = std::move(summary);
    incident.severity = Severity::High;
    incident.escalation = "learner";
    incident.opened_at = kHandOver - hours{2};
    return incident;
}

std::vector<Incident> incidents() {
    std::vector<Incident> all{incident(1, "LMS answers with 5xx"), incident(2, "disk full"), incident(3, "cron is late")};
    all[1].state = IncidentState::Acknowledged;
    all[1].acknowledged_by = "a";
    all[1].acknowledged_at = kHandOver - hours{1};
    all[2].silence = "the move";
    all[2].silenced_until = kHandOver + hours{1};
    for (std::int64_t id = 4; id < 7; ++id) {
        all.push_back(incident(id, "queue is long"));
        all.back().state = IncidentState::Resolved;
        all.back().resolved_at = kHandOver - minutes{10 * id};
        all.back().resolved_by = id == 4 ? "a" : "";
    }
    auto of_others = incident(7, "none of our business");
    of_others.escalation = "other";
    auto drill = incident(8, "a drill");
    drill.is_drill = true;
    auto old = incident(9, "resolved the day before");
    old.state = IncidentState::Resolved;
    old.opened_at = kHandOver - hours{40};
    old.resolved_at = kHandOver - hours{30};
    all.insert(all.end(), {of_others, drill, old});
    return all;
}

ShiftChange the_change() {
    const auto changes = shift_changes(roster(), {}, kHandOver + minutes{1});
    EXPECT_EQ(changes.size(), 1U);
    return changes.empty() ? ShiftChange{} : changes.front();
}

TEST(ShiftChanges, AreFoundOnceAndForAnHour) {
    EXPECT_TRUE(shift_changes(roster(), {}, kHandOver - Duration{1}).empty());
    const auto change = the_change();
    EXPECT_EQ(change.at, kHandOver);
    EXPECT_EQ(change.before, (oncall::Shift{{"a", "day"}, kHandOver - hours{24}, kHandOver}));
    EXPECT_EQ(change.after, (oncall::Shift{{"b", "day"}, kHandOver, kHandOver + hours{24}}));
    Arrangements told;
    told.told["shift learner-primary"] = kHandOver;
    EXPECT_TRUE(shift_changes(roster(), told, kHandOver + minutes{1}).empty());
    told.told["shift learner-primary"] = kHandOver - hours{24};
    EXPECT_EQ(shift_changes(roster(), told, kHandOver + minutes{1}).size(), 1U);
    EXPECT_TRUE(shift_changes(roster(), {}, kHandOver + kShiftNews).empty()) << "that is no news any more";
    auto quiet = roster();
    quiet.schedules["learner-primary"].has_shift_notices = false;
    EXPECT_TRUE(shift_changes(quiet, {}, kHandOver + minutes{1}).empty());
}

TEST(ShiftChanges, APersonWhoGoesOnUnderAnotherDutyNeitherBeginsNorEnds) {
    auto same = roster();
    same.schedules["learner-primary"].overrides = {{"a", kHandOver - hours{1}, kHandOver + hours{1}}};
    EXPECT_TRUE(shift_changes(same, {}, kHandOver + minutes{1}).empty());
    const auto later = shift_changes(same, {}, kHandOver + hours{1});
    ASSERT_EQ(later.size(), 1U);
    EXPECT_EQ(later.front().at, kHandOver + hours{1});
    EXPECT_EQ(later.front().before->from, kHandOver - hours{24}) << "the shift before began with the day";
}

TEST(ShiftChanges, TheNextOneIsKnownInAdvance) {
    EXPECT_EQ(next_shift_change(roster(), kHandOver - hours{1}, kHandOver), kHandOver);
    EXPECT_EQ(next_shift_change(roster(), kHandOver - hours{1}, kHandOver - minutes{1}), std::nullopt);
}

TEST(ShiftNotices, TellBothWithASummaryForTheOneWhoBegins) {
    const auto all = incidents();
    const auto pages = shift_notices(the_change(), all, roster(), kHandOver);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].key(), "shift-begins-learner-primary-1773000000-b-push");
    EXPECT_EQ(pages[1].key(), "shift-ends-learner-primary-1773000000-a-push");
    EXPECT_EQ(pages[0].urgency, Urgency::Notice);
    EXPECT_EQ(pages[0].reason, Reason::ShiftBegins);
    EXPECT_EQ(pages[1].reason, Reason::ShiftEnds);
    test::expect_golden("shift_notices.txt", pages[0].text + "--------\n" + pages[1].text);
}

TEST(ShiftNotices, ObeyQuietHours) {
    auto quiet = roster();
    quiet.people["b"].quiet = calendar_kit::window("00:00-18:00");  // 20:00 UTC is 16:00 in New York.
    const auto pages = shift_notices(the_change(), {}, quiet, kHandOver);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].due_at, kHandOver + hours{2});
    EXPECT_EQ(pages[1].due_at, kHandOver);
}

TEST(ShiftNotices, SayThatNobodyFollows) {
    auto alone = roster();
    alone.schedules["learner-primary"].layers[0].people = {"a", ""};
    const auto changes = shift_changes(alone, {}, kHandOver);
    ASSERT_EQ(changes.size(), 1U);
    const auto pages = shift_notices(changes.front(), {}, alone, kHandOver);
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_NE(pages[0].text.find("Nobody is on call now."), std::string::npos);
}

TEST(SilenceNotice, GoesToItsAuthorOrToWhoeverDoesTriage) {
    const MadeSilence made{{7},       R"({"service":"mysql"})", "",
                           kHandOver, kHandOver + hours{2},     {"a", kHandOver, "new disks", "", {}}};
    const auto pages = silence_notice(made, roster(), kHandOver + hours{1});
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(pages[0].key(), "silence-7-ends-1773007200-a-push");
    test::expect_golden("silence_notice.txt", pages[0].text);
    auto by_a_tool = made;
    by_a_tool.origin.made_by = "ci";
    EXPECT_TRUE(silence_notice(by_a_tool, roster(), kHandOver + hours{1}).empty());
    auto with_triage = roster();
    with_triage.default_triage = "learner-primary";
    EXPECT_EQ(silence_notice(by_a_tool, with_triage, kHandOver + hours{1}).at(0).person, "b");
    EXPECT_EQ(told_of(made), (Told{"silence-7", made.until}));
}

}  // namespace
}  // namespace tocsin::engine::shift_notice_test
