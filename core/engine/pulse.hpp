// tocsin's own heartbeat: whether it may say that all is well. Whoever listens raises the alarm when it stays away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/time.hpp"

namespace tocsin::engine {

/// What is known of ourselves.
struct Pulse {
    Duration engine_answered_ago{};  ///< Since the engine last answered a question.
    bool is_commit_failing = false;
    std::optional<Duration> page_overdue;  ///< For how long the longest-due page has been due; nothing: none is.
};

/// How bad it may be.
struct PulseLimits {
    Duration engine_late = std::chrono::seconds{30};
    Duration page_overdue = std::chrono::minutes{2};
};

/// Why the heartbeat must stay away, for the log; nothing: all is well.
[[nodiscard]] std::optional<std::string> reason_to_withhold(const Pulse& pulse, const PulseLimits& limits);

}  // namespace tocsin::engine
