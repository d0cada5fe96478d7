#include "core/runtime/relay_lane.hpp"

#include <algorithm>

#include "core/base/limits.hpp"

namespace tocsin::runtime {

std::optional<Notification> RelayLane::next() {
    if (under_way_.size() >= limits::kParallelRelaysMax) return {};
    const auto may_leave = [this](const Notification& relay) { return !under_way_.contains(alert_of(relay.page)); };
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), may_leave);
    if (found == waiting_.end()) return {};
    auto relay = std::move(*found);
    waiting_.erase(found);
    under_way_.insert(alert_of(relay.page));
    return relay;
}

}  // namespace tocsin::runtime
