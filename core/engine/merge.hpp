// Two incidents become one, and one becomes two. Both decide about two incidents at once: the runtime writes them together.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

struct Merge {
    Incident from;
    Incident into;
    std::int64_t firing = 0;  ///< Firing members of `from` that were not firing in `into`.
    std::string actor;
};
struct Merged {
    Transition from;
    Transition into;
};

/// Conflict, with what is in the way: an incident and itself, or one that is resolved.
[[nodiscard]] Result<void> check_merge(const Incident& from, const Incident& into);

/// `from` is resolved, and what was pending for it is called off. `into` takes over what fires in it, how bad and how loud it
/// was; it pages as it would for a new alert: if somebody has it, only for something worse. `around` is that of `into`. Requires
/// check_merge().
[[nodiscard]] Merged merge(Merge what, const Roster& roster, TimePoint now, const Surroundings& around = {});

struct Split {
    Incident from;
    IncidentId id;  ///< Of the new one.
    std::vector<std::string> alerts;
    std::int64_t firing = 0;  ///< Members that leave, all of them firing.
    std::string actor;
};
struct SplitUp {
    Transition from;
    Transition split_off;
};

/// Conflict, with what is in the way: it is resolved, one of the alerts is not firing in it, or nothing would be left.
/// `firing` are the keys of those that are.
[[nodiscard]] Result<void> check_split(const Incident& from, std::span<const std::string> alerts,
                                       std::span<const std::string> firing);

/// The new incident is as the old one was, nobody has it, and it pages from the first step, unless it is told at another one
/// (`around`). Requires check_split().
[[nodiscard]] SplitUp split(Split what, const Roster& roster, TimePoint now, const Surroundings& around = {});

}  // namespace tocsin::engine
