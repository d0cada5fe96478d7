#include "daemon/app/systemd.hpp"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <chrono>

namespace tocsin::app::systemd {
namespace {

void notify(const std::string& state) { (void)sd_notify(0, state.c_str()); }  // Without systemd there is nobody to tell.

}  // namespace

void ready(const std::string& status) { notify(fmt::format("READY=1\nSTATUS={}", status)); }

void reloading(MonotonicPoint now) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
    notify(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", us));
}

void stopping() { notify("STOPPING=1"); }

void alive() { notify("WATCHDOG=1"); }

std::optional<Duration> watchdog_interval() {
    std::uint64_t us = 0;
    if (sd_watchdog_enabled(0, &us) <= 0) return {};
    return std::chrono::duration_cast<Duration>(std::chrono::microseconds{us / 2});
}

}  // namespace tocsin::app::systemd
