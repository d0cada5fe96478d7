#include "daemon/app/health.hpp"

#include <chrono>

namespace tocsin::app {
namespace {

constexpr std::chrono::nanoseconds kUnreadyAfterFailure = std::chrono::seconds{5};

}  // namespace

bool HealthProbe::commits_succeed() const {
    const std::chrono::nanoseconds failed_at{failed_at_ns_.load(std::memory_order_relaxed)};
    return failed_at.count() == 0 || clock_.monotonic().time_since_epoch() - failed_at > kUnreadyAfterFailure;
}

void HealthProbe::committed(std::size_t messages, std::chrono::nanoseconds took) {
    failed_at_ns_.store(0, std::memory_order_relaxed);
    next_.committed(messages, took);
}

void HealthProbe::commit_failed(std::size_t messages, const Error& error) {
    failed_at_ns_.store(clock_.monotonic().time_since_epoch().count(), std::memory_order_relaxed);
    next_.commit_failed(messages, error);
}

void HealthProbe::happened(const TimelineEntry& entry, const Incident& incident) { next_.happened(entry, incident); }

void HealthProbe::page_attempted(const Page& page, const Result<void>& outcome, std::chrono::milliseconds since_decided) {
    next_.page_attempted(page, outcome, since_decided);
}

void HealthProbe::mailbox_depth(std::size_t messages) { next_.mailbox_depth(messages); }

}  // namespace tocsin::app
