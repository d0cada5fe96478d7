#include "daemon/app/system_clock.hpp"

#include <chrono>
#include <random>

namespace tocsin::app {

TimePoint SystemClock::now() const { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

MonotonicPoint SystemClock::monotonic() const { return std::chrono::steady_clock::now(); }

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace tocsin::app
