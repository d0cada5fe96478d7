// How the work was shared out, and the calendars that people subscribe to.
#include "core/oncall/fairness.hpp"

#include <gtest/gtest.h>

#include "core/oncall/calendar_feed.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::fairness_test {
namespace {

using calendar_kit::every;
using calendar_kit::utc;
using Unit = Rotation::Unit;
using std::chrono::hours;

Roster roster_of(Schedule schedule) {
    Roster roster;
    for (const auto* id : {"a", "b"}) {
        Person person;
        person.id = id;
        person.name = std::string("Person ") + id;
        person.time_zone = calendar_kit::zone(std::string_view(id) == "a" ? "Asia/Karachi" : "America/New_York");
        roster.people.emplace(id, std::move(person));
    }
    roster.schedules.emplace(schedule.id, std::move(schedule));
    return roster;
}

/// A week of 12-hour turns: a from 0:00 UTC (5:00 in Lahore), b from 12:00 UTC (7:00 in Cambridge).
Schedule half_days() {
    auto made = calendar_kit::schedule("Etc/UTC", {{"half days", {"a", "b"}, every(12, Unit::Hours, "2026-01-05 00:00"), {}}});
    made.holidays = {{utc("2026-01-07T00:00:00Z"), utc("2026-01-08T00:00:00Z")}};
    return made;
}

TEST(Fairness, CountsHoursNightsWeekendsAndHolidaysByEachPersonsClocks) {
    const auto roster = roster_of(half_days());
    const auto loads = fairness(*roster.schedule("test"), roster, {utc("2026-01-05T00:00:00Z"), utc("2026-01-12T00:00:00Z")});
    ASSERT_EQ(loads.size(), 2U);
    const auto& a = loads[0];
    EXPECT_EQ(a.person, "a");
    EXPECT_EQ(a.shifts, 7U);
    EXPECT_EQ(a.total, hours{84});
    EXPECT_EQ(a.nights, 7U) << "until 7:00 in Lahore";
    EXPECT_EQ(a.at_night, hours{14});
    EXPECT_EQ(a.weekends, 1U);
    EXPECT_EQ(a.at_weekends, hours{24});
    EXPECT_EQ(a.holidays, 1U);
    EXPECT_EQ(a.on_holidays, hours{12});
    const auto& b = loads[1];
    EXPECT_EQ(b.at_night, hours{0}) << "7:00 to 19:00 in Cambridge";
    EXPECT_EQ(b.nights, 0U);
    EXPECT_EQ(b.at_weekends, hours{24});
}

TEST(Fairness, NamesWhoHadNothing) {
    const auto roster = roster_of(half_days());
    const auto loads = fairness(*roster.schedule("test"), roster, {utc("2026-01-05T00:00:00Z"), utc("2026-01-05T06:00:00Z")});
    ASSERT_EQ(loads.size(), 2U);
    EXPECT_EQ(loads[1].shifts, 0U);
    EXPECT_EQ(loads[1].total, hours{0});
}

TEST(Fairness, KnowsNightsByThePersonsClocks) {
    const auto roster = roster_of(half_days());
    EXPECT_TRUE(is_at_night(utc("2026-01-05T01:59:59Z"), roster.person("a")->time_zone));
    EXPECT_FALSE(is_at_night(utc("2026-01-05T02:00:00Z"), roster.person("a")->time_zone));
    EXPECT_FALSE(is_at_night(utc("2026-01-05T01:59:59Z"), roster.person("b")->time_zone)) << "21:00 in Cambridge";
}

TEST(CalendarFeed, IsWhatTheStandardAsksFor) {
    auto made = half_days();
    made.title = "Learner team, primary; a title that is so long that its line has to be folded somewhere behind the žž";
    const auto roster = roster_of(made);
    const auto events =
        events_of_schedule(*roster.schedule("test"), {utc("2026-01-05T00:00:00Z"), utc("2026-01-05T12:00:00Z")}, Role::Primary);
    const auto feed = calendar_feed("A, B", events, roster, utc("2026-01-01T00:00:00Z"));
    EXPECT_EQ(feed,
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tocsin//on call//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
              "X-WR-CALNAME:A\\, B\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
              "BEGIN:VEVENT\r\nUID:test/primary/a/20260105T000000Z@tocsin\r\nDTSTAMP:20260101T000000Z\r\n"
              "DTSTART:20260105T000000Z\r\nDTEND:20260105T120000Z\r\n"
              "SUMMARY:Person a: Learner team\\, primary\\; a title that is so long that its\r\n"
              "  line has to be folded somewhere behind the žž\r\n"
              "DESCRIPTION:a\\, primary in test (by half days)\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(CalendarFeed, HasNoLineOfMoreThan75OctetsAndTearsNoCodePoint) {
    auto made = half_days();
    for (int i = 0; i < 40; ++i) made.title += "ž€𝄞x";
    const auto roster = roster_of(made);
    const auto events =
        events_of_schedule(*roster.schedule("test"), {utc("2026-01-05T00:00:00Z"), utc("2026-01-06T00:00:00Z")}, Role::Primary);
    const auto feed = calendar_feed("x", events, roster, TimePoint{});
    for (std::size_t begin = 0; begin < feed.size();) {
        const auto end = feed.find("\r\n", begin);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - begin, 75U);
        const auto first = static_cast<unsigned char>(feed[begin == 0 || feed[begin] != ' ' ? begin : begin + 1]);
        EXPECT_NE(first & 0xC0U, 0x80U);
        begin = end + 2;
    }
}

TEST(CalendarFeed, OfAPersonHasTheirShiftsInEverySchedule) {
    auto roster = roster_of(half_days());
    auto other = calendar_kit::schedule("Etc/UTC", {{"always", {"a"}, {}, {}}});
    other.id = "other";
    roster.schedules.emplace("other", other);
    const Interval day{utc("2026-01-05T00:00:00Z"), utc("2026-01-06T00:00:00Z")};
    EXPECT_EQ(events_of_person(roster, "a", day).size(), 2U);
    EXPECT_EQ(events_of_person(roster, "b", day).size(), 1U);
    roster.escalations["x"].steps = {{Duration{0}, {{Target::Kind::Schedule, "test", Role::Secondary}}}};
    EXPECT_EQ(events_of_person(roster, "b", day).size(), 2U) << "somebody counts on the secondary now";
    EXPECT_TRUE(events_of_person(roster, "nobody", day).empty());
}

}  // namespace
}  // namespace tocsin::oncall::fairness_test
