#include "core/oncall/walk.hpp"

#include <algorithm>

namespace tocsin::oncall {
namespace {

const std::string kOverride = "override";

bool is_same(const std::string* a, const std::string* b) { return a != nullptr && b != nullptr && *a == *b; }

const std::string& in_line(const Line& line, std::size_t place) {
    return (*line.people)[(line.first + place) % line.people->size()];
}

struct Holding {
    bool is_within = false;
    TimePoint until = kNever;
};

Holding holiday_at(const std::vector<Interval>& holidays, TimePoint t) {
    const auto next =
        std::upper_bound(holidays.begin(), holidays.end(), t, [](TimePoint a, const Interval& b) { return a < b.until; });
    if (next == holidays.end()) return {};
    const bool is_within = next->from <= t;
    return {is_within, is_within ? next->until : next->from};
}

Line line_in_calendar(const std::vector<CalendarShift>& shifts, TimePoint t) {
    const auto next =
        std::upper_bound(shifts.begin(), shifts.end(), t, [](TimePoint a, const CalendarShift& b) { return a < b.until; });
    if (next == shifts.end()) return {nullptr, 0, kNever};
    if (next->from > t || next->people.empty()) return {nullptr, 0, next->from > t ? next->from : next->until};
    return {&next->people, 0, next->until};
}

}  // namespace

Walk::Walk(const Schedule& schedule, TimePoint start)
    : schedule_(schedule), now_(start), period_(schedule.time_zone.period(start)), layers_(schedule.layers.size()) {
    look();
}

std::span<const Holder> Walk::holders(Role role) const {
    const auto one_or_none = [](const Holder& holder) {
        return std::span<const Holder>(&holder, holder.person == nullptr ? 0 : 1);
    };
    switch (role) {
        case Role::Primary: return one_or_none(primary_);
        case Role::Secondary: return one_or_none(secondary_);
        case Role::Shadow: break;
    }
    return shadows_;
}

void Walk::advance() {
    now_ = until_;
    if (period_.until <= now_) period_ = schedule_.time_zone.period(now_);
    look();
}

void Walk::look() {
    if (overrides_until_ <= now_) look_at_overrides();
    if (vacations_until_ <= now_) look_at_vacations();
    until_ = std::min(overrides_until_, vacations_until_);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        auto& state = layers_[i];
        if (state.line.until <= now_) state.line = line_of(schedule_.layers[i], state);
        until_ = std::min(until_, state.line.until);
    }
    choose_primary();
    choose_secondary();
    choose_shadows();
}

void Walk::look_at_overrides() {
    primary_override_ = {};
    secondary_override_ = {};
    shadow_overrides_.clear();
    overrides_until_ = kNever;
    for (const auto& change : schedule_.overrides) {
        if (change.from >= change.until || change.until <= now_ || change.person.empty()) continue;
        overrides_until_ = std::min(overrides_until_, change.from <= now_ ? change.until : change.from);
        if (change.from > now_) continue;
        const Holder holder{&change.person, &kOverride};
        if (change.role == Role::Primary) primary_override_ = holder;  // A later one wins.
        if (change.role == Role::Secondary) secondary_override_ = holder;
        if (change.role == Role::Shadow) shadow_overrides_.push_back(holder);
    }
}

void Walk::look_at_vacations() {
    away_.clear();
    vacations_until_ = kNever;
    for (const auto& vacation : schedule_.vacations) {
        if (vacation.from >= vacation.until || vacation.until <= now_) continue;
        vacations_until_ = std::min(vacations_until_, vacation.from <= now_ ? vacation.until : vacation.from);
        if (vacation.from <= now_) away_.push_back(&vacation.person);
    }
}

const Zone::Period& Walk::period_for(const Layer& layer, LayerState& state) {
    if (!layer.time_zone) return period_;
    if (state.period.until <= now_) state.period = layer.time_zone->period(now_);
    return state.period;
}

Line Walk::line_of(const Layer& layer, LayerState& state) {
    Line nobody{nullptr, 0, kNever};
    if (layer.on == Layer::Days::Holidays) {
        const auto holiday = holiday_at(schedule_.holidays, now_);
        nobody.until = holiday.until;
        if (!holiday.is_within) return nobody;
    }
    if (layer.during) {
        const auto window = window_at(*layer.during, period_for(layer, state), now_);
        nobody.until = std::min(nobody.until, window.until);
        if (!window.is_within) return nobody;
    }
    if (layer.calendar) {
        auto line = line_in_calendar(*layer.calendar, now_);
        line.until = std::min(line.until, nobody.until);
        return line;
    }
    if (layer.people.empty()) return nobody;
    if (!layer.rotation) return {&layer.people, 0, nobody.until};
    auto& turn = state.turn;
    if (turn.until <= now_) turn = turn_at(*layer.rotation, layer.time_zone.value_or(schedule_.time_zone), now_);
    nobody.until = std::min(nobody.until, turn.until);
    if (turn.number < 0) return nobody;
    return {&layer.people, static_cast<std::size_t>(turn.number) % layer.people.size(), nobody.until};
}

bool Walk::is_away(const std::string& person) const {
    return std::any_of(away_.begin(), away_.end(), [&](const std::string* away) { return *away == person; });
}

const std::string* Walk::first_of(const Line& line) const {
    if (line.people == nullptr || in_line(line, 0).empty()) return nullptr;
    for (std::size_t i = 0; i < line.people->size(); ++i) {
        const auto& person = in_line(line, i);
        if (!person.empty() && !is_away(person)) return &person;
    }
    return nullptr;
}

Holder Walk::topmost(Role role) const {
    for (std::size_t i = layers_.size(); i-- > 0;) {
        const auto& layer = schedule_.layers[i];
        if (layer.role != role) continue;
        if (const auto* person = first_of(layers_[i].line)) return {person, &layer.name};
    }
    return {};
}

void Walk::choose_primary() {
    primary_ = topmost(Role::Primary);
    replaced_ = nullptr;
    if (primary_override_.person == nullptr) return;
    replaced_ = primary_.person;
    primary_ = primary_override_;
}

/// An override, else the layers for it, else the next in line behind the primary, else whoever an earlier layer names.
void Walk::choose_secondary() {
    secondary_ = secondary_override_;
    if (secondary_.person != nullptr && !is_same(secondary_.person, primary_.person)) return;
    secondary_ = {};
    if (primary_.person == nullptr) {
        secondary_ = topmost(Role::Secondary);
        return;
    }
    const auto can_be = [&](const std::string& person) {
        return !person.empty() && !is_away(person) && person != *primary_.person && !is_same(&person, replaced_);
    };
    for (const auto role : {Role::Secondary, Role::Primary}) {
        for (std::size_t i = layers_.size(); i-- > 0;) {
            const auto& line = layers_[i].line;
            if (schedule_.layers[i].role != role || line.people == nullptr || in_line(line, 0).empty()) continue;
            for (std::size_t place = 0; place < line.people->size(); ++place) {
                if (!can_be(in_line(line, place))) continue;
                secondary_ = {&in_line(line, place), &schedule_.layers[i].name};
                return;
            }
        }
    }
}

void Walk::choose_shadows() {
    shadows_.clear();
    for (const auto& holder : shadow_overrides_) add_shadow(holder);
    for (std::size_t i = layers_.size(); i-- > 0;) {
        const auto& layer = schedule_.layers[i];
        if (layer.role != Role::Shadow) continue;
        if (const auto* person = first_of(layers_[i].line)) add_shadow({person, &layer.name});
    }
}

void Walk::add_shadow(Holder holder) {
    const bool is_there =
        is_same(holder.person, primary_.person) || is_same(holder.person, secondary_.person) ||
        std::any_of(shadows_.begin(), shadows_.end(), [&](const Holder& other) { return is_same(other.person, holder.person); });
    if (!is_there) shadows_.push_back(holder);
}

}  // namespace tocsin::oncall
