// The running daemon: everything is built here, wired together, run, and taken down in reverse.
#pragma once

#include "core/base/result.hpp"
#include "daemon/config/settings.hpp"

namespace tocsin::app {

/// Runs until SIGTERM or SIGINT, then finishes what was accepted; a second such signal ends at once. SIGHUP reloads the rulebook.
/// An error is why it could not start (or, Internal, why it had to stop).
[[nodiscard]] Result<void> run_daemon(const config::Settings& settings);

/// "0.1.0"
[[nodiscard]] const char* version();

}  // namespace tocsin::app
