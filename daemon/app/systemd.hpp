// What systemd is told: ready, reloading, stopping, and that the threads are alive. All of it does nothing outside of systemd.
#pragma once

#include <optional>
#include <string>

#include "core/base/time.hpp"

namespace tocsin::app::systemd {

void ready(const std::string& status);
/// `now` is the monotonic instant at which the reload began.
void reloading(MonotonicPoint now);
void stopping();
void alive();
/// How often alive() must be called, with a margin of half; nothing if no watchdog is set.
[[nodiscard]] std::optional<Duration> watchdog_interval();

}  // namespace tocsin::app::systemd
