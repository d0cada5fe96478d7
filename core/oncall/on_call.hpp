// Who is on call: a schedule and an instant give a person. Pure calendar arithmetic; no clock, no state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/roster.hpp"

namespace tocsin::oncall {

/// Who has the duty, and by what: a layer's name, or "override".
struct Duty {
    std::string person;
    std::string by;
    friend bool operator==(const Duty&, const Duty&) = default;
};

/// A stretch of one duty, [from, until).
struct Shift {
    Duty duty;
    TimePoint from;
    TimePoint until;
    friend bool operator==(const Shift&, const Shift&) = default;
};

/// Who is on call at `t`: the last override that holds, else the last layer that holds and has somebody; nothing if none does.
/// A rotation's hand-overs are civil times in the schedule's zone: one that falls into a spring-forward gap happens at its end,
/// one that happens twice happens the first time.
[[nodiscard]] std::optional<Duty> on_call(const Schedule& schedule, TimePoint t);

/// The first instant after `t`, `horizon` included, at which on_call() answers otherwise than at `t`; nothing if there is none.
[[nodiscard]] std::optional<TimePoint> next_change(const Schedule& schedule, TimePoint t, TimePoint horizon);

/// The shifts of [from, until), in order, neighbours with the same duty joined; where nobody is on call there is none.
[[nodiscard]] std::vector<Shift> shifts(const Schedule& schedule, TimePoint from, TimePoint until);

/// The first instant at or after `t` that is outside the person's quiet window (in the person's zone). A window that leaves no
/// instant of the week outside would keep notices for ever, so it counts as none: `t`.
[[nodiscard]] TimePoint end_of_quiet(const Person& person, TimePoint t);

}  // namespace tocsin::oncall
