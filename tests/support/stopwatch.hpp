// Real time, for tests of the real program: how long something took, and until when to wait for it.
#pragma once

#include "core/base/time.hpp"

namespace tocsin::test {

/// How long is waited for what must come, on a machine that may be busy with other tests. What comes sooner costs nothing.
inline constexpr Duration kPatience = std::chrono::seconds{30};

/// How much slower than as it is shipped the program is here: bounds on its speed are as much wider.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSlowness = 10;
#else
inline constexpr int kSlowness = 1;
#endif

[[nodiscard]] MonotonicPoint monotonic_now();
/// For what senders write into alerts.
[[nodiscard]] TimePoint wall_now();

class Stopwatch {
public:
    [[nodiscard]] std::chrono::duration<double, std::milli> elapsed() const { return monotonic_now() - started_; }

private:
    MonotonicPoint started_ = monotonic_now();
};

/// Milliseconds until then, rounded up, as poll() wants them; 0 if it has passed.
[[nodiscard]] int poll_milliseconds(MonotonicPoint until);

/// Waits a moment (at most 10 ms) before a condition is looked at again.
void wait_a_moment();

}  // namespace tocsin::test
