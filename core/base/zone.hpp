// Time zones: civil time to UTC and back, by the system's IANA data.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace date {
class time_zone;
}

namespace tocsin {

/// A date and a time of day as a clock on the wall shows them, without a zone; to the second.
using CivilTime = std::chrono::local_seconds;

/// A cheap value that names one zone; its data lives as long as the program.
class Zone {
public:
    /// UTC.
    Zone();
    /// The zone of an IANA name such as "America/New_York"; NotFound with the nearest name for anything else.
    [[nodiscard]] static Result<Zone> find(std::string_view name);

    [[nodiscard]] std::string name() const;
    [[nodiscard]] CivilTime to_civil(TimePoint t) const;
    /// A civil time that falls into a spring-forward gap means the end of the gap; one that happens twice means the first.
    [[nodiscard]] TimePoint to_utc(CivilTime civil) const;

    /// A stretch [from, until) in which the zone's clocks stand at one distance from UTC: civil time is UTC + offset.
    struct Period {
        TimePoint from;
        TimePoint until;
        std::chrono::seconds offset;
    };
    /// The longest such stretch around `t`.
    [[nodiscard]] Period period(TimePoint t) const;

    friend bool operator==(const Zone&, const Zone&) = default;

private:
    explicit Zone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

/// The place that people mean by an abbreviation such as "EST" or "PST" (which know no summer time, where they are zones at all),
/// or nothing for any other text.
[[nodiscard]] std::optional<std::string> place_of_abbreviation(std::string_view text);

/// Reads "2026-03-08 03:30" or "2026-03-08T03:30:15"; nothing for anything else.
[[nodiscard]] std::optional<CivilTime> parse_civil(std::string_view text);
/// "2026-03-08 03:30" (seconds only if there are any).
[[nodiscard]] std::string format_civil(CivilTime civil);
/// "Sun 2026-03-08 03:30 America/New_York", for people.
[[nodiscard]] std::string format_in(TimePoint t, const Zone& zone);

}  // namespace tocsin
