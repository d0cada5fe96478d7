// tocsin's own heartbeat: says to a URL that all is well, and stays silent when it is not, so that somebody else raises the
// alarm.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/engine/pulse.hpp"
#include "core/ports/clock.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"

namespace tocsin::app {

/// Home: the io thread.
class OwnHeartbeat {
public:
    struct Outside {
        std::function<void(Duration delay, std::function<void()> what)> after;
        /// Calls back on the io thread when the engine has answered a question.
        std::function<void(std::function<void()> on_alive)> ask_engine;
        /// Calls back on the io thread with what is overdue in the outbox; an error if the store cannot be read.
        std::function<void(std::function<void(Result<std::optional<TimePoint>> oldest_due)> on_read)> read_outbox;
        std::function<bool()> commits_succeed;
        /// GET; calls back with how it went.
        std::function<void(std::function<void(Result<void>)> on_sent)> send;
    };
    /// All must outlive it.
    OwnHeartbeat(const config::OwnHeartbeatSettings& settings, const Clock& clock, observe::Metrics& metrics, Outside outside);

    /// Now, and from then on at every interval.
    void begin();

private:
    void beat();
    void decide(const Result<std::optional<TimePoint>>& oldest_due);
    void note(const Result<void>& outcome);

    const config::OwnHeartbeatSettings& settings_;
    const Clock& clock_;
    observe::Metrics& metrics_;
    Outside outside_;
    MonotonicPoint engine_answered_at_;
};

}  // namespace tocsin::app
