// Who has which role: the next in line, layers for a role, shadows, holidays, vacations, calendars and overrides.
#include <gtest/gtest.h>

#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::crew_test {
namespace {

using calendar_kit::every;
using calendar_kit::schedule;
using calendar_kit::utc;
using calendar_kit::window;
using Unit = Rotation::Unit;

const TimePoint kFirst = utc("2026-01-05T12:00:00Z");

/// a, b and c change every day at midnight; on January 5 it is a's turn.
Layer days() { return {"days", {"a", "b", "c"}, every(1, Unit::Days, "2026-01-05 00:00"), {}}; }

Layer as(Role role, Layer layer) {
    layer.role = role;
    return layer;
}

/// "a+b (s, t)": primary, secondary and shadows.
std::string text_of(const Crew& crew) {
    const auto name = [](const std::optional<Duty>& duty) { return duty ? duty->person : std::string("-"); };
    std::string text = name(crew.primary) + "+" + name(crew.secondary);
    for (const auto& shadow : crew.shadows) text += " " + shadow.person;
    return text;
}

std::string crew_of(const Schedule& schedule, TimePoint t = kFirst) { return text_of(crew(schedule, t)); }

TEST(Crew, HasTheNextInTheRotationAsSecondary) {
    const auto made = schedule("Etc/UTC", {days()});
    EXPECT_EQ(crew_of(made), "a+b");
    EXPECT_EQ(crew_of(made, kFirst + std::chrono::days{2}), "c+a");
    EXPECT_EQ(on_call(made, kFirst, Role::Secondary), (Duty{"b", "days"}));
    EXPECT_EQ(next_change(made, kFirst, utc("2026-02-01T00:00:00Z"), Role::Secondary), utc("2026-01-06T00:00:00Z"));
}

TEST(Crew, HasNoSecondaryWhereNobodyElseIsThere) {
    EXPECT_EQ(crew_of(schedule("Etc/UTC", {{"always", {"a"}, {}, {}}})), "a+-");
    EXPECT_EQ(crew_of(schedule("Etc/UTC", {{"twice", {"a", "", "a"}, every(1, Unit::Days, "2026-01-05 00:00"), {}}})), "a+-");
    EXPECT_EQ(crew_of(schedule("Etc/UTC", {})), "-+-");
}

TEST(Crew, PassesOverShiftsThatNobodyHasWhenItLooksForTheNext) {
    EXPECT_EQ(crew_of(schedule("Etc/UTC", {{"gap", {"a", "", "b"}, every(1, Unit::Days, "2026-01-05 00:00"), {}}})), "a+b");
}

TEST(Crew, FallsBackToAnEarlierLayerForTheSecondary) {
    EXPECT_EQ(crew_of(schedule("Etc/UTC", {{"base", {"z"}, {}, {}}, {"day", {"a"}, {}, window("08:00-18:00")}})), "a+z");
}

TEST(Crew, LetsALayerSayWhoIsSecondary) {
    auto made = schedule("Etc/UTC", {days(), as(Role::Secondary, {"behind", {"z"}, {}, window("08:00-18:00")})});
    EXPECT_EQ(crew_of(made), "a+z");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T20:00:00Z")), "a+b") << "outside of its window the next in line is";
}

TEST(Crew, NeverHasOnePersonInTwoRoles) {
    auto made =
        schedule("Etc/UTC", {days(), as(Role::Secondary, {"behind", {"a", "z"}, every(1, Unit::Months, "2026-01-01 00:00"), {}}),
                             as(Role::Shadow, {"beginner", {"z"}, {}, {}})});
    EXPECT_EQ(crew_of(made), "a+z");
    EXPECT_EQ(crew_of(made, kFirst + std::chrono::days{1}), "b+a z");
}

TEST(Crew, ShadowsLookOnAndAreNeverOnCall) {
    const auto made = schedule("Etc/UTC", {as(Role::Shadow, {"s", {"s"}, {}, {}}), as(Role::Shadow, {"t", {"t"}, {}, {}})});
    EXPECT_EQ(crew_of(made), "-+- t s");
    EXPECT_FALSE(on_call(made, kFirst));
    EXPECT_EQ(shifts(made, kFirst, kFirst + std::chrono::days{1}, Role::Shadow).size(), 2U);
}

TEST(Override, TakesThePlaceOfWhomTheLayersName) {
    auto made = schedule("Etc/UTC", {days()});
    made.overrides.push_back({"z", kFirst, kFirst + std::chrono::hours{1}});
    EXPECT_EQ(crew_of(made), "z+b") << "a is replaced, and b is still next";
    made.overrides.push_back({"b", kFirst, kFirst + std::chrono::hours{1}});
    EXPECT_EQ(crew_of(made), "b+c") << "b has moved up";
    made.overrides.push_back({"y", kFirst, kFirst + std::chrono::hours{1}, Role::Secondary});
    made.overrides.push_back({"x", kFirst, kFirst + std::chrono::hours{1}, Role::Shadow});
    EXPECT_EQ(crew_of(made), "b+y x");
    EXPECT_EQ(crew_of(made, kFirst + std::chrono::hours{1}), "a+b");
}

TEST(Vacation, HandsToTheNextInLine) {
    auto made = schedule("Etc/UTC", {days()});
    made.vacations.push_back({"a", utc("2026-01-05T06:00:00Z"), utc("2026-01-05T18:00:00Z")});
    EXPECT_EQ(crew_of(made, utc("2026-01-05T05:59:59.999Z")), "a+b");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T06:00:00Z")), "b+c");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T18:00:00Z")), "a+b");
    EXPECT_EQ(next_change(made, utc("2026-01-05T00:00:00Z"), utc("2026-02-01T00:00:00Z")), utc("2026-01-05T06:00:00Z"));
    made.vacations.push_back({"b", utc("2026-01-01T00:00:00Z"), utc("2026-02-01T00:00:00Z")});
    EXPECT_EQ(crew_of(made), "c+-");
}

TEST(Vacation, OfAllLeavesTheLayerEmptyAndAnEarlierOneShowsThrough) {
    auto made = schedule("Etc/UTC", {{"base", {"z"}, {}, {}}, {"single", {"a"}, {}, {}}});
    made.vacations.push_back({"a", utc("2026-01-01T00:00:00Z"), utc("2026-02-01T00:00:00Z")});
    EXPECT_EQ(crew_of(made), "z+-");
}

TEST(Vacation, IsNotAskedByAnOverride) {
    auto made = schedule("Etc/UTC", {days()});
    made.vacations.push_back({"z", utc("2026-01-01T00:00:00Z"), utc("2026-02-01T00:00:00Z")});
    made.overrides.push_back({"z", kFirst, kFirst + std::chrono::hours{1}});
    EXPECT_EQ(crew_of(made), "z+b");
}

TEST(Holidays, AreWhenALayerForThemHolds) {
    Layer feast{"feast", {"z"}, {}, {}};
    feast.on = Layer::Days::Holidays;
    auto made = schedule("Etc/UTC", {days(), feast});
    EXPECT_EQ(crew_of(made), "a+b") << "there are none";
    made.holidays = {{utc("2026-01-01T00:00:00Z"), utc("2026-01-02T00:00:00Z")},
                     {utc("2026-01-05T06:00:00Z"), utc("2026-01-06T00:00:00Z")}};
    EXPECT_EQ(crew_of(made, utc("2026-01-05T05:59:59Z")), "a+b");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T06:00:00Z")), "z+a");
    EXPECT_EQ(crew_of(made, utc("2026-01-06T00:00:00Z")), "b+c");
}

TEST(CalendarLayer, HasWhomTheCalendarNamesInLine) {
    Layer kept{"kept", {}, {}, {}};
    kept.calendar = {{utc("2026-01-05T06:00:00Z"), utc("2026-01-05T12:00:00Z"), {"x"}},
                     {utc("2026-01-05T12:00:00Z"), utc("2026-01-05T18:00:00Z"), {"y", "x"}}};
    auto made = schedule("Etc/UTC", {days(), kept});
    EXPECT_EQ(crew_of(made, utc("2026-01-05T05:00:00Z")), "a+b");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T06:00:00Z")), "x+a");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T12:00:00Z")), "y+x");
    EXPECT_EQ(crew_of(made, utc("2026-01-05T18:00:00Z")), "a+b");
    made.vacations.push_back({"y", utc("2026-01-01T00:00:00Z"), utc("2026-02-01T00:00:00Z")});
    EXPECT_EQ(crew_of(made, utc("2026-01-05T12:00:00Z")), "x+a");
}

}  // namespace
}  // namespace tocsin::oncall::crew_test
