// The one place that reads the machine's clocks.
#pragma once

#include <cstdint>

#include "core/ports/clock.hpp"

namespace tocsin::app {

class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] MonotonicPoint monotonic() const override;
};

/// From the operating system's source of randomness; for Rng.
[[nodiscard]] std::uint64_t random_seed();

}  // namespace tocsin::app
