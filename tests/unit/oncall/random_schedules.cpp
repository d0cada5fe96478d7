#include "tests/unit/oncall/random_schedules.hpp"

#include <algorithm>
#include <array>

namespace tocsin::oncall::kit {
namespace {

using Unit = Rotation::Unit;

constexpr std::array kZones{"America/New_York",    "Europe/London",     "Asia/Karachi",
                            "Australia/Lord_Howe", "Africa/Casablanca", "Etc/UTC"};

WeeklyWindow random_window(Rng& rng) {
    WeeklyWindow window;
    for (std::uint64_t i = rng.below(4) + 1; i > 0; --i) {
        const auto begin = static_cast<std::int32_t>(rng.below(kMinutesOfWeek));
        // Half of them around the hours in which clocks change, where mistakes live.
        const auto near_change =
            static_cast<std::int32_t>(rng.below(7)) * kMinutesOfDay + static_cast<std::int32_t>(rng.below(240));
        const auto first = rng.one_in(2) ? begin : near_change;
        const auto length = static_cast<std::int32_t>(rng.below(rng.one_in(2) ? 180 : 4 * kMinutesOfDay) + 1);
        window.spans.push_back({first, first + length});
    }
    return window;
}

Rotation random_times_of_week(Rng& rng) {
    Rotation rotation{Unit::TimesOfWeek, 1, {}, {}};
    for (std::uint64_t i = rng.below(4) + 1; i > 0; --i) {
        rotation.hand_overs.push_back(static_cast<std::int32_t>(rng.below(kMinutesOfWeek)));
    }
    std::sort(rotation.hand_overs.begin(), rotation.hand_overs.end());
    auto& times = rotation.hand_overs;
    times.erase(std::unique(times.begin(), times.end()), times.end());
    const auto monday = calendar_kit::civil("2025-11-03 00:00") + std::chrono::weeks{rng.below(20)};
    rotation.from = monday + std::chrono::minutes{times[rng.below(times.size())]};
    return rotation;
}

Rotation random_rotation(Rng& rng) {
    if (rng.one_in(4)) return random_times_of_week(rng);
    constexpr std::array kUnits{Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months};
    const auto from = calendar_kit::civil("2025-11-01 00:00") + std::chrono::minutes{rng.below(200 * kMinutesOfDay)};
    return {kUnits[rng.below(kUnits.size())], static_cast<std::int32_t>(rng.below(13) + 1), from, {}};
}

constexpr std::array kPeople{"a", "b", "c", "d", ""};

/// Of minutes in the two years.
Interval random_interval(Rng& rng, std::uint64_t minutes_max) {
    const auto from = kYearBegins + std::chrono::minutes{rng.below(2 * 366 * kMinutesOfDay)};
    return {from, from + std::chrono::minutes{rng.below(minutes_max) + 1}};
}

std::vector<Interval> random_holidays(Rng& rng) {
    std::vector<Interval> holidays;
    auto t = kYearBegins;
    for (std::uint64_t i = rng.below(20); i > 0; --i) {
        const auto from = t + std::chrono::minutes{rng.below(60 * kMinutesOfDay)};
        t = from + std::chrono::minutes{rng.below(2 * kMinutesOfDay) + 1};
        holidays.push_back({from, t});
    }
    return holidays;
}

std::vector<CalendarShift> random_calendar(Rng& rng) {
    std::vector<CalendarShift> shifts;
    for (const auto& [from, until] : random_holidays(rng)) {
        CalendarShift shift{from, until, {}};
        for (std::uint64_t n = rng.below(3) + 1; n > 0; --n) shift.people.emplace_back(kPeople[rng.below(4)]);
        shifts.push_back(std::move(shift));
    }
    return shifts;
}

Layer random_layer(Rng& rng, std::string name) {
    Layer layer{std::move(name), {}, {}, {}};
    for (std::uint64_t n = rng.below(5); n > 0; --n) layer.people.emplace_back(kPeople[rng.below(kPeople.size())]);
    if (!rng.one_in(4)) layer.rotation = random_rotation(rng);
    if (!rng.one_in(3)) layer.during = random_window(rng);
    if (rng.one_in(4)) layer.time_zone = calendar_kit::zone(kZones[rng.below(kZones.size())]);
    if (rng.one_in(4)) layer.role = rng.one_in(2) ? Role::Secondary : Role::Shadow;
    if (rng.one_in(5)) layer.on = Layer::Days::Holidays;
    if (rng.one_in(5)) layer.calendar = random_calendar(rng);
    return layer;
}

}  // namespace

Schedule random_schedule(Rng& rng) {
    auto drawn = calendar_kit::schedule(kZones[rng.below(kZones.size())], {});
    for (std::uint64_t i = rng.below(6); i > 0; --i) drawn.layers.push_back(random_layer(rng, "layer" + std::to_string(i)));
    drawn.holidays = random_holidays(rng);
    for (std::uint64_t i = rng.below(6); i > 0; --i) {
        const auto [from, until] = random_interval(rng, 30 * kMinutesOfDay);
        drawn.vacations.push_back({kPeople[rng.below(4)], from, until});
    }
    for (std::uint64_t i = rng.below(6); i > 0; --i) {
        const auto [from, until] = random_interval(rng, 20'000);
        drawn.overrides.push_back({kPeople[rng.below(4)], from, until, static_cast<Role>(rng.one_in(2) ? 0 : rng.below(3))});
    }
    return drawn;
}

}  // namespace tocsin::oncall::kit
