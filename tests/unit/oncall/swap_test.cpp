// Who changes places with whom, and a roster with the overrides that were made at run time.
#include "core/oncall/swap.hpp"

#include <gtest/gtest.h>

#include "core/oncall/with_overrides.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::oncall::swap_test {
namespace {

using calendar_kit::utc;

const TimePoint kNow = utc("2026-03-02T06:00:00Z");

/// a, b and c by days, from midnight to midnight.
Schedule by_days() {
    return calendar_kit::schedule(
        "UTC", {{"day", {"a", "b", "c"}, calendar_kit::every(1, Rotation::Unit::Days, "2026-03-01 00:00"), {}}});
}

TEST(Swap, IsTheShiftThatHoldsAndTheOthersNextOne) {
    const auto found = swap(by_days(), "a", utc("2026-03-06T12:00:00Z"), kNow);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->first, (Shift{{"c", "day"}, utc("2026-03-06T00:00:00Z"), utc("2026-03-07T00:00:00Z")}));
    EXPECT_EQ(found->second, (Shift{{"a", "day"}, utc("2026-03-07T00:00:00Z"), utc("2026-03-08T00:00:00Z")}));
}

TEST(Swap, OfAShiftThatHasBegunIsWhatIsLeftOfIt) {
    const auto found = swap(by_days(), "a", kNow, kNow);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->first, (Shift{{"b", "day"}, kNow, utc("2026-03-03T00:00:00Z")}));
    EXPECT_EQ(found->second.from, utc("2026-03-04T00:00:00Z"));
}

TEST(Swap, OfSecondariesIsOfTheShiftsInWhichTheyStandBehind) {
    const auto found = swap(by_days(), "a", kNow, kNow, Role::Secondary);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->first.duty.person, "c");
    EXPECT_EQ(found->first.from, kNow);
    EXPECT_EQ(found->second, (Shift{{"a", "day"}, utc("2026-03-03T00:00:00Z"), utc("2026-03-04T00:00:00Z")}));
    EXPECT_EQ(swap(by_days(), "c", kNow, kNow, Role::Secondary).error().message(),
              "c is secondary in test at 2026-03-02T06:00:00Z already: name an instant of the other's shift");
}

TEST(WithOverrides, OneIsOfTheRoleThatItSays) {
    MadeOverride stands_in{{}, "test", "a", kNow, kNow + std::chrono::hours{4}, {}, Role::Secondary};
    EXPECT_EQ(stands_in.in_force()->role, Role::Secondary);
}

TEST(Swap, NeedsTwoPeopleWhoBothHaveAShift) {
    EXPECT_EQ(swap(by_days(), "b", kNow, kNow).error().message(),
              "b is on call in test at 2026-03-02T06:00:00Z already: name an instant of the other's shift");
    EXPECT_EQ(swap(by_days(), "z", kNow, kNow).error().message(),
              "z has no whole shift in test in the 91d after 2026-03-02T06:00:00Z: make an override instead");
    const auto nobody = calendar_kit::schedule("UTC", {{"night", {"a"}, {}, calendar_kit::window("22:00-23:00")}});
    EXPECT_EQ(swap(nobody, "a", kNow, kNow).error().message(), "nobody is on call in test at 2026-03-02T06:00:00Z");
    const auto always = calendar_kit::schedule("UTC", {{"always", {"a"}, {}, {}}});
    EXPECT_EQ(swap(always, "b", kNow, kNow).error().message(),
              "the shift of a in test has no end within 91d: make an override instead");
}

MadeOverride made(std::string person, TimePoint from, TimePoint until) {
    return {{1}, "test", std::move(person), from, until, {"a", kNow, "", "", {}}};
}

Roster roster() {
    Roster roster;
    for (const auto* id : {"a", "b", "c"}) roster.people[id].id = id;
    roster.schedules["test"] = by_days();
    return roster;
}

std::string on_call_at(const Roster& roster, TimePoint t) {
    const auto duty = on_call(roster.schedules.at("test"), t);
    return duty ? duty->person : "nobody";
}

TEST(WithOverrides, OneCountsFromWhenItWasMadeToItsEnd) {
    const auto with =
        with_overrides(roster(), std::vector{made("c", kNow - std::chrono::hours{3}, kNow + std::chrono::hours{3})});
    EXPECT_EQ(on_call_at(with, kNow - Duration{1}), "b") << "who was on call then stays what it was";
    EXPECT_EQ(on_call_at(with, kNow), "c");
    EXPECT_EQ(on_call_at(with, kNow + std::chrono::hours{3}), "b");
}

TEST(WithOverrides, OneThatWasTakenBackCountsUntilThen) {
    auto taken_back = made("c", kNow, kNow + std::chrono::hours{3});
    taken_back.origin.ended_at = kNow + std::chrono::hours{1};
    auto never = made("a", kNow + std::chrono::hours{2}, kNow + std::chrono::hours{3});
    never.origin.ended_at = kNow + std::chrono::hours{1};
    const auto with = with_overrides(roster(), std::vector{taken_back, never});
    EXPECT_EQ(on_call_at(with, kNow), "c");
    EXPECT_EQ(on_call_at(with, kNow + std::chrono::hours{1}), "b");
    EXPECT_EQ(on_call_at(with, kNow + std::chrono::hours{2}), "b");
}

TEST(WithOverrides, WinsOverTheRulebooksAndALaterOneOverAnEarlierOne) {
    auto written = roster();
    written.schedules["test"].overrides = {{"a", kNow, kNow + std::chrono::hours{9}}};
    EXPECT_EQ(on_call_at(with_overrides(written, std::vector{made("c", kNow, kNow + std::chrono::hours{3})}), kNow), "c");
    const std::vector both{made("c", kNow, kNow + std::chrono::hours{3}), made("b", kNow, kNow + std::chrono::hours{3})};
    EXPECT_EQ(on_call_at(with_overrides(written, both), kNow), "b");
}

TEST(WithOverrides, OneOfSomebodyOrSomethingThatIsGoneHasNoEffect) {
    const auto of_nobody = made("z", kNow, kNow + std::chrono::hours{3});
    EXPECT_EQ(on_call_at(with_overrides(roster(), std::vector{of_nobody}), kNow), "b");
    EXPECT_EQ(why_idle(of_nobody, roster()), "nobody is called \"z\" any more");
    auto of_nothing = made("a", kNow, kNow + std::chrono::hours{3});
    of_nothing.schedule = "gone";
    EXPECT_EQ(why_idle(of_nothing, roster()), "no schedule is called \"gone\" any more");
    EXPECT_EQ(why_idle(made("a", kNow, kNow), roster()), std::nullopt);
}

}  // namespace
}  // namespace tocsin::oncall::swap_test
