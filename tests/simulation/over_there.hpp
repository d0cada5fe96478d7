// The house that a two-way source belongs to: its alerts, what is done to them there and by relays, and its webhook, which says
// all of that back, late, twice or out of order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

class OverThere {
public:
    static constexpr const char* kSource = "there";

    /// From now on `kSource` is a two-way source of the world. Outlives what is still to happen in it.
    explicit OverThere(World& world);

    /// An alert begins.
    void create(const std::string& alert, Verdict verdict);
    /// Somebody does it there, and the webhook says so after `delay`.
    void act(const std::string& alert, AlertAction action, Duration delay = {});
    /// How late the webhook says what a relay did.
    void echo_after(Duration delay) { echo_delay_ = delay; }

    /// The relays that arrived, "acknowledge alert-1 by person-1", in their order.
    [[nodiscard]] const std::vector<std::string>& arrived() const { return arrived_; }
    [[nodiscard]] bool is_acknowledged(const std::string& alert) const { return alerts_.at(alert).is_acknowledged; }
    [[nodiscard]] bool is_closed(const std::string& alert) const { return alerts_.at(alert).is_closed; }
    /// The relays that were decided.
    [[nodiscard]] std::size_t decided() const;
    /// Those of them in this state.
    [[nodiscard]] std::size_t decided(PageState state) const;

private:
    struct State {
        bool is_acknowledged = false;
        bool is_closed = false;
    };
    void arrive(const Page& relay);
    void say(const std::string& alert, AlertAction action, const std::string& actor, const std::string& through, Duration delay);
    void change(const std::string& alert, AlertAction action);

    World& world_;
    Duration echo_delay_{};
    std::map<std::string, State> alerts_;
    std::vector<std::string> arrived_;
};

}  // namespace tocsin::simulation
