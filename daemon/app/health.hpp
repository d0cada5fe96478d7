// Remembers when a commit last failed, for /-/ready; passes everything on.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/ports/clock.hpp"
#include "core/ports/probe.hpp"

namespace tocsin::app {

class HealthProbe final : public Probe {
public:
    HealthProbe(Probe& next, const Clock& clock) : next_(next), clock_(clock) {}

    /// From any thread. False for some seconds after a commit that failed, until one succeeds; then true again, because only an
    /// alert that is let in can tell whether the store has recovered.
    [[nodiscard]] bool commits_succeed() const;

    void committed(std::size_t messages, std::chrono::nanoseconds took) override;
    void commit_failed(std::size_t messages, const Error& error) override;
    void happened(const TimelineEntry& entry, const Incident& incident) override;
    void page_attempted(const Page& page, const Result<void>& outcome, std::chrono::milliseconds since_decided) override;
    void mailbox_depth(std::size_t messages) override;

private:
    Probe& next_;
    const Clock& clock_;
    std::atomic<std::int64_t> failed_at_ns_{0};  ///< Monotonic; 0: the last commit went well.
};

}  // namespace tocsin::app
