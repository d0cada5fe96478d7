// A fire drill: real pages, marked as such, to see who answers and how soon.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"

namespace tocsin {

/// Unanswered for so long, a drill has failed.
inline constexpr Duration kDrillWithin = std::chrono::minutes{30};

/// Whom a drill pages.
struct DrillTarget {
    enum class Kind : std::uint8_t { Person, Schedule, Escalation };
    Kind kind = Kind::Person;
    std::string id;
    friend bool operator==(const DrillTarget&, const DrillTarget&) = default;
};

/// A drill of the rulebook, which begins by itself.
struct PlannedDrill {
    std::string id;
    DrillTarget target;
    std::int32_t at = 0;  ///< Minutes since Monday 00:00 on the clocks of `zone`.
    Zone zone;
    std::int32_t every_weeks = 1;
    Duration within = kDrillWithin;
};

}  // namespace tocsin
