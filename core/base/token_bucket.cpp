#include "core/base/token_bucket.hpp"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::int64_t kMsOfMinute = 60'000;

}  // namespace

std::int64_t TokenBucket::filled(MonotonicPoint now) const {
    if (at_ == MonotonicPoint{} || now <= at_) return millitokens_;
    const auto passed = std::min(std::chrono::duration_cast<Duration>(now - at_).count(), kMsOfMinute);
    return std::min(per_minute_ * kMillitokens, millitokens_ + passed * per_minute_ * kMillitokens / kMsOfMinute);
}

bool TokenBucket::take(MonotonicPoint now) {
    const auto have = filled(now);
    // Only when something has come in: a caller that asks every microsecond must not keep the bucket from filling.
    if (have != millitokens_ || at_ == MonotonicPoint{}) at_ = std::max(at_, now);
    millitokens_ = have;
    if (millitokens_ < kMillitokens) return false;
    millitokens_ -= kMillitokens;
    return true;
}

Duration TokenBucket::wait(MonotonicPoint now) const {
    const auto missing = kMillitokens - filled(now);
    if (missing <= 0) return Duration{0};
    return Duration{missing * kMsOfMinute / (per_minute_ * kMillitokens) + 1};
}

}  // namespace tocsin
