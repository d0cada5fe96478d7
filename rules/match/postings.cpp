#include "rules/match/postings.hpp"

namespace tocsin::match {

std::uint32_t Postings::list_of(Key key) {
    const auto [at, is_new] = keys_.try_emplace(key, lists_);
    if (is_new) ++lists_;
    return at->second;
}

void Postings::seal() {
    std::vector<std::uint32_t> last(lists_, UINT32_MAX);
    begins_.assign(lists_ + 1, 0);
    for (auto& filed : filed_) {
        // A clause that gives two operands of one key stands in its list once.
        if (last[filed.list] == filed.clause) {
            filed.list = kNoList;
        } else {
            last[filed.list] = filed.clause;
            ++begins_[filed.list + 1];
        }
    }
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
    clauses_.resize(begins_.back());
    auto& next = last;
    next.assign(begins_.begin(), begins_.end() - 1);
    for (const auto& filed : filed_) {
        if (filed.list != kNoList) clauses_[next[filed.list]++] = filed.clause;
    }
    filed_ = {};
}

std::span<const std::uint32_t> Postings::find(Key key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return {};
    return (*this)[found->second];
}

std::size_t Postings::bytes() const {
    constexpr std::size_t kSlotBytes = sizeof(Key) + 2 * sizeof(std::uint32_t) + 1;
    return keys_.bucket_count() * kSlotBytes + (begins_.capacity() + clauses_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace tocsin::match
