// Schedules drawn at random against an oracle that asks every minute of a year, and against themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/rng.hpp"
#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"
#include "tests/unit/oncall/random_schedules.hpp"

namespace tocsin::oncall {
namespace {

using kit::kYearBegins;
using kit::random_schedule;
using Unit = Rotation::Unit;

constexpr auto kYear = std::chrono::days{366};

/// The same question answered the long way: every hand-over of the years around is listed, every minute is looked at.
class Oracle {
public:
    explicit Oracle(const Schedule& schedule) : schedule_(schedule) {
        for (const auto& layer : schedule.layers) hand_overs_.push_back(all_hand_overs(layer));
    }

    [[nodiscard]] std::optional<Duty> on_call(TimePoint t) const {
        const std::string* person = nullptr;
        std::string_view by;
        const auto civil = schedule_.time_zone.to_civil(t);
        for (std::size_t i = 0; i < schedule_.layers.size(); ++i) {
            const auto& layer = schedule_.layers[i];
            if (layer.during && !is_within(*layer.during, civil)) continue;
            const auto* turn = turn_of(layer, hand_overs_[i], t);
            if (turn == nullptr || turn->empty()) continue;
            person = turn;
            by = layer.name;
        }
        for (const auto& change : schedule_.overrides) {
            if (t < change.from || change.until <= t) continue;
            person = &change.person;
            by = "override";
        }
        if (person == nullptr) return {};
        return Duty{*person, std::string(by)};
    }

private:
    static CivilTime later(CivilTime from, Unit unit, int count) {
        if (unit == Unit::Hours) return from + std::chrono::hours{count};
        if (unit == Unit::Days) return from + std::chrono::days{count};
        if (unit == Unit::Weeks) return from + std::chrono::weeks{count};
        const auto day = std::chrono::floor<std::chrono::days>(from);
        std::chrono::year_month_day date{day};
        date += std::chrono::months{count};
        if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
        return std::chrono::local_days{date} + (from - day);
    }

    [[nodiscard]] std::vector<TimePoint> all_hand_overs(const Layer& layer) const {
        std::vector<TimePoint> found;
        if (!layer.rotation) return found;
        const auto end = kYearBegins + kYear + std::chrono::days{40};
        for (int i = 0;; i += layer.rotation->every) {
            const auto t = schedule_.time_zone.to_utc(later(layer.rotation->from, layer.rotation->unit, i));
            if (t > end) return found;
            found.push_back(t);
        }
    }

    static const std::string* turn_of(const Layer& layer, const std::vector<TimePoint>& hand_overs, TimePoint t) {
        if (layer.people.empty()) return nullptr;
        if (!layer.rotation) return &layer.people.front();
        const auto count = std::upper_bound(hand_overs.begin(), hand_overs.end(), t) - hand_overs.begin();
        if (count == 0) return nullptr;
        return &layer.people[static_cast<std::size_t>(count - 1) % layer.people.size()];
    }

    const Schedule& schedule_;
    std::vector<std::vector<TimePoint>> hand_overs_;
};

std::optional<Duty> duty_in(const std::vector<Shift>& shifts, TimePoint t) {
    const auto after = std::upper_bound(shifts.begin(), shifts.end(), t, [](TimePoint a, const Shift& b) { return a < b.from; });
    if (after == shifts.begin() || std::prev(after)->until <= t) return {};
    return std::prev(after)->duty;
}

/// The first minute of the year at which shifts() and the oracle differ.
std::optional<TimePoint> first_difference(const Schedule& schedule) {
    const Oracle oracle(schedule);
    const auto found = shifts(schedule, kYearBegins, kYearBegins + kYear);
    auto shift = found.begin();
    for (auto t = kYearBegins; t < kYearBegins + kYear; t += std::chrono::minutes{1}) {
        while (shift != found.end() && shift->until <= t) ++shift;
        const bool is_covered = shift != found.end() && shift->from <= t;
        const auto expected = oracle.on_call(t);
        if (expected.has_value() != is_covered || (is_covered && *expected != shift->duty)) return t;
    }
    return {};
}

void expect_as_oracle(const Schedule& schedule) {
    const auto different = first_difference(schedule);
    EXPECT_FALSE(different.has_value()) << "differs at " << format_in(*different, schedule.time_zone);
}

TEST(ShiftsOfAYear, OfTheSeedTeamAreWhatEveryMinuteSays) { expect_as_oracle(testing::learner_primary()); }

TEST(ShiftsOfAYear, OfHourlyTurnsInLordHoweAreWhatEveryMinuteSays) {
    expect_as_oracle(testing::schedule("Australia/Lord_Howe",
                                       {{"half days", {"a", "b", "c"}, testing::every(12, Unit::Hours, "2026-01-01 01:45"), {}},
                                        {"small hours", {"d"}, {}, testing::window("01:00-01:50")}}));
}

TEST(ShiftsOfAYear, OfMonthlyTurnsInCasablancaAreWhatEveryMinuteSays) {
    expect_as_oracle(testing::schedule("Africa/Casablanca",
                                       {{"months", {"a", "", "b"}, testing::every(1, Unit::Months, "2025-10-31 02:30"), {}},
                                        {"sundays", {"d"}, {}, testing::window("sun 02:15-02:45")}}));
}

TEST(ShiftsOfAYear, OfRandomSchedulesAreWhatEveryMinuteSays) {
    Rng rng(20260104);
    for (int i = 0; i < 2; ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + " of seed 20260104");
        expect_as_oracle(random_schedule(rng));
    }
}

TEST(RandomSchedules, AreWhatTheOracleSaysAtRandomInstants) {
    Rng rng(7);
    for (int i = 0; i < 150; ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + " of seed 7");
        const auto schedule = random_schedule(rng);
        const Oracle oracle(schedule);
        const auto found = shifts(schedule, kYearBegins, kYearBegins + kYear);
        for (int n = 0; n < 200; ++n) {
            const auto t = kYearBegins + Duration{static_cast<std::int64_t>(rng.below(366ULL * 86'400'000ULL))};
            ASSERT_EQ(on_call(schedule, t), oracle.on_call(t)) << format_in(t, schedule.time_zone);
            ASSERT_EQ(duty_in(found, t), oracle.on_call(t)) << format_in(t, schedule.time_zone);
        }
    }
}

TEST(RandomSchedules, ChangeAtTheNextChangeAndNotBefore) {
    Rng rng(11);
    for (int i = 0; i < 200; ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + " of seed 11");
        const auto schedule = random_schedule(rng);
        const auto horizon = kYearBegins + kYear;
        auto t = kYearBegins + std::chrono::minutes{rng.below(300 * kMinutesOfDay)};
        for (int n = 0; n < 20; ++n) {
            const auto before = on_call(schedule, t);
            const auto change = next_change(schedule, t, horizon);
            const auto end = change.value_or(horizon);
            const auto length = static_cast<std::uint64_t>((end - t).count());
            for (int sample = 0; sample < 10 && length > 0; ++sample) {
                const auto between = t + Duration{static_cast<std::int64_t>(rng.below(length))};
                ASSERT_EQ(on_call(schedule, between), before) << format_in(between, schedule.time_zone);
            }
            if (!change) break;
            ASSERT_EQ(on_call(schedule, *change - Duration{1}), before);
            ASSERT_NE(on_call(schedule, *change), before) << format_in(*change, schedule.time_zone);
            t = *change;
        }
    }
}

}  // namespace
}  // namespace tocsin::oncall
