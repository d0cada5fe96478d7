// What the endpoints need of the daemon: references and a few functions, wired up in daemon/app.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/rng.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/mailbox.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

/// What came of a reload: the hash in force, and what was wrong if it was refused.
struct ReloadOutcome {
    bool is_loaded = false;
    std::string hash;         ///< Of the rulebook in force after it.
    std::string diagnostics;  ///< Rendered: errors of a refused one, warnings of a loaded one.
    std::string summary;      ///< "2 errors, 1 warning"
};

/// Home: the io thread. Everything referred to outlives the endpoints.
struct Services {
    const config::Settings& settings;
    const Clock& clock;
    Rng& rng;
    runtime::Mailbox& mailbox;
    StoreReader& reader;  ///< Only inside run_blocking().
    observe::Metrics& metrics;
    std::function<std::shared_ptr<const Rulebook>()> rulebook;
    /// Runs `work` on the blocking thread, then `done` on the io thread.
    std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
    /// Reads, compiles and swaps the rulebook off the io thread; `done` is called on it.
    std::function<void(std::function<void(ReloadOutcome)> done)> reload;
    /// Whether alerts can be accepted: running, not stopping, and the last commit went well.
    std::function<bool()> is_ready;
};

}  // namespace tocsin::api
