// How often each rule of the rulebook in force decided. Apart from the registry, because a rulebook may hold 100,000 rules and is
// swapped whole: here a match is one addition to a number in an array.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

namespace tocsin::observe {

/// With more rules than this only those that matched at least once are shown: the rest would make every scrape megabytes long.
inline constexpr std::size_t kRulesShownUnmatchedMax = 1'000;

/// Thread-safe.
class RuleCounts {
public:
    /// Swaps the rules; a name that was there before keeps its count. On one thread at a time; matched() does not wait for it but
    /// for the moment in which two pointers change.
    void use(std::span<const std::string> names);
    /// An index that is not one of a rule is ignored: it comes from a rulebook that has just been swapped away, or means "none".
    void matched(std::int32_t index);
    /// Each name once, in the order of the rules.
    void each(const std::function<void(const std::string& name, std::uint64_t count)>& show) const;

private:
    using Counts = std::unique_ptr<std::atomic<std::uint64_t>[]>;

    mutable std::mutex shown_mutex_;   // Before the other: of each() and of the swap, so that no count is seen to fall.
    mutable std::shared_mutex mutex_;  // Exclusive only for the swap.
    std::vector<std::string> names_;
    Counts counts_;
};

}  // namespace tocsin::observe
