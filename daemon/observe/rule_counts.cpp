#include "daemon/observe/rule_counts.hpp"

#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tocsin::observe {

void RuleCounts::use(std::span<const std::string> names) {
    // What takes time with 100,000 rules, the look-up and the freeing, is done while others count.
    std::unordered_map<std::string_view, std::size_t> before;
    for (std::size_t i = 0; i < names_.size(); ++i) before.emplace(names_[i], i);
    std::vector<std::string> new_names(names.begin(), names.end());
    auto counts = std::make_unique<std::atomic<std::uint64_t>[]>(new_names.size());
    std::vector<std::pair<std::size_t, std::size_t>> kept;
    for (std::size_t i = 0; i < new_names.size(); ++i) {
        const auto found = before.find(new_names[i]);
        if (found != before.end()) kept.emplace_back(found->second, i);
    }
    const std::lock_guard shown(shown_mutex_);
    {
        const std::unique_lock lock(mutex_);
        counts_.swap(counts);
        names_.swap(new_names);
    }
    for (const auto& [from, to] : kept) {
        counts_[to].fetch_add(counts[from].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
}

void RuleCounts::matched(std::int32_t index) {
    const std::shared_lock lock(mutex_);
    if (index < 0 || static_cast<std::size_t>(index) >= names_.size()) return;
    counts_[static_cast<std::size_t>(index)].fetch_add(1, std::memory_order_relaxed);
}

void RuleCounts::each(const std::function<void(const std::string& name, std::uint64_t count)>& show) const {
    const std::lock_guard not_between(shown_mutex_);
    const std::shared_lock lock(mutex_);
    std::unordered_set<std::string_view> shown;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto count = counts_[i].load(std::memory_order_relaxed);
        if (count == 0 && names_.size() > kRulesShownUnmatchedMax) continue;
        if (shown.insert(names_[i]).second) show(names_[i], count);
    }
}

}  // namespace tocsin::observe
