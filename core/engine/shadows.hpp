// Who looks on: the shadows of the schedules that a step pages are told as well.
#pragma once

#include <span>
#include <vector>

#include "core/model/incident.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

/// Notices to the shadows of the targets' schedules at `now`, outside of their quiet hours, each person once and nobody whom
/// `pages` reach. They count for nothing: a step that has only shadows has nobody. `like` gives everything else.
[[nodiscard]] std::vector<Page> notices_for_shadows(std::span<const Target> targets, std::span<const Page> pages,
                                                    const Roster& roster, const Page& like, TimePoint now);

}  // namespace tocsin::engine
