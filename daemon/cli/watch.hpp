// Doing something again whenever files change, until Ctrl-C.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin::cli {

/// Tells one state of the files from another: names, sizes and times of change of all files below `paths` (hidden ones left out).
/// What is not there counts as empty.
[[nodiscard]] std::string stamp_of(const std::vector<std::string>& paths);

struct Watch {
    std::function<std::string()> stamp;  ///< Asked every `interval`.
    std::function<void()> round;
    Duration interval{};
};

/// Runs a round at once, and another each time that the stamp is not what it was before the last one. Returns after SIGINT or
/// SIGTERM.
void watch(const Watch& watch);

}  // namespace tocsin::cli
