// Whose turn it is in a rotation: hand-overs are civil times, counted by the calendar from the first one.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/roster.hpp"

namespace tocsin::oncall {

/// The civil time of a hand-over; number 0 is `rotation.from`. Months keep the day of `from`, or the month's last day where it
/// has no such day; each is counted from `from`, so that a short month shifts none of the later ones. `rotation.every` is
/// positive.
[[nodiscard]] CivilTime hand_over(const Rotation& rotation, std::int64_t number);

/// The turn that holds at an instant. A default one has run out.
struct Turn {
    std::int64_t number = -1;            ///< Of the hand-over that began it; -1 before the first.
    TimePoint until = TimePoint::min();  ///< The next hand-over.
};
[[nodiscard]] Turn turn_at(const Rotation& rotation, const Zone& zone, TimePoint t);

}  // namespace tocsin::oncall
