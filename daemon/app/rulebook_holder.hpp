// The rulebook in force, and how another takes its place: read, compile, test, then swap one pointer.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/ports/clock.hpp"
#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

class RulebookHolder {
public:
    RulebookHolder(const config::Settings& settings, observe::Metrics& metrics, const Clock& clock)
        : settings_(settings), metrics_(metrics), clock_(clock) {}

    /// From any thread; null before the first load().
    [[nodiscard]] std::shared_ptr<const Rulebook> current() const;

    /// Reads the directory, compiles it and runs its tests; takes it only if there is no error and no test fails, else keeps what
    /// is in force. Says so in log and metrics. On one thread at a time.
    api::ReloadOutcome load();

private:
    [[nodiscard]] api::ReloadOutcome refused(std::string diagnostics, std::string summary) const;
    void take(std::shared_ptr<const Rulebook> rulebook);

    const config::Settings& settings_;
    observe::Metrics& metrics_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Rulebook> current_;
};

/// The names that the settings give to a rulebook: its channels and sources.
[[nodiscard]] CompileContext compile_context(const config::Settings& settings);

}  // namespace tocsin::app
