#include "tests/support/stopwatch.hpp"

#include <poll.h>

#include <algorithm>
#include <limits>

namespace tocsin::test {

TimePoint wall_now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

MonotonicPoint monotonic_now() { return std::chrono::steady_clock::now(); }

int poll_milliseconds(MonotonicPoint until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - monotonic_now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

void wait_a_moment() { ::poll(nullptr, 0, 10); }

}  // namespace tocsin::test
