#include "rules/match/heartbeat_set.hpp"

#include <utility>

#include "rules/match/program.hpp"

namespace tocsin::match {

struct HeartbeatSet::Compiled {
    std::vector<HeartbeatSpec> heartbeats;  ///< Never changed: the program points into them.
    Program program;
    std::vector<Program::Root> roots;  ///< One for each heartbeat.
};

HeartbeatSet::HeartbeatSet() : HeartbeatSet(std::vector<HeartbeatSpec>{}) {}

HeartbeatSet::HeartbeatSet(std::vector<HeartbeatSpec> heartbeats) : compiled_(std::make_unique<Compiled>()) {
    compiled_->heartbeats = std::move(heartbeats);
    for (const auto& heartbeat : compiled_->heartbeats) compiled_->roots.push_back(compiled_->program.add(heartbeat.match));
}

HeartbeatSet::~HeartbeatSet() = default;
HeartbeatSet::HeartbeatSet(HeartbeatSet&&) noexcept = default;
HeartbeatSet& HeartbeatSet::operator=(HeartbeatSet&&) noexcept = default;

std::vector<std::string> HeartbeatSet::beats(const Fields& fields) const {
    std::vector<std::string> keys;
    const auto& all = compiled_->heartbeats;
    if (all.empty()) return keys;
    const AlertView alert(compiled_->program.paths(), fields);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (compiled_->program.matches(compiled_->roots[i], alert)) keys.push_back(all[i].key);
    }
    return keys;
}

}  // namespace tocsin::match
