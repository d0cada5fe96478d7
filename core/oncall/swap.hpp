// Two people change places: the shift that one has at an instant, and the other's next one.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/model/schedule.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::oncall {

/// How far a swap looks for the other's next shift.
inline constexpr Duration kSwapHorizon = std::chrono::weeks{13};

struct Swap {
    Shift first;   ///< The shift that holds at the instant, as it is now; what is left of it, if it has begun.
    Shift second;  ///< The other's next shift after it, as it is now.
};

/// Of the shifts of a role. NotFound, with what to do: nobody has it at `at`, it is `with` who has, that shift does not end, or
/// `with` has no shift after it within kSwapHorizon.
[[nodiscard]] Result<Swap> swap(const Schedule& schedule, std::string_view with, TimePoint at, TimePoint now,
                                Role role = Role::Primary);

}  // namespace tocsin::oncall
