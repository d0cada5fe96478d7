// The only way to the time. Read once per event, in the engine loop, the outbox and the HTTP edge; everywhere else `now` is an
// argument.
#pragma once

#include "core/base/time.hpp"

namespace tocsin {

class Clock {
public:
    virtual ~Clock() = default;
    /// The wall clock, UTC. It may step, in both directions.
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Never steps; for deadlines and for measuring.
    [[nodiscard]] virtual MonotonicPoint monotonic() const = 0;
};

}  // namespace tocsin
