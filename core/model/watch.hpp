// Something of the rulebook that has a time of its own: a heartbeat that must be heard by then, a drill that begins then.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace tocsin {

/// "heartbeat:nightly-backup", "drill:monday": of the watch, and of the incident that it opens.
[[nodiscard]] std::string heartbeat_key(std::string_view heartbeat);
[[nodiscard]] std::string drill_key(std::string_view drill);
/// The heartbeat or drill of a key; nothing if it is of no such.
[[nodiscard]] std::optional<std::string_view> heartbeat_of(std::string_view key);
[[nodiscard]] std::optional<std::string_view> drill_of(std::string_view key);

/// What is stored of one.
struct Watch {
    std::string key;
    TimePoint due_at;                        ///< When it has to be looked at.
    std::optional<TimePoint> last_at;        ///< The last beat, or when the last drill was to begin; nothing: none yet.
    std::optional<TimePoint> missing_since;  ///< Of a heartbeat that is missing: when it should have been heard.
    friend bool operator==(const Watch&, const Watch&) = default;
};

}  // namespace tocsin
