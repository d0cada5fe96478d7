// The lane of the outbox in which relays wait beside the pages: few at once, and those to one alert one after the other, so that
// over there things happen in the order in which they happened here.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/ports/notifier.hpp"

namespace tocsin::runtime {

class RelayLane {
public:
    void add(Notification relay) { waiting_.push_back(std::move(relay)); }
    /// The first that may leave now: it is under way until ended(). Nothing if limits::kParallelRelaysMax are, or if all that
    /// wait are for alerts to which one is.
    [[nodiscard]] std::optional<Notification> next();
    void ended(const Page& relay) { under_way_.erase(alert_of(relay)); }
    void clear() { waiting_.clear(); }

    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    [[nodiscard]] std::size_t under_way() const { return under_way_.size(); }

private:
    using Alert = std::pair<std::string, std::string>;  // The source, and its word for it.
    static Alert alert_of(const Page& relay) { return {relay.person, relay.address}; }

    std::deque<Notification> waiting_;
    std::set<Alert> under_way_;
};

}  // namespace tocsin::runtime
