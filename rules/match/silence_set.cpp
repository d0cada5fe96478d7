#include "rules/match/silence_set.hpp"

#include <algorithm>

#include "core/model/window_state.hpp"
#include "rules/match/program.hpp"

namespace tocsin::match {

struct SilenceSet::Compiled {
    std::vector<SilenceSpec> silences;  ///< Never changed: the program points into them.
    Program program;
    std::vector<Program::Root> roots;  ///< One for each silence.
};

namespace {

/// A silence that holds at an instant, and when it ends.
struct Holding {
    const SilenceSpec* silence = nullptr;
    TimePoint until;
};

std::optional<Holding> first_holding(const std::vector<const SilenceSpec*>& silences, TimePoint t) {
    for (const auto* silence : silences) {
        if (const auto until = end_of(*silence, t)) return Holding{silence, *until};
    }
    return {};
}

/// Each name once.
void add_name(Silencing& silencing, const std::string& name) {
    const bool is_there = std::find(silencing.also.begin(), silencing.also.end(), name) != silencing.also.end();
    if (name != silencing.silence && !is_there) silencing.also.push_back(name);
}

}  // namespace

std::optional<TimePoint> end_of(const SilenceSpec& silence, TimePoint t) {
    if ((silence.from && t < *silence.from) || (silence.until && t >= *silence.until)) return {};
    const auto at_last = silence.until.value_or(TimePoint::max());
    if (!silence.during) return at_last;
    const auto end = end_of_window(silence.during->window, silence.during->zone, t);
    if (end == t) return {};
    return std::min(end.value_or(at_last), at_last);
}

SilenceSet::SilenceSet() : SilenceSet(std::vector<SilenceSpec>{}) {}

SilenceSet::SilenceSet(std::vector<SilenceSpec> silences) : compiled_(std::make_unique<Compiled>()) {
    compiled_->silences = std::move(silences);
    for (const auto& silence : compiled_->silences) compiled_->roots.push_back(compiled_->program.add(silence.match));
}

SilenceSet::~SilenceSet() = default;
SilenceSet::SilenceSet(SilenceSet&&) noexcept = default;
SilenceSet& SilenceSet::operator=(SilenceSet&&) noexcept = default;

std::span<const SilenceSpec> SilenceSet::silences() const { return compiled_->silences; }

const SilenceSpec* SilenceSet::find(std::string_view name) const {
    const auto& all = compiled_->silences;
    const auto found = std::find_if(all.begin(), all.end(), [&](const SilenceSpec& silence) { return silence.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::optional<Silencing> SilenceSet::covering(const Fields& fields, const Verdict& verdict, TimePoint now) const {
    const auto& all = compiled_->silences;
    const auto holds_now = [&](const SilenceSpec& silence) { return end_of(silence, now).has_value(); };
    if (std::none_of(all.begin(), all.end(), holds_now)) return {};  // As a rule; nothing is looked at then.

    AlertView alert(compiled_->program.paths(), fields);
    alert.set_service(verdict.service);
    alert.set_severity(to_string(verdict.severity));
    std::vector<const SilenceSpec*> matching;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (compiled_->program.matches(compiled_->roots[i], alert)) matching.push_back(&all[i]);
    }
    const auto first = first_holding(matching, now);
    if (!first) return {};
    Silencing silencing{first->silence->name, first->until};
    for (int followed = 0; followed < kFollowedMax; ++followed) {
        const auto next = first_holding(matching, silencing.until);
        if (!next) break;
        silencing.until = next->until;
        add_name(silencing, next->silence->name);
    }
    return silencing;
}

}  // namespace tocsin::match
