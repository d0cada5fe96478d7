// What people arrange at run time, beside the rulebook: overrides and silences; and what was told of them and of shifts.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/schedule.hpp"

namespace tocsin {

/// Who made an arrangement and why, and who took it back; kept for the record when it is over.
struct Origin {
    std::string made_by;
    TimePoint made_at;
    std::string reason;
    std::string ended_by{};  ///< With `ended_at`: somebody ended it before its time.
    std::optional<TimePoint> ended_at{};
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct MadeOverride {
    ArrangementId id;
    std::string schedule;
    std::string person;
    TimePoint from;
    TimePoint until;
    Origin origin;
    Role role = Role::Primary;  ///< What the person is meanwhile.

    /// The stretch in which it counts: not before it was made, not after it was taken back. Nothing if that leaves no time.
    [[nodiscard]] std::optional<Override> in_force() const;
    friend bool operator==(const MadeOverride&, const MadeOverride&) = default;
};

struct MadeSilence {
    ArrangementId id;
    std::string match;   ///< What it covers, in the rulebook's language, as JSON.
    std::string during;  ///< Its windows as JSON: a text or a list of them; empty: all the time.
    TimePoint from;
    TimePoint until;
    Origin origin;

    /// What verdicts and incidents call it: "silence-7".
    [[nodiscard]] std::string name() const;
    /// Whether it holds at `t` or will hold later.
    [[nodiscard]] bool is_to_come(TimePoint t) const { return !origin.ended_at && until > t; }
    friend bool operator==(const MadeSilence&, const MadeSilence&) = default;
};

/// The number of a silence that was made at run time, by its name; nothing for any other name.
[[nodiscard]] std::optional<ArrangementId> made_silence(std::string_view name);

/// That somebody was told of something once and for all: "shift learner-primary", of the shift that began at `of`. What is not
/// newer than that is not told again, whatever crashed meanwhile.
struct Told {
    std::string what;
    TimePoint of;
    friend bool operator==(const Told&, const Told&) = default;
};

/// All of it that still matters: a value that changes with every commit that touches it.
struct Arrangements {
    std::vector<MadeOverride> overrides;  ///< In the order in which they were made, as are the silences.
    std::vector<MadeSilence> silences;
    std::map<std::string, TimePoint, std::less<>> told;
    ArrangementId last_id;  ///< The greatest that was ever given.

    [[nodiscard]] const MadeSilence* silence(ArrangementId id) const;
    [[nodiscard]] const MadeOverride* override_of(ArrangementId id) const;
    /// Whether nothing newer is to be told of `told.what`.
    [[nodiscard]] bool was_told(const Told& told) const;
    friend bool operator==(const Arrangements&, const Arrangements&) = default;
};

/// For how long overrides that are over go on being known, so that one can ask who was on call then.
inline constexpr Duration kPastOverridesKnown = std::chrono::days{90};

}  // namespace tocsin
