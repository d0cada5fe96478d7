// Whether a recurring window holds at an instant, and until when that stays so.
#pragma once

#include <optional>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin {

/// Whether the window holds at `t`, and the next instant at which it may be otherwise: one of its edges, or a change of the
/// clocks (the end of `period`, which holds `t`).
struct WindowState {
    bool is_within = false;
    TimePoint until;
};
[[nodiscard]] WindowState window_at(const WeeklyWindow& window, const Zone::Period& period, TimePoint t);

/// The first instant at or after `t` at which the window does not hold; nothing if it leaves no instant of the week out.
[[nodiscard]] std::optional<TimePoint> end_of_window(const WeeklyWindow& window, const Zone& zone, TimePoint t);

}  // namespace tocsin
