// The rulebook in force, and how another takes its place: read, compile, test, then swap one pointer.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "daemon/api/services.hpp"
#include "daemon/app/arranged_rulebook.hpp"
#include "daemon/app/calendars.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"
#include "rules/check/load.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// How far ahead a load looks for times at which nobody can be paged. Such a time is a warning in the log, and not a reason to
/// refuse the rulebook: a gap months from now must not keep a daemon from starting today.
inline constexpr Duration kCoverageHorizon = std::chrono::weeks{52};

class RulebookHolder {
public:
    /// Takes the last reference to a rulebook, on whatever thread it was given up: to free 100,000 rules takes too long for the
    /// io or the engine thread.
    using Retire = std::function<void(std::shared_ptr<const Rulebook>)>;

    RulebookHolder(const config::Settings& settings, observe::Metrics& metrics, const Clock& clock, Calendars& calendars,
                   Retire retire);

    /// From any thread; null before the first load().
    [[nodiscard]] std::shared_ptr<const Rulebook> current() const;
    /// From any thread.
    [[nodiscard]] api::RulebookStatus status() const;

    /// Reads the directory, compiles it and runs its tests. A broken file keeps its last good version while the others are taken;
    /// if that does not work out everything stays as it is, or is, the first time, what the data directory kept of the last life.
    /// Refused with nothing in force only if there is no such thing. Says so in log and metrics. On one thread at a time.
    api::ReloadOutcome load();

    /// What is arranged at run time from now on: current() follows before this returns. From any thread; after load().
    void arrange(std::shared_ptr<const Arrangements> arrangements);
    /// From any thread.
    [[nodiscard]] std::shared_ptr<const Arrangements> arrangements();

private:
    [[nodiscard]] check::LoadedRulebook refused(const Error& error) const;
    [[nodiscard]] CompileContext context() const;
    void start_with_last_good(check::LoadedRulebook& loaded);
    void take(const check::LoadedRulebook& loaded);
    /// Puts the rulebook with what is arranged in force. With `arranging_` held.
    void put_in_force();
    void tell_idle(const std::vector<IdleArrangement>& idle);
    void keep(const check::KeptRulebook& made_of);
    void tell(const check::LoadedRulebook& loaded) const;
    void set_status(const check::LoadedRulebook& loaded, const std::vector<RulebookFile>& on_disk, api::ReloadOutcome outcome);

    const config::Settings& settings_;
    observe::Metrics& metrics_;
    const Clock& clock_;
    Calendars& calendars_;
    const Retire retire_;
    const std::string last_good_file_;
    check::KeptRulebook last_good_;  ///< In force, or from the last life; of load()'s thread.
    std::mutex arranging_;           ///< Guards the next few; taken before mutex_.
    std::shared_ptr<const Rulebook> written_;
    std::shared_ptr<const Arrangements> arrangements_ = std::make_shared<const Arrangements>();
    std::set<ArrangementId> told_idle_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Rulebook> current_;
    api::RulebookStatus status_;
};

/// The names that the settings give to a rulebook, its channels and sources; calendars at an address as a daemon has kept them.
[[nodiscard]] CompileContext compile_context(const config::Settings& settings);

}  // namespace tocsin::app
