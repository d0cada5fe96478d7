#include "rules/match/candidates.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

/// Lists up to this length are copied and sorted with the others; beyond it most of them is never looked at.
constexpr std::size_t kShortMax = 12;

constexpr auto kLaterFirst = [](const auto& a, const auto& b) { return *a.at > *b.at; };

}  // namespace

void Candidates::add(std::span<const std::uint32_t> list) {
    if (list.empty()) return;
    if (has_begun_ || list.size() > kShortMax) return add_long({list.data(), list.data() + list.size()});
    if (list.size() == 1) {
        few_.push_back(list.front());
    } else {
        few_.insert(few_.end(), list.begin(), list.end());
    }
    if (few_.size() >= compact_few_at_) compact_few();
}

void Candidates::add_long(Walk walk) {
    if (has_begun_) {
        walk.at = std::lower_bound(walk.at, walk.end, from_);
        if (walk.at == walk.end) return;
    }
    long_.push_back(walk);
    if (has_begun_) std::push_heap(long_.begin(), long_.end(), kLaterFirst);
    if (!has_begun_ && long_.size() >= compact_long_at_) compact_long();
}

/// An alert can be made to hit one list over and over; what it costs must not grow with that.
void Candidates::compact_few() {
    std::sort(few_.begin(), few_.end());
    few_.erase(std::unique(few_.begin(), few_.end()), few_.end());
    compact_few_at_ = std::max(compact_few_at_, few_.size() * 2);
}

void Candidates::compact_long() {
    std::sort(long_.begin(), long_.end(), [](const Walk& a, const Walk& b) { return a.at < b.at; });
    const auto is_same = [](const Walk& a, const Walk& b) { return a.at == b.at; };
    long_.erase(std::unique(long_.begin(), long_.end(), is_same), long_.end());
    compact_long_at_ = std::max(compact_long_at_, long_.size() * 2);
}

void Candidates::begin() {
    has_begun_ = true;
    std::sort(few_.begin(), few_.end());
    if (long_.size() > 1) std::make_heap(long_.begin(), long_.end(), kLaterFirst);
}

std::uint32_t Candidates::next() {
    if (!has_begun_) begin();
    while (few_at_ < few_.size() && few_[few_at_] < from_) ++few_at_;
    auto found = few_at_ < few_.size() ? few_[few_at_] : kEnd;
    while (!long_.empty() && *long_.front().at < found) {
        const auto clause = *long_.front().at;
        if (clause >= from_) {
            found = clause;
            break;
        }
        std::pop_heap(long_.begin(), long_.end(), kLaterFirst);
        auto& walk = long_.back();
        // One that trails by a step or two is stepped; one left far behind is not walked through what was skipped.
        ++walk.at;
        if (walk.at != walk.end && *walk.at < from_) walk.at = std::lower_bound(walk.at, walk.end, from_);
        if (walk.at == walk.end) {
            long_.pop_back();
        } else {
            std::push_heap(long_.begin(), long_.end(), kLaterFirst);
        }
    }
    if (found != kEnd) from_ = found + 1;
    return found;
}

}  // namespace tocsin::match
