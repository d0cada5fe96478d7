#include "core/engine/delivery.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/engine/relay.hpp"

namespace tocsin::engine {
namespace {

/// Doubled with every attempt up to the cap; between a half and the whole of that.
Duration backoff(std::int32_t attempts, Rng& rng) {
    const auto doublings = std::min(attempts - 1, 16);
    const auto whole = std::min(limits::kBackoffFirst * (std::int64_t{1} << doublings), limits::kBackoffMax);
    const auto half = static_cast<std::uint64_t>(whole.count()) / 2;
    return Duration{static_cast<std::int64_t>(half + rng.below(half + 1))};
}

}  // namespace

Page after_attempt(Page page, const Result<void>& outcome, TimePoint now, Rng& rng) {
    if (!outcome && was_pointless(page, outcome.error())) {
        page.state = PageState::Overtaken;
        return page;
    }
    ++page.attempts;
    if (outcome.has_value()) {
        page.state = PageState::Delivered;
        page.last_error.clear();
        return page;
    }
    page.last_error = outcome.error().message();
    const auto retry = outcome.error().retry();
    if (!retry.allowed()) {
        page.state = PageState::Failed;
        return page;
    }
    page.due_at = now + std::max(backoff(page.attempts, rng), retry.delay);
    if (page.due_at >= page.give_up_at) page.state = PageState::Failed;
    return page;
}

}  // namespace tocsin::engine
