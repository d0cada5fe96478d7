// Calendars: what an iCalendar file says, as instants.
#include "rules/calendar/calendar.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/support/calendar.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::calendar::calendar_test {
namespace {

using calendar_kit::at;
using calendar_kit::utc;

constexpr auto kNewYork = "America/New_York";

std::string file(const std::string& name) {
    std::ifstream in(test::source_path("tests/golden/calendars/" + name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string event(const std::string& lines) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n" + lines + "END:VEVENT\nEND:VCALENDAR\n";
}

Calendar read(const std::string& bytes) { return read_calendar(bytes, calendar_kit::zone("Asia/Karachi")); }

/// The begins and ends, and nothing wrong.
std::vector<Interval> times(const std::string& bytes) {
    const auto calendar = read(bytes);
    for (const auto& mistake : calendar.mistakes) ADD_FAILURE() << mistake.line << ": " << mistake.what;
    std::vector<Interval> found;
    for (const auto& one : calendar.events) found.push_back(one.when);
    return found;
}

std::string mistake_of(const std::string& bytes) {
    const auto calendar = read(bytes);
    return calendar.mistakes.empty() ? "" : calendar.mistakes.front().what;
}

TEST(Calendar, WritesRecurrencesOutAndKeepsTheirHoursOnTheWall) {
    const auto calendar = read(file("rota.ics"));
    EXPECT_TRUE(calendar.mistakes.empty());
    std::vector<std::string> begins;
    for (const auto& one : calendar.events) {
        begins.push_back(format_in(one.when.from, calendar_kit::zone(kNewYork)).substr(10, 7) + " " + one.summary);
        EXPECT_EQ(format_in(one.when.until, calendar_kit::zone(kNewYork)).substr(15, 5), "08:00");
    }
    const std::vector<std::string> expected{"3-02 20 lahore-a", "3-03 20 lahore-a", "3-05 20 lahore-a", "3-06 21 lahore-b",
                                            "3-07 20 lahore-a", "3-08 20 lahore-a", "3-09 20 lahore-a", "3-10 20 lahore-a",
                                            "3-11 20 lahore-a", "3-12 20 lahore-a"};
    EXPECT_EQ(begins, expected) << "EXDATE takes the 4th out, a changed recurrence moves the 6th, UNTIL is in UTC";
    EXPECT_EQ(calendar.events[4].when.until - calendar.events[4].when.from, std::chrono::hours{11}) << "clocks go forward";
    EXPECT_EQ(calendar.events[0].line, 4);
    EXPECT_EQ(calendar.events[3].line, 13);
}

TEST(Calendar, TakesAZoneThatOnlyTheFileKnowsFromTheFile) {
    const auto calendar = read(file("of_another_maker.ics"));
    EXPECT_TRUE(calendar.mistakes.empty());
    ASSERT_EQ(calendar.events.size(), 7U);
    EXPECT_EQ(calendar.events[0].when.from, at("2026-01-05 09:00", kNewYork));
    EXPECT_EQ(calendar.events[6].when.until, at("2026-07-05 17:00", kNewYork));
    EXPECT_EQ(calendar.events[0].attendees, std::vector<std::string>{"a@example.org"});
}

TEST(Calendar, ReadsTimesWithoutAZoneAndWholeDaysByTheScheduleClocks) {
    EXPECT_EQ(times(event("DTSTART:20260105T090000\nDTEND:20260105T170000\n")),
              (std::vector<Interval>{{utc("2026-01-05T04:00:00Z"), utc("2026-01-05T12:00:00Z")}}));
    EXPECT_EQ(times(event("DTSTART;VALUE=DATE:20260105\n")),
              (std::vector<Interval>{{utc("2026-01-04T19:00:00Z"), utc("2026-01-05T19:00:00Z")}}));
    EXPECT_EQ(times(event("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260107\n")),
              (std::vector<Interval>{{utc("2026-01-04T19:00:00Z"), utc("2026-01-06T19:00:00Z")}}));
    EXPECT_EQ(times(event("DTSTART:20260105T090000Z\nDURATION:P1DT2H\n")),
              (std::vector<Interval>{{utc("2026-01-05T09:00:00Z"), utc("2026-01-06T11:00:00Z")}}));
    EXPECT_EQ(times(event("DTSTART;TZID=/example.org/America/New_York:20260105T090000\nDURATION:PT1H\n")),
              (std::vector<Interval>{{utc("2026-01-05T14:00:00Z"), utc("2026-01-05T15:00:00Z")}}));
}

TEST(Calendar, AddsRdatesAndLeavesOutWhatIsCancelled) {
    const auto found =
        times(event("DTSTART:20260105T090000Z\nDURATION:PT1H\nRDATE:20260107T090000Z,20260108T090000Z\n"
                    "RDATE;VALUE=PERIOD:20260110T090000Z/PT1H\n"));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[3].from, utc("2026-01-10T09:00:00Z"));
    EXPECT_TRUE(times(event("DTSTART:20260105T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED\n")).empty());
}

TEST(Calendar, EndsARecurrenceWithoutEndIn2038) {
    const auto found = times(event("DTSTART:20370101T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\n"));
    ASSERT_EQ(found.size(), 53U);
    EXPECT_LT(found.back().until, kEnd);
}

TEST(Calendar, SaysWhatIsWrongWithAnEvent) {
    EXPECT_EQ(mistake_of("hello"), "this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
    EXPECT_EQ(mistake_of(""), "this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
    EXPECT_EQ(mistake_of(std::string("BEGIN:VCALENDAR\n\0END:VCALENDAR\n", 31)),
              "this is no iCalendar file: it has bytes that are no text");
    EXPECT_EQ(mistake_of(event("SUMMARY:a\n")), "this event has no DTSTART that can be read");
    EXPECT_EQ(mistake_of(event("DTSTART:20260105T090000Z\nDTEND:20260105T080000Z\n")),
              "this event ends before it begins, or lasts no time");
    EXPECT_EQ(mistake_of(event("DTSTART;TZID=Asia/Karachy:20260105T090000\nDURATION:PT1H\n")),
              "no time zone is called \"Asia/Karachy\"; did you mean \"Asia/Karachi\"?");
    EXPECT_EQ(mistake_of(event("DTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:FREQ=MINUTELY\n")),
              "this RRULE cannot be used for shifts: it must go by hours, days, weeks, months or years");
    EXPECT_EQ(mistake_of(event("DTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\n")),
              "this RRULE cannot be used for shifts: it must go by hours, days, weeks, months or years");
    EXPECT_EQ(mistake_of(event("DTSTART:20000105T090000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n")),
              "the calendar has more than 100000 events, every recurrence counted");
}

TEST(Calendar, SaysThatARecurrenceNeverComes) {
    EXPECT_EQ(mistake_of(event("DTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n")),
              "this RRULE cannot be read, or never comes");
}

Event shift(std::string_view from, std::string_view until) { return {{utc(from), utc(until)}, "", {}, 1}; }

TEST(CalendarShifts, GiveTheDutyToWhoBeganLastAndPutTheOthersBehind) {
    const std::vector<Event> events{shift("2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"),
                                    shift("2026-01-05T09:00:00Z", "2026-01-05T17:00:00Z")};
    const std::vector<CalendarShift> expected{{utc("2026-01-05T00:00:00Z"), utc("2026-01-05T09:00:00Z"), {"a"}},
                                              {utc("2026-01-05T09:00:00Z"), utc("2026-01-05T17:00:00Z"), {"b", "a"}},
                                              {utc("2026-01-05T17:00:00Z"), utc("2026-01-06T00:00:00Z"), {"a"}}};
    EXPECT_EQ(shifts_of(events, {{"a"}, {"b"}}), expected);
}

TEST(CalendarShifts, JoinNeighboursAndLeaveGaps) {
    const std::vector<Event> events{shift("2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"),
                                    shift("2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z"),
                                    shift("2026-01-08T00:00:00Z", "2026-01-09T00:00:00Z")};
    EXPECT_EQ(shifts_of(events, {{"a"}, {"a"}, {}}),
              (std::vector<CalendarShift>{{utc("2026-01-05T00:00:00Z"), utc("2026-01-07T00:00:00Z"), {"a"}}}));
    EXPECT_EQ(times_of(events), (std::vector<Interval>{{utc("2026-01-05T00:00:00Z"), utc("2026-01-07T00:00:00Z")},
                                                       {utc("2026-01-08T00:00:00Z"), utc("2026-01-09T00:00:00Z")}}));
}

}  // namespace
}  // namespace tocsin::calendar::calendar_test
