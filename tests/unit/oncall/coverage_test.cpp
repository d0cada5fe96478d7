// The coverage proof: named cases, and random schedules against the question asked of every minute.
#include "core/oncall/coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/rng.hpp"
#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"
#include "tests/unit/oncall/random_schedules.hpp"

namespace tocsin::oncall::coverage_test {
namespace {

using calendar_kit::utc;

Person person(const std::string& id, std::vector<Contact> contacts = {{"push", "ntfy", "topic"}}) {
    Person made;
    made.id = id;
    made.contacts = std::move(contacts);
    return made;
}

void add(Roster& roster, std::string id, Schedule schedule) {
    schedule.id = id;
    roster.schedules.emplace(std::move(id), std::move(schedule));
}

/// Everybody but c can be paged.
Roster roster() {
    Roster made;
    for (const auto* id : {"a", "b", "d"}) made.people.emplace(id, person(id));
    made.people.emplace("c", person("c", {}));
    return made;
}

Target on(const std::string& schedule) { return {Target::Kind::Schedule, schedule}; }
Target whom(const std::string& id) { return {Target::Kind::Person, id}; }

std::vector<Gap> gaps(const Roster& roster, const std::vector<Target>& targets, std::string_view from, std::string_view until) {
    return Coverage(roster, utc(from), utc(until)).gaps(targets);
}

TEST(Coverage, OfAPersonWithAContactHasNoGap) {
    EXPECT_TRUE(gaps(roster(), {whom("a")}, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z").empty());
}

TEST(Coverage, OfAPersonWithoutAContactIsOneGap) {
    const std::vector<Gap> expected{{utc("2026-01-01T00:00:00Z"), utc("2027-01-01T00:00:00Z"), {{whom("c"), "c"}}}};
    EXPECT_EQ(gaps(roster(), {whom("c")}, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), expected);
}

TEST(Coverage, CountsAContactOnlyIfThePersonIsPagedByIt) {
    auto made = person("a");
    EXPECT_TRUE(can_be_paged(made));
    made.paged = {{Duration{0}, "text"}};
    EXPECT_FALSE(can_be_paged(made));
    made.paged.push_back({std::chrono::minutes{5}, "push"});
    EXPECT_TRUE(can_be_paged(made));
}

TEST(Coverage, OfAScheduleHasAGapWhileNobodyIsOnCall) {
    auto made = roster();
    add(made, "office",
        calendar_kit::schedule("America/New_York", {{"day", {"a"}, {}, calendar_kit::window("mon-fri 09:00-17:00")}}));
    const std::vector<Gap> expected{{utc("2026-03-06T22:00:00Z"), utc("2026-03-09T13:00:00Z"), {{on("office"), ""}}},
                                    {utc("2026-03-09T21:00:00Z"), utc("2026-03-10T00:00:00Z"), {{on("office"), ""}}}};
    EXPECT_EQ(gaps(made, {on("office")}, "2026-03-06T15:00:00Z", "2026-03-10T00:00:00Z"), expected)
        << "clocks go forward in the night to Sunday";
}

TEST(Coverage, OfAScheduleHasAGapWhileSomebodyWithoutAContactIsOnCall) {
    auto made = roster();
    add(made, "days",
        calendar_kit::schedule("Etc/UTC",
                               {{"day", {"a", "c"}, calendar_kit::every(1, Rotation::Unit::Days, "2026-01-01 08:00"), {}}}));
    made.schedules.at("days").overrides.push_back({"b", utc("2026-01-02T20:00:00Z"), utc("2026-01-03T00:00:00Z")});
    const std::vector<Gap> expected{{utc("2026-01-02T08:00:00Z"), utc("2026-01-02T20:00:00Z"), {{on("days"), "c"}}},
                                    {utc("2026-01-03T00:00:00Z"), utc("2026-01-03T08:00:00Z"), {{on("days"), "c"}}}};
    EXPECT_EQ(gaps(made, {on("days")}, "2026-01-01T08:00:00Z", "2026-01-04T08:00:00Z"), expected);
}

TEST(Coverage, OfSeveralTargetsHasAGapOnlyWhereNoneCanBePaged) {
    auto made = roster();
    add(made, "day", calendar_kit::schedule("Etc/UTC", {{"day", {"a"}, {}, calendar_kit::window("08:00-18:00")}}));
    add(made, "night", calendar_kit::schedule("Etc/UTC", {{"night", {"b"}, {}, calendar_kit::window("20:00-08:00")}}));
    const std::vector<Gap> expected{
        {utc("2026-01-01T18:00:00Z"), utc("2026-01-01T20:00:00Z"), {{on("day"), ""}, {whom("c"), "c"}, {on("night"), ""}}}};
    EXPECT_EQ(gaps(made, {on("day"), whom("c"), on("night")}, "2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z"), expected);
    EXPECT_TRUE(gaps(made, {on("day"), whom("a"), on("night")}, "2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z").empty());
}

TEST(Coverage, OfTheSeedTeamHasNoGap) {
    auto made = roster();
    for (const auto* id : {"c", "x", "y"}) made.people.insert_or_assign(id, person(id));
    add(made, "primary", calendar_kit::learner_primary());
    EXPECT_TRUE(gaps(made, {on("primary")}, "2026-01-05T01:00:00Z", "2027-01-04T00:00:00Z").empty());
}

TEST(Coverage, OfAnEmptyStretchOfTimeIsNotAsked) {
    EXPECT_TRUE(gaps(roster(), {whom("c")}, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z").empty());
}

/// What the engine would find if it had to page at `t`.
bool is_covered(const Roster& roster, const std::vector<Target>& targets, TimePoint t) {
    return std::any_of(targets.begin(), targets.end(), [&](const Target& target) {
        if (target.kind == Target::Kind::Person) return can_be_paged(*roster.person(target.id));
        const auto duty = on_call(*roster.schedule(target.id), t);
        return duty && can_be_paged(*roster.person(duty->person));
    });
}

TEST(Coverage, OfRandomSchedulesIsWhatEveryMinuteSays) {
    constexpr auto kSpan = std::chrono::days{15};
    Rng rng(20260205);
    std::size_t found = 0;
    for (int i = 0; i < 25; ++i) {
        SCOPED_TRACE("roster " + std::to_string(i) + " of seed 20260205");
        auto made = roster();
        std::vector<Target> targets;
        for (std::uint64_t n = 0; n <= rng.below(2); ++n) {
            targets.push_back(on("schedule" + std::to_string(n)));
            add(made, targets.back().id, kit::random_schedule(rng));
        }
        if (rng.one_in(3)) targets.push_back(whom("c"));
        const auto from = kit::kYearBegins + std::chrono::minutes{rng.below(260 * kMinutesOfDay)};
        const auto all = Coverage(made, from, from + kSpan).gaps(targets);
        found += all.size();
        auto gap = all.begin();
        for (auto t = from; t < from + kSpan; t += std::chrono::minutes{1}) {
            while (gap != all.end() && gap->until <= t) ++gap;
            const bool is_in_gap = gap != all.end() && gap->from <= t;
            ASSERT_EQ(is_in_gap, !is_covered(made, targets, t)) << format_utc(t);
        }
    }
    EXPECT_GT(found, 40U) << "the draws must leave gaps, or nothing was tested";
}

TEST(Coverage, GapsAreInOrderAndReasonsChangeBetweenNeighbours) {
    Rng rng(3);
    for (int i = 0; i < 300; ++i) {
        auto made = roster();
        add(made, "one", kit::random_schedule(rng));
        add(made, "two", kit::random_schedule(rng));
        const auto all =
            Coverage(made, kit::kYearBegins, kit::kYearBegins + std::chrono::weeks{52}).gaps(std::vector{on("one"), on("two")});
        for (std::size_t n = 0; n < all.size(); ++n) {
            ASSERT_LT(all[n].from, all[n].until);
            ASSERT_EQ(all[n].why.size(), 2U);
            if (n == 0) continue;
            ASSERT_LE(all[n - 1].until, all[n].from);
            ASSERT_FALSE(all[n - 1].until == all[n].from && all[n - 1].why == all[n].why) << format_utc(all[n].from);
        }
    }
}

}  // namespace
}  // namespace tocsin::oncall::coverage_test
