#include "daemon/app/own_heartbeat.hpp"

#include <utility>

#include "daemon/observe/log.hpp"

namespace tocsin::app {

OwnHeartbeat::OwnHeartbeat(const config::OwnHeartbeatSettings& settings, const Clock& clock, observe::Metrics& metrics,
                           Outside outside)
    : settings_(settings),
      clock_(clock),
      metrics_(metrics),
      outside_(std::move(outside)),
      engine_answered_at_(clock.monotonic()) {}

void OwnHeartbeat::begin() { beat(); }

/// The engine is asked each time; if it does not answer, the time since it last did decides at the next beat.
void OwnHeartbeat::beat() {
    outside_.ask_engine([this] { engine_answered_at_ = clock_.monotonic(); });
    outside_.read_outbox([this](const Result<std::optional<TimePoint>>& oldest_due) { decide(oldest_due); });
    outside_.after(settings_.every, [this] { beat(); });
}

void OwnHeartbeat::decide(const Result<std::optional<TimePoint>>& oldest_due) {
    if (!oldest_due) return note(oldest_due.error().in("withheld"));
    engine::Pulse pulse;
    pulse.engine_answered_ago = std::chrono::duration_cast<Duration>(clock_.monotonic() - engine_answered_at_);
    pulse.is_commit_failing = !outside_.commits_succeed();
    if (*oldest_due) pulse.page_overdue = clock_.now() - **oldest_due;
    engine::PulseLimits limits;
    limits.engine_late += settings_.every;  // It is asked only so often.
    if (const auto why = engine::reason_to_withhold(pulse, limits)) return note(Error{Errc::Refused, *why}.in("withheld"));
    outside_.send([this](const Result<void>& outcome) { note(outcome); });
}

void OwnHeartbeat::note(const Result<void>& outcome) {
    metrics_.show_gauges("own heartbeat", {{observe::metric::kOwnHeartbeat, {}, outcome ? 1.0 : 0.0}});
    if (!outcome) log::error(log::Event::HeartbeatNotSent, outcome.error().message());
}

}  // namespace tocsin::app
