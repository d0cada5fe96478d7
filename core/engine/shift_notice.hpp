// What whoever begins or ends a shift is told: pages about no incident, composed here and told once for each change.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/arrangements.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {

/// How long after a change it is still news: after an outage nobody is told of the shifts of the night.
inline constexpr Duration kShiftNews = std::chrono::hours{1};

/// The latest hand-over of a schedule: who has gone, who has come.
struct ShiftChange {
    std::string schedule;
    TimePoint at;
    std::optional<oncall::Shift> before;  ///< Nothing: nobody was on call.
    std::optional<oncall::Shift> after;   ///< Its end is that of the shift, or of the next four weeks.

    /// As what it is remembered to have been told.
    [[nodiscard]] Told told() const;
};

/// Of every schedule that tells of its shifts, the latest change in (now - kShiftNews, now] that was not told of yet. A person
/// who goes on under another name of duty (a layer's, an override) neither begins nor ends.
[[nodiscard]] std::vector<ShiftChange> shift_changes(const Roster& roster, const Arrangements& arrangements, TimePoint now);

/// When one of these schedules changes next, up to `horizon`.
[[nodiscard]] std::optional<TimePoint> next_shift_change(const Roster& roster, TimePoint now, TimePoint horizon);

/// The notices of a change, by each one's personal rule and outside of quiet hours. `incidents`: what is open, and what was open
/// since the shift before began, as far as it is known. Those that are none of the schedule's business are passed over.
[[nodiscard]] std::vector<Page> shift_notices(const ShiftChange& change, std::span<const Incident> incidents,
                                              const Roster& roster, TimePoint now);

}  // namespace tocsin::engine
