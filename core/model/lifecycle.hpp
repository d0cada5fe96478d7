// How the life of an incident goes: how long it takes alerts in, when its end is believed, when it counts as flapping.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace tocsin {

/// When an incident that is over and fires again, over and over, counts as flapping.
struct FlappingLimit {
    std::int32_t count = 0;  ///< So many times ...
    Duration within{};       ///< ... in so long. A count of zero: never.
    Duration calm{};         ///< Until it has neither ended nor fired again for so long.
    friend bool operator==(const FlappingLimit&, const FlappingLimit&) = default;
};

/// What the rules of an alert say of it. Zero always means: not at all.
struct Lifecycle {
    Duration within{};         ///< An alert that comes later than so long after the last one begins another incident.
    Duration reopen_within{};  ///< Fires so soon after it was over: the same incident goes on.
    Duration hold_down{};      ///< The source says that it is over: believed if nothing fires for so long.
    FlappingLimit flapping{};
    bool re_page_on_worse = true;  ///< Somebody has it, and then a worse alert comes: page again.
    friend bool operator==(const Lifecycle&, const Lifecycle&) = default;
};

/// Where no rule says otherwise.
inline constexpr Duration kReopenWithin = std::chrono::minutes{10};
inline constexpr FlappingLimit kFlappingLimit{3, std::chrono::hours{1}, std::chrono::minutes{30}};

}  // namespace tocsin
