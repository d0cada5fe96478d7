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

/// Everybody who has a part in a schedule at one instant.
struct Crew {
    std::optional<Duty> primary;
    std::optional<Duty> secondary;
    std::vector<Duty> shadows;
};

/// The crew at `t`.
/// - The primary: the last override for it that holds, else the last layer for it that holds and has somebody.
/// - The secondary, who is never the primary: the same with overrides and layers for it; where there are none, the next in line
///   behind the primary, else whoever an earlier layer names. Whom an override takes the place of is not next in line.
/// - The shadows: one for each layer and override for them, without the two above.
/// Who has a vacation is passed over: the next in line of the layer takes over, and if all are away, the layer holds nobody.
/// A rotation's hand-overs are civil times in the layer's zone: one that falls into a spring-forward gap happens at its end,
/// one that happens twice happens the first time.
[[nodiscard]] Crew crew(const Schedule& schedule, TimePoint t);

/// Who of them has the role; of several shadows the first. Nothing if nobody has.
[[nodiscard]] std::optional<Duty> on_call(const Schedule& schedule, TimePoint t, Role role = Role::Primary);

/// The first instant after `t`, `horizon` included, at which on_call() answers otherwise than at `t`; nothing if there is none.
[[nodiscard]] std::optional<TimePoint> next_change(const Schedule& schedule, TimePoint t, TimePoint horizon,
                                                   Role role = Role::Primary);

/// The shifts of [from, until), in order, neighbours with the same duty joined; where nobody has the role there is none. Those of
/// shadows may overlap.
[[nodiscard]] std::vector<Shift> shifts(const Schedule& schedule, TimePoint from, TimePoint until, Role role = Role::Primary);

/// The first instant at or after `t` that is outside the person's quiet window (in the person's zone). A window that leaves no
/// instant of the week outside would keep notices for ever, so it counts as none: `t`.
[[nodiscard]] TimePoint end_of_quiet(const Person& person, TimePoint t);

}  // namespace tocsin::oncall
