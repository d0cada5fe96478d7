#include "tests/unit/oncall/random_schedules.hpp"

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

Rotation random_rotation(Rng& rng) {
    constexpr std::array kUnits{Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months};
    const auto from = testing::civil("2025-11-01 00:00") + std::chrono::minutes{rng.below(200 * kMinutesOfDay)};
    return {kUnits[rng.below(kUnits.size())], static_cast<std::int32_t>(rng.below(13) + 1), from};
}

}  // namespace

Schedule random_schedule(Rng& rng) {
    constexpr std::array kPeople{"a", "b", "c", "d", ""};
    auto drawn = testing::schedule(kZones[rng.below(kZones.size())], {});
    for (std::uint64_t i = rng.below(5); i > 0; --i) {
        Layer layer{"layer" + std::to_string(i), {}, {}, {}};
        for (std::uint64_t n = rng.below(5); n > 0; --n) layer.people.emplace_back(kPeople[rng.below(kPeople.size())]);
        if (!rng.one_in(4)) layer.rotation = random_rotation(rng);
        if (!rng.one_in(3)) layer.during = random_window(rng);
        drawn.layers.push_back(std::move(layer));
    }
    for (std::uint64_t i = rng.below(6); i > 0; --i) {
        const auto from = kYearBegins + std::chrono::minutes{rng.below(366 * kMinutesOfDay)};
        drawn.overrides.push_back({kPeople[rng.below(4)], from, from + std::chrono::minutes{rng.below(20'000)}});
    }
    return drawn;
}

}  // namespace tocsin::oncall::kit
