// What the runtime lets be seen of itself, as metrics and log lines.
#pragma once

#include "core/ports/notifier.hpp"
#include "core/ports/probe.hpp"
#include "daemon/observe/log.hpp"
#include "daemon/observe/metrics.hpp"

namespace tocsin::observe {

/// Counts everything and logs it: decisions at info, what went wrong for one page or step at warning or error, and what leaves an
/// incident without anybody (NobodyReachable, EscalationMissing) at critical. Thread-safe.
class ObservedProbe final : public Probe {
public:
    explicit ObservedProbe(Metrics& metrics) : metrics_(metrics) {}

    void committed(std::size_t messages, std::chrono::nanoseconds took) override;
    void commit_failed(std::size_t messages, const Error& error) override;
    void happened(const TimelineEntry& entry, const Incident& incident) override;
    /// `page` as it was before the attempt.
    void page_attempted(const Page& page, const Result<void>& outcome, std::chrono::milliseconds since_decided) override;
    void mailbox_depth(std::size_t messages) override;

private:
    Metrics& metrics_;
};

/// How loudly a decision is logged.
[[nodiscard]] log::Level level_of(Reason reason);

/// The line that is the page of a channel of kind `log`.
void log_page(const Notification& notification);

}  // namespace tocsin::observe
