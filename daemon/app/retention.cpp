#include "daemon/app/retention.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

/// So many rows go in one transaction, for which a commit may have to wait, and so long nothing goes after it.
constexpr std::size_t kRowsAtOnce = 200;
constexpr Duration kBetween = std::chrono::milliseconds{50};
constexpr Duration kRoundsApart = std::chrono::hours{1};

}  // namespace

Retention::Retention(const config::KeepSettings& keep, Store& store, const Clock& clock, Outside outside)
    : keep_(keep), store_(store), clock_(clock), outside_(std::move(outside)) {}

void Retention::begin() {
    if (keep_.alerts || keep_.incidents) prune();
}

void Retention::prune() {
    PruneLimits limits;
    limits.rows_max = kRowsAtOnce;
    if (keep_.alerts) limits.alerts_before = clock_.now() - *keep_.alerts;
    if (keep_.incidents) limits.incidents_before = clock_.now() - *keep_.incidents;
    auto pruned = std::make_shared<Result<Pruned>>(Pruned{});
    outside_.run_blocking([this, limits, pruned] { *pruned = store_.prune(limits); }, [this, pruned] { settle(*pruned); });
}

void Retention::settle(const Result<Pruned>& pruned) {
    if (!pruned) {
        log::error(log::Event::StoreFailed, pruned.error().message());
        return outside_.after(kRoundsApart, [this] { prune(); });
    }
    rows_ += pruned->rows;
    if (!pruned->is_done) return outside_.after(kBetween, [this] { prune(); });
    if (rows_ > 0) log::info(log::Event::Pruned, "", {{"rows", rows_}});
    rows_ = 0;
    outside_.after(pause_after(*pruned), [this] { prune(); });
}

Duration Retention::pause_after(const Pruned& pruned) const {
    const auto now = clock_.now();
    std::optional<TimePoint> next;
    const auto consider = [&](const std::optional<Duration>& kept, const std::optional<TimePoint>& oldest) {
        if (!kept) return;
        const auto at = oldest.value_or(now) + *kept;
        next = next ? std::min(*next, at) : at;
    };
    consider(keep_.alerts, pruned.oldest_alert);
    consider(keep_.incidents, pruned.oldest_incident);
    return std::max(next.value_or(now) - now, kRoundsApart);
}

}  // namespace tocsin::app
