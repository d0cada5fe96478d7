#include "core/oncall/walk.hpp"

#include <algorithm>

namespace tocsin::oncall {
namespace {

const std::string kOverride = "override";

const std::string* somebody(const std::string& person) { return person.empty() ? nullptr : &person; }

}  // namespace

Stretch stretch_of(const Layer& layer, const Zone& zone, const Zone::Period& period, TimePoint t, Turn& turn) {
    Stretch stretch{nullptr, kNever};
    if (layer.people.empty()) return stretch;
    if (layer.during) {
        const auto window = window_at(*layer.during, period, t);
        stretch.until = window.until;
        if (!window.is_within) return stretch;
    }
    if (!layer.rotation) return {somebody(layer.people.front()), stretch.until};
    if (turn.until <= t) turn = turn_at(*layer.rotation, zone, t);
    stretch.until = std::min(stretch.until, turn.until);
    if (turn.number < 0) return stretch;
    stretch.person = somebody(layer.people[static_cast<std::size_t>(turn.number) % layer.people.size()]);
    return stretch;
}

Stretch stretch_of(const std::vector<Override>& overrides, TimePoint t) {
    Stretch stretch{nullptr, kNever};
    for (const auto& change : overrides) {
        if (change.from >= change.until || change.until <= t || change.person.empty()) continue;
        if (change.from <= t) stretch.person = &change.person;  // A later one wins.
        stretch.until = std::min(stretch.until, change.from <= t ? change.until : change.from);
    }
    return stretch;
}

Walk::Walk(const Schedule& schedule, TimePoint start)
    : schedule_(schedule),
      now_(start),
      period_(schedule.time_zone.period(start)),
      layers_(schedule.layers.size()),
      by_(&kOverride) {
    look();
}

void Walk::advance() {
    now_ = until_;
    if (period_.until <= now_) period_ = schedule_.time_zone.period(now_);
    look();
}

void Walk::look() {
    if (overrides_.until <= now_) overrides_ = stretch_of(schedule_.overrides, now_);
    person_ = nullptr;
    until_ = overrides_.until;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const auto& layer = schedule_.layers[i];
        auto& [stretch, turn] = layers_[i];
        if (stretch.until <= now_) stretch = stretch_of(layer, schedule_.time_zone, period_, now_, turn);
        until_ = std::min(until_, stretch.until);
        if (stretch.person == nullptr) continue;
        person_ = stretch.person;
        by_ = &layer.name;
    }
    if (overrides_.person == nullptr) return;
    person_ = overrides_.person;
    by_ = &kOverride;
}

}  // namespace tocsin::oncall
