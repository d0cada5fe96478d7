// The part of a rehearsal that is about two incidents at once.
#include <algorithm>
#include <utility>

#include "core/engine/merge.hpp"
#include "core/engine/rehearsal.hpp"

namespace tocsin::engine {

std::int64_t Rehearsal::move_members(IncidentId from, IncidentId into) {
    std::int64_t began = 0;
    const auto names = member_names_[from];
    for (const auto& name : names) {
        auto& members = members_.at(name);
        const auto in = [&](IncidentId id) {
            return std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.incident == id; });
        };
        const auto leaving = in(from);
        if (leaving == members.end() || !std::exchange(leaving->is_firing, false)) continue;
        const auto there = in(into);
        if (there == members.end()) {
            put_member({into, leaving->source, leaving->alert_key, true});
            ++began;
        } else if (!std::exchange(there->is_firing, true)) {
            ++began;
        }
    }
    return began;
}

Result<void> Rehearsal::merge(IncidentId from, IncidentId into, const std::string& person, TimePoint at) {
    run_until(at);
    auto& leaving = incidents_.at(from);
    auto& staying = incidents_.at(into);
    if (auto checked = check_merge(leaving, staying); !checked) return checked.error();
    const auto firing = move_members(from, into);
    const auto around = others_.around(staying.service, incidents_);
    auto merged = engine::merge({leaving, staying, firing, person}, roster_, at, around);
    apply(std::move(merged.from), before(leaving), at);
    apply(std::move(merged.into), before(staying), at);
    play_instant(at);
    return {};
}

Result<void> Rehearsal::split(IncidentId from, const std::vector<std::string>& alerts, const std::string& person, TimePoint at) {
    run_until(at);
    auto& staying = incidents_.at(from);
    std::vector<std::string> firing;
    std::vector<Member> leaving;
    for (const auto& name : member_names_[from]) {
        for (const auto& member : members_.at(name)) {
            if (member.incident != from || !member.is_firing) continue;
            firing.push_back(member.alert_key);
            if (std::find(alerts.begin(), alerts.end(), member.alert_key) != alerts.end()) leaving.push_back(member);
        }
    }
    if (auto checked = check_split(staying, alerts, firing); !checked) return checked.error();
    const IncidentId id{++last_id_};
    const auto around = others_.around(staying.service, incidents_);
    auto split = engine::split({staying, id, alerts, static_cast<std::int64_t>(leaving.size()), person}, roster_, at, around);
    apply(std::move(split.from), before(staying), at);
    latest_by_key_[split.split_off.incident.key] = id;
    apply(std::move(split.split_off), {}, at);
    for (auto& member : leaving) {
        for (auto& known : members_.at(member_name(member.source, member.alert_key))) {
            if (known.incident == from) known.is_firing = false;
        }
        member.incident = id;
        put_member(std::move(member));
    }
    play_instant(at);
    return {};
}

IncidentId Rehearsal::home_now(const Alert& alert, IncidentId then) const {
    const auto members = members_.find(member_name(alert.source, alert.key));
    if (alert.is_followed_up && members != members_.end()) {
        for (const auto& member : members->second) {
            if (member.is_firing && incidents_.at(member.incident).is_open()) return member.incident;
        }
    }
    while (then.is_set() && incidents_.at(then).merged_into.is_set()) then = incidents_.at(then).merged_into;
    return then;
}

}  // namespace tocsin::engine
