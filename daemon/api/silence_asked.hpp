// A silence as a request asks for it, checked against the rulebook and the settings.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/arrangements.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/config/settings.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

struct WantedSilence {
    MadeSilence made;                   ///< Without a number.
    std::vector<std::string> warnings;  ///< That it covers nearly everything.
};

/// What a silence is judged by.
struct SilenceBounds {
    const Rulebook& rulebook;
    const config::Settings& settings;
    TimePoint now;
};

/// Invalid, with the cure: a match with mistakes, no reason, no end, or an end that is too far.
[[nodiscard]] Result<WantedSilence> wanted_silence(const Asked& asked, const SilenceBounds& bounds, const std::string& by);

/// The same for its end alone: one that is made at `from`, or is to be made longer.
[[nodiscard]] Result<TimePoint> checked_end(const MadeSilence& made, TimePoint until, const SilenceBounds& bounds);

}  // namespace tocsin::api
