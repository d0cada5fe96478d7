#include "tests/simulation/over_there.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/engine/relay.hpp"
#include "tests/simulation/team.hpp"

namespace tocsin::simulation {
namespace {

AlertAction action_of(engine::RelayAction relayed) {
    switch (relayed) {
        case engine::RelayAction::Acknowledge: return AlertAction::Acknowledge;
        case engine::RelayAction::Unacknowledge: return AlertAction::Unacknowledge;
        case engine::RelayAction::Snooze: return AlertAction::Snooze;
        case engine::RelayAction::Note: return AlertAction::Note;
        case engine::RelayAction::Close: return AlertAction::Resolve;
    }
    return AlertAction::Other;
}

}  // namespace

OverThere::OverThere(World& world) : world_(world) {
    engine::TwoWay two_way;
    two_way.sources = {kSource};
    world.tell(std::move(two_way), [this](const Page& relay) { arrive(relay); });
}

void OverThere::create(const std::string& alert, Verdict verdict) {
    alerts_[alert] = {};
    world_.fire(simulation::alert(kSource, alert, AlertAction::Fire), std::move(verdict));
}

void OverThere::act(const std::string& alert, AlertAction action, Duration delay) {
    change(alert, action);
    say(alert, action, "somebody there", "", delay);
}

void OverThere::arrive(const Page& relay) {
    arrived_.push_back(fmt::format("{} {} by {}", relay.via, relay.address, relay.why));
    const auto action = action_of(engine::parse_relay_action(relay.via).value());
    if (alerts_[relay.address].is_closed) return;  // Fails there, later; nobody is told.
    change(relay.address, action);
    say(relay.address, action, relay.why, "tocsin", echo_delay_);
}

void OverThere::change(const std::string& alert, AlertAction action) {
    auto& state = alerts_[alert];
    if (action == AlertAction::Acknowledge) state.is_acknowledged = true;
    if (action == AlertAction::Unacknowledge) state.is_acknowledged = false;
    if (action == AlertAction::Resolve) state.is_closed = true;
}

void OverThere::say(const std::string& alert, AlertAction action, const std::string& actor, const std::string& through,
                    Duration delay) {
    auto word = simulation::alert(kSource, alert, action);
    word.actor = actor;
    word.through = through;
    word.note = action == AlertAction::Note ? "looking" : "";
    if (action == AlertAction::Snooze) word.until = world_.clock().now() + std::chrono::minutes{30};
    // Now and then it says so twice.
    for (auto times = 1 + world_.rng().below(2); times > 0; --times) {
        world_.later(delay + Duration{world_.rng().below(50)}, [this, word] { world_.follow_up(word); });
    }
}

std::size_t OverThere::decided() const {
    const auto& pages = world_.database().pages;
    return static_cast<std::size_t>(
        std::count_if(pages.begin(), pages.end(), [](const auto& entry) { return entry.second.is_relay(); }));
}

std::size_t OverThere::decided(PageState state) const {
    const auto& pages = world_.database().pages;
    return static_cast<std::size_t>(std::count_if(
        pages.begin(), pages.end(), [&](const auto& entry) { return entry.second.is_relay() && entry.second.state == state; }));
}

}  // namespace tocsin::simulation
