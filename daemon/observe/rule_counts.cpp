#include "daemon/observe/rule_counts.hpp"

#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::observe {

void RuleCounts::use(std::span<const std::string> names) {
    const std::unique_lock lock(mutex_);
    std::unordered_map<std::string, std::uint64_t> before;
    for (std::size_t i = 0; i < names_.size(); ++i)
        before.emplace(std::move(names_[i]), counts_[i].load(std::memory_order_relaxed));
    names_.assign(names.begin(), names.end());
    counts_ = std::make_unique<std::atomic<std::uint64_t>[]>(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto found = before.find(names_[i]);
        if (found != before.end()) counts_[i].store(found->second, std::memory_order_relaxed);
    }
}

void RuleCounts::matched(std::int32_t index) {
    const std::shared_lock lock(mutex_);
    if (index < 0 || static_cast<std::size_t>(index) >= names_.size()) return;
    counts_[static_cast<std::size_t>(index)].fetch_add(1, std::memory_order_relaxed);
}

void RuleCounts::each(const std::function<void(const std::string& name, std::uint64_t count)>& show) const {
    const std::shared_lock lock(mutex_);
    std::unordered_set<std::string_view> shown;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto count = counts_[i].load(std::memory_order_relaxed);
        if (count == 0 && names_.size() > kRulesShownUnmatchedMax) continue;
        if (shown.insert(names_[i]).second) show(names_[i], count);
    }
}

}  // namespace tocsin::observe
