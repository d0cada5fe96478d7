// Schedules drawn at random against an oracle that asks every minute of two years, and against themselves.
// TOCSIN_SCHEDULES=50 asks so many of them every minute instead of one.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "core/oncall/on_call.hpp"
#include "tests/support/calendar.hpp"
#include "tests/unit/oncall/random_schedules.hpp"

namespace tocsin::oncall::random_schedule_test {
namespace {

using kit::kYearBegins;
using kit::random_schedule;
using Unit = Rotation::Unit;

constexpr auto kYear = std::chrono::days{366};
constexpr auto kTwoYears = 2 * kYear;
constexpr std::array kRoles{Role::Primary, Role::Secondary, Role::Shadow};

/// The same question answered the long way: every hand-over of the years around is listed, every minute is looked at.
class Oracle {
public:
    explicit Oracle(const Schedule& schedule) : schedule_(schedule) {
        for (const auto& layer : schedule.layers) hand_overs_.push_back(all_hand_overs(layer));
    }

    [[nodiscard]] Crew crew(TimePoint t) const {
        std::vector<std::vector<std::string>> lines;
        for (std::size_t i = 0; i < schedule_.layers.size(); ++i) lines.push_back(line_of(i, t));
        Crew found;
        found.primary = first_in(lines, Role::Primary, t, {});
        std::vector<std::string> out;
        if (const auto* change = last_override(Role::Primary, t)) {
            if (found.primary) out.push_back(found.primary->person);
            found.primary = Duty{change->person, "override"};
        }
        if (found.primary) out.push_back(found.primary->person);
        found.secondary = secondary(lines, found.primary, out, t);
        for (const auto& change : schedule_.overrides) {
            if (holds(change, t) && change.role == Role::Shadow) add_shadow(found, {change.person, "override"});
        }
        for (std::size_t i = lines.size(); i-- > 0;) {
            if (schedule_.layers[i].role != Role::Shadow || lines[i].empty() || lines[i].front().empty()) continue;
            if (const auto person = next_of(lines[i], t, {})) add_shadow(found, {*person, schedule_.layers[i].name});
        }
        return found;
    }
    [[nodiscard]] std::optional<Duty> on_call(TimePoint t) const { return crew(t).primary; }

private:
    template <class Stretch>
    static bool holds(const Stretch& stretch, TimePoint t) {
        return stretch.from <= t && t < stretch.until;
    }

    /// In the order of their turns from `t` on; none where the layer does not hold.
    [[nodiscard]] std::vector<std::string> line_of(std::size_t i, TimePoint t) const {
        const auto& layer = schedule_.layers[i];
        const auto zone = layer.time_zone.value_or(schedule_.time_zone);
        const bool is_holiday = std::any_of(schedule_.holidays.begin(), schedule_.holidays.end(),
                                            [&](const Interval& holiday) { return holds(holiday, t); });
        if (layer.on == Layer::Days::Holidays && !is_holiday) return {};
        if (layer.during && !is_within(*layer.during, zone.to_civil(t))) return {};
        if (layer.calendar) {
            for (const auto& shift : *layer.calendar) {
                if (holds(shift, t)) return shift.people;
            }
            return {};
        }
        if (layer.people.empty() || !layer.rotation) return layer.people;
        const auto passed = std::upper_bound(hand_overs_[i].begin(), hand_overs_[i].end(), t) - hand_overs_[i].begin();
        if (passed == 0) return {};
        auto line = layer.people;
        std::rotate(line.begin(), line.begin() + (passed - 1) % std::ssize(line), line.end());
        return line;
    }

    [[nodiscard]] const Override* last_override(Role role, TimePoint t) const {
        const Override* last = nullptr;
        for (const auto& change : schedule_.overrides) {
            if (change.role == role && holds(change, t)) last = &change;
        }
        return last;
    }

    [[nodiscard]] std::optional<std::string> next_of(const std::vector<std::string>& line, TimePoint t,
                                                     const std::vector<std::string>& out) const {
        for (const auto& person : line) {
            const bool is_away =
                std::any_of(schedule_.vacations.begin(), schedule_.vacations.end(),
                            [&](const Vacation& vacation) { return vacation.person == person && holds(vacation, t); });
            if (!person.empty() && !is_away && std::find(out.begin(), out.end(), person) == out.end()) return person;
        }
        return {};
    }

    [[nodiscard]] std::optional<Duty> first_in(const std::vector<std::vector<std::string>>& lines, Role role, TimePoint t,
                                               const std::vector<std::string>& out) const {
        for (std::size_t i = lines.size(); i-- > 0;) {
            if (schedule_.layers[i].role != role || lines[i].empty() || lines[i].front().empty()) continue;
            if (const auto person = next_of(lines[i], t, out)) return Duty{*person, schedule_.layers[i].name};
        }
        return {};
    }

    [[nodiscard]] std::optional<Duty> secondary(const std::vector<std::vector<std::string>>& lines,
                                                const std::optional<Duty>& primary, const std::vector<std::string>& out,
                                                TimePoint t) const {
        const auto* change = last_override(Role::Secondary, t);
        if (change != nullptr && (!primary || primary->person != change->person)) return Duty{change->person, "override"};
        if (const auto named = first_in(lines, Role::Secondary, t, out)) return named;
        if (!primary) return {};
        return first_in(lines, Role::Primary, t, out);
    }

    static void add_shadow(Crew& crew, const Duty& duty) {
        const auto is_it = [&](const auto& other) { return other.person == duty.person; };
        if (crew.primary && is_it(*crew.primary)) return;
        if (crew.secondary && is_it(*crew.secondary)) return;
        if (std::none_of(crew.shadows.begin(), crew.shadows.end(), is_it)) crew.shadows.push_back(duty);
    }

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
        const auto& rotation = *layer.rotation;
        const auto zone = layer.time_zone.value_or(schedule_.time_zone);
        const auto end = kYearBegins + kTwoYears + std::chrono::days{40};
        if (rotation.unit == Unit::TimesOfWeek) {
            for (auto civil = rotation.from; zone.to_utc(civil) <= end; civil += std::chrono::days{1})
                add_times(rotation, civil, zone, found);
            std::sort(found.begin(), found.end());
            return found;
        }
        for (int i = 0;; i += rotation.every) {
            const auto t = zone.to_utc(later(rotation.from, rotation.unit, i));
            if (t > end) return found;
            found.push_back(t);
        }
    }

    /// The hand-overs of the 24 hours on the wall from `begin` on.
    static void add_times(const Rotation& rotation, CivilTime begin, const Zone& zone, std::vector<TimePoint>& found) {
        const auto day = std::chrono::floor<std::chrono::days>(begin);
        for (const auto& midnight : {day, day + std::chrono::days{1}}) {
            const auto of_week = static_cast<int>(std::chrono::weekday{midnight}.iso_encoding() - 1) * kMinutesOfDay;
            for (const auto minute : rotation.hand_overs) {
                const auto civil = midnight + std::chrono::minutes{minute - of_week};
                if (minute / kMinutesOfDay * kMinutesOfDay != of_week) continue;
                if (civil >= begin && civil < begin + std::chrono::days{1}) found.push_back(zone.to_utc(civil));
            }
        }
    }

    const Schedule& schedule_;
    std::vector<std::vector<TimePoint>> hand_overs_;
};

std::optional<Duty> duty_in(const std::vector<Shift>& shifts, TimePoint t) {
    const auto after = std::upper_bound(shifts.begin(), shifts.end(), t, [](TimePoint a, const Shift& b) { return a < b.from; });
    if (after == shifts.begin() || std::prev(after)->until <= t) return {};
    return std::prev(after)->duty;
}

/// "a by day", of one role; several shadows in the order of their names.
std::string text_of(const Crew& crew, Role role) {
    std::vector<std::string> all;
    if (role == Role::Primary && crew.primary) all.push_back(crew.primary->person + " by " + crew.primary->by);
    if (role == Role::Secondary && crew.secondary) all.push_back(crew.secondary->person + " by " + crew.secondary->by);
    if (role == Role::Shadow) {
        for (const auto& shadow : crew.shadows) all.push_back(shadow.person + " by " + shadow.by);
    }
    std::sort(all.begin(), all.end());
    std::string text;
    for (const auto& one : all) text += one + "; ";
    return text;
}

/// Shifts of one role, asked at rising instants.
class ShiftsOfRole {
public:
    ShiftsOfRole(const Schedule& schedule, Role role, TimePoint until)
        : shifts_(shifts(schedule, kYearBegins, until, role)), next_(shifts_.begin()) {}

    std::string at(TimePoint t) {
        for (; next_ != shifts_.end() && next_->from <= t; ++next_) running_.push_back(*next_);
        std::erase_if(running_, [&](const Shift& shift) { return shift.until <= t; });
        std::vector<std::string> all;
        for (const auto& shift : running_) all.push_back(shift.duty.person + " by " + shift.duty.by);
        std::sort(all.begin(), all.end());
        std::string text;
        for (const auto& one : all) text += one + "; ";
        return text;
    }

private:
    std::vector<Shift> shifts_;
    std::vector<Shift>::const_iterator next_;
    std::vector<Shift> running_;
};

void expect_as_oracle(const Schedule& schedule, Duration length) {
    const Oracle oracle(schedule);
    const auto end = kYearBegins + length;
    std::array found{ShiftsOfRole(schedule, Role::Primary, end), ShiftsOfRole(schedule, Role::Secondary, end),
                     ShiftsOfRole(schedule, Role::Shadow, end)};
    for (auto t = kYearBegins; t < end; t += std::chrono::minutes{1}) {
        const auto expected = oracle.crew(t);
        for (const auto role : kRoles) {
            ASSERT_EQ(found[static_cast<std::size_t>(role)].at(t), text_of(expected, role))
                << to_string(role) << " at " << format_in(t, schedule.time_zone);
        }
    }
}

std::uint64_t schedules_asked() {
    const auto* asked = std::getenv("TOCSIN_SCHEDULES");
    return asked == nullptr ? 1 : std::strtoull(asked, nullptr, 10);
}

/// A month around the change of the clocks, every minute of it.
TEST(ShiftsOfAYear, OfHourlyTurnsInLordHoweAreWhatEveryMinuteSays) {
    expect_as_oracle(
        calendar_kit::schedule("Australia/Lord_Howe",
                               {{"half days", {"a", "b", "c"}, calendar_kit::every(12, Unit::Hours, "2026-01-01 01:45"), {}},
                                {"small hours", {"d"}, {}, calendar_kit::window("01:00-01:50")}}),
        std::chrono::days{110});
}

TEST(ShiftsOfAYear, OfMonthlyTurnsInCasablancaAreWhatEveryMinuteSays) {
    expect_as_oracle(
        calendar_kit::schedule("Africa/Casablanca",
                               {{"months", {"a", "", "b"}, calendar_kit::every(1, Unit::Months, "2025-10-31 02:30"), {}},
                                {"sundays", {"d"}, {}, calendar_kit::window("sun 02:15-02:45")}}),
        std::chrono::days{90});
}

TEST(ShiftsOfTwoYears, OfRandomSchedulesAreWhatEveryMinuteSays) {
    Rng rng(20260104);
    for (std::uint64_t i = 0; i < schedules_asked(); ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + " of seed 20260104");
        expect_as_oracle(random_schedule(rng), kTwoYears);
    }
}

TEST(RandomSchedules, AreWhatTheOracleSaysAtRandomInstants) {
    Rng rng(7);
    for (int i = 0; i < 150; ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + " of seed 7");
        const auto schedule = random_schedule(rng);
        const Oracle oracle(schedule);
        const auto found = shifts(schedule, kYearBegins, kYearBegins + kTwoYears);
        for (int n = 0; n < 100; ++n) {
            const auto t = kYearBegins + Duration{static_cast<std::int64_t>(rng.below(732ULL * 86'400'000ULL))};
            const auto expected = oracle.crew(t);
            const auto at_once = crew(schedule, t);
            for (const auto role : kRoles)
                ASSERT_EQ(text_of(at_once, role), text_of(expected, role)) << format_in(t, schedule.time_zone);
            ASSERT_EQ(on_call(schedule, t, Role::Secondary), expected.secondary);
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
}  // namespace tocsin::oncall::random_schedule_test
