// The report of the last 30 days as gauges, computed now and then beside everything else.
#pragma once

#include <functional>
#include <memory>

#include "core/ports/clock.hpp"
#include "core/ports/store.hpp"
#include "daemon/observe/metrics.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// Home: the io thread. The reader is used on the blocking thread only.
class ReportGauges {
public:
    struct Outside {
        std::function<void(Duration delay, std::function<void()> what)> after;
        std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
        std::function<std::shared_ptr<const Rulebook>()> rulebook;
    };
    /// All must outlive it.
    ReportGauges(StoreReader& reader, const Clock& clock, observe::Metrics& metrics, Outside outside)
        : reader_(reader), clock_(clock), metrics_(metrics), outside_(std::move(outside)) {}

    /// In a moment, and then every few minutes.
    void begin();

private:
    void compute();

    StoreReader& reader_;
    const Clock& clock_;
    observe::Metrics& metrics_;
    Outside outside_;
};

}  // namespace tocsin::app
