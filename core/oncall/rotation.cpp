#include "core/oncall/rotation.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/assert.hpp"

namespace tocsin::oncall {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::int64_t kMonthsOfYear = 12;
/// std::chrono::year ends at 32767; a hand-over after this year is as good as none.
constexpr std::int64_t kYearMax = 30'000;

seconds length_of(Rotation::Unit unit) {
    switch (unit) {
        case Rotation::Unit::Hours: return std::chrono::hours{1};
        case Rotation::Unit::Days: return days{1};
        case Rotation::Unit::Weeks: return std::chrono::weeks{1};
        case Rotation::Unit::Months:
        case Rotation::Unit::TimesOfWeek: break;
    }
    TOCSIN_ASSERT(false, "its turns are of different lengths");
}

std::int64_t months_since_year_0(const std::chrono::year_month_day& date) {
    return static_cast<int>(date.year()) * kMonthsOfYear + static_cast<unsigned>(date.month()) - 1;
}

CivilTime months_later(CivilTime from, std::int64_t months) {
    const auto midnight = std::chrono::floor<days>(from);
    const std::chrono::year_month_day date{midnight};
    const auto total = std::min(months_since_year_0(date) + months, kYearMax * kMonthsOfYear);
    const std::chrono::year year{static_cast<int>(total / kMonthsOfYear)};
    const std::chrono::month month{static_cast<unsigned>(total % kMonthsOfYear) + 1};
    const auto last_day = (year / month / std::chrono::last).day();
    return std::chrono::local_days{year / month / std::min(date.day(), last_day)} + (from - midnight);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

CivilTime monday_before(CivilTime civil) {
    const auto day = std::chrono::floor<days>(civil);
    return day - days{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1};
}

/// The times of the week, counted through from the first one of the week that holds `rotation.from`: which of them is the last at
/// or before a civil time.
std::int64_t slot_before(const Rotation& rotation, CivilTime civil) {
    const auto monday = monday_before(civil);
    const auto minute = std::chrono::floor<std::chrono::minutes>(civil - monday).count();
    const auto& slots = rotation.hand_overs;
    const auto weeks = (monday - monday_before(rotation.from)) / std::chrono::weeks{1};
    const auto passed = std::upper_bound(slots.begin(), slots.end(), minute) - slots.begin();
    return weeks * std::ssize(slots) + passed - 1;
}

CivilTime time_of_slot(const Rotation& rotation, std::int64_t slot) {
    const auto slots = std::ssize(rotation.hand_overs);
    const auto week = floor_divide(slot, slots);
    const auto minute = rotation.hand_overs[static_cast<std::size_t>(slot - week * slots)];
    return monday_before(rotation.from) + std::chrono::weeks{week} + std::chrono::minutes{minute};
}

/// The number of the last hand-over at or before a civil time, or one more than that: months are of different lengths.
std::int64_t number_near(const Rotation& rotation, CivilTime civil) {
    if (rotation.unit == Rotation::Unit::TimesOfWeek) return slot_before(rotation, civil) - slot_before(rotation, rotation.from);
    if (rotation.unit != Rotation::Unit::Months) {
        return floor_divide((civil - rotation.from).count(), length_of(rotation.unit).count() * rotation.every);
    }
    const auto month_of = [](CivilTime c) {
        return months_since_year_0(std::chrono::year_month_day{std::chrono::floor<days>(c)});
    };
    return floor_divide(month_of(civil) - month_of(rotation.from), rotation.every);
}

}  // namespace

CivilTime hand_over(const Rotation& rotation, std::int64_t number) {
    TOCSIN_ASSERT(rotation.every > 0, "the rulebook's compiler refuses a rotation that never moves on");
    if (rotation.unit == Rotation::Unit::TimesOfWeek) {
        TOCSIN_ASSERT(!rotation.hand_overs.empty(), "the rulebook's decoder refuses a rotation that never moves on");
        return time_of_slot(rotation, slot_before(rotation, rotation.from) + number);
    }
    if (rotation.unit == Rotation::Unit::Months) return months_later(rotation.from, number * rotation.every);
    return rotation.from + length_of(rotation.unit) * rotation.every * number;
}

Turn turn_at(const Rotation& rotation, const Zone& zone, TimePoint t) {
    const auto begins = [&](std::int64_t number) { return zone.to_utc(hand_over(rotation, number)); };
    // The civil time says it but for the hour that clocks repeat: a hand-over in it has happened the second time round, though
    // the clock shows less. Instants decide; they rise with the number, because to_utc() never falls.
    Turn turn{std::max<std::int64_t>(number_near(rotation, zone.to_civil(t)), -1), t};
    while (turn.number >= 0 && begins(turn.number) > t) --turn.number;
    for (turn.until = begins(turn.number + 1); turn.until <= t; turn.until = begins(turn.number + 1)) ++turn.number;
    return turn;
}

}  // namespace tocsin::oncall
