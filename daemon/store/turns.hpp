// Whose turn it is to write: the stores of one database, and the checkpoint thread when it cuts the log.
#pragma once

#include <condition_variable>
#include <mutex>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::store {

/// One holder at a time. From any thread.
class Turns {
public:
    /// Waits for the turn, no longer than `patience` (then: Unavailable). `who` must not have it already.
    [[nodiscard]] Result<void> take(const void* who, Duration patience);
    /// Waits for the turn, before all who wait in take(): a store that commits without pause would never let go of it otherwise.
    void take_first(const void* who);
    void end();

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    const void* holder_ = nullptr;
    int first_waiting_ = 0;
};

}  // namespace tocsin::store
