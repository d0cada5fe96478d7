// Who is on call when, as it was written: layers that rotate, and overrides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin {

struct Rotation {
    enum class Unit : std::uint8_t { Hours, Days, Weeks, Months };
    Unit unit = Unit::Weeks;
    std::int32_t every = 1;
    CivilTime from;  ///< The first hand-over; before it the layer holds nobody.
};

struct Layer {
    std::string name;
    std::vector<std::string> people;  ///< In the order of the rotation; an empty name is a shift that nobody has.
    /// Absent: the first of `people`, for ever.
    std::optional<Rotation> rotation;
    /// Absent: always.
    std::optional<WeeklyWindow> during;
};

struct Override {
    std::string person;
    TimePoint from;
    TimePoint until;
};

struct Schedule {
    std::string id;
    std::string title;
    Zone time_zone;
    std::vector<Layer> layers;        ///< A later one wins where both hold.
    std::vector<Override> overrides;  ///< Win over every layer; a later one wins over an earlier one.
};

}  // namespace tocsin
