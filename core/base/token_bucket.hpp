// How many requests somebody may make: a bucket that fills steadily and holds one minute's worth.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace tocsin {

/// A value; who keeps it decides whose it is.
class TokenBucket {
public:
    /// Full at first.
    explicit TokenBucket(std::int64_t per_minute) : per_minute_(per_minute), millitokens_(per_minute * kMillitokens) {}

    /// Takes one, if there is one. A clock that steps back gives nothing and takes nothing.
    [[nodiscard]] bool take(MonotonicPoint now);
    /// How long until there is one.
    [[nodiscard]] Duration wait(MonotonicPoint now) const;

private:
    static constexpr std::int64_t kMillitokens = 1'000;
    [[nodiscard]] std::int64_t filled(MonotonicPoint now) const;

    std::int64_t per_minute_;
    std::int64_t millitokens_;
    MonotonicPoint at_{};
};

}  // namespace tocsin
