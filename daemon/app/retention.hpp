// Lets go of what is kept no longer: a little at a time, beside everything else.
#pragma once

#include <functional>

#include "core/ports/clock.hpp"
#include "core/ports/store.hpp"
#include "daemon/config/settings.hpp"

namespace tocsin::app {

/// Home: the io thread. The store is used on the blocking thread only.
class Retention {
public:
    struct Outside {
        std::function<void(Duration delay, std::function<void()> what)> after;
        std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
    };
    /// All must outlive it.
    Retention(const config::KeepSettings& keep, Store& store, const Clock& clock, Outside outside);

    /// Now, and then whenever something may have become old enough, at most once an hour. Nothing, if all is kept for ever.
    void begin();

private:
    void prune();
    void settle(const Result<Pruned>& pruned);
    [[nodiscard]] Duration pause_after(const Pruned& pruned) const;

    const config::KeepSettings& keep_;
    Store& store_;
    const Clock& clock_;
    Outside outside_;
    std::int64_t rows_ = 0;  ///< Of this round.
};

}  // namespace tocsin::app
