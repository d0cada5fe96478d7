#include "rules/match/range_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::match {

void RangeIndex::add(NumberRange range, std::uint32_t clause) {
    constexpr auto kInfinite = std::numeric_limits<double>::infinity();
    // Written so that NaN, like an end beyond all numbers, leaves nothing.
    const bool holds_any = range.low <= range.high && range.low < kInfinite && range.high > -kInfinite;
    if (holds_any) wanted_.push_back({range, clause});
}

std::size_t RangeIndex::leaf_of(double number) const {
    const auto at = std::lower_bound(ends_.begin(), ends_.end(), number);
    const auto before = static_cast<std::size_t>(at - ends_.begin());
    return 2 * before + (at != ends_.end() && *at == number ? 1 : 0);
}

void RangeIndex::seal(Postings& postings) {
    for (const auto& wanted : wanted_) {
        if (std::isfinite(wanted.range.low)) ends_.push_back(wanted.range.low);
        if (std::isfinite(wanted.range.high)) ends_.push_back(wanted.range.high);
    }
    std::sort(ends_.begin(), ends_.end());
    ends_.erase(std::unique(ends_.begin(), ends_.end()), ends_.end());
    leaves_ = 2 * ends_.size() + 1;
    lists_.assign(2 * leaves_, Postings::kNoList);
    const auto file = [&](std::size_t node, std::uint32_t clause) {
        if (lists_[node] == Postings::kNoList) lists_[node] = postings.new_list();
        postings.add(lists_[node], clause);
    };
    for (const auto& [range, clause] : wanted_) {
        auto begin = (std::isfinite(range.low) ? leaf_of(range.low) : 0) + leaves_;
        auto end = (std::isfinite(range.high) ? leaf_of(range.high) : leaves_ - 1) + leaves_ + 1;
        for (; begin < end; begin /= 2, end /= 2) {
            if (begin % 2 == 1) file(begin++, clause);
            if (end % 2 == 1) file(--end, clause);
        }
    }
    wanted_ = {};
}

void RangeIndex::find(double number, const Postings& postings, Candidates& candidates) const {
    for (auto node = leaf_of(number) + leaves_; node > 0; node /= 2) {
        if (lists_[node] != Postings::kNoList) candidates.add(postings[lists_[node]]);
    }
}

}  // namespace tocsin::match
