// Merging and splitting: the two messages that are about two incidents at once.
#include <fmt/format.h>

#include <algorithm>

#include "core/engine/merge.hpp"
#include "core/runtime/batch.hpp"

namespace tocsin::runtime {
namespace {

Error no_incident(IncidentId id) { return {Errc::NotFound, fmt::format("there is no incident {}", id.value)}; }

}  // namespace

std::vector<std::size_t> Batch::members_in(IncidentId id) const {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].member.incident == id) positions.push_back(i);
    }
    return positions;
}

std::int64_t Batch::move_members(IncidentId from, IncidentId into) {
    std::int64_t began = 0;
    const auto known = members_in(into);
    for (const auto position : members_in(from)) {
        auto member = members_[position].member;
        if (!member.is_firing) continue;
        members_[position].member.is_firing = false;
        members_[position].is_changed = true;
        const auto is_same = [&](std::size_t other) {
            return members_[other].member.source == member.source && members_[other].member.alert_key == member.alert_key;
        };
        const auto there = std::find_if(known.begin(), known.end(), is_same);
        member.incident = into;
        if (there == known.end()) {
            put_member(std::move(member));
            ++began;
        } else if (!members_[*there].member.is_firing) {
            members_[*there] = {std::move(member), true};
            ++began;
        }
    }
    return began;
}

Result<Answer> Batch::apply_merge(const MergeMessage& message) {
    auto* from = find(message.from);
    if (from == nullptr) return no_incident(message.from);
    auto* into = find(message.into);
    if (into == nullptr) return no_incident(message.into);
    if (from->incident.merged_into == message.into) return answer_about(*into);  // Asked for twice.
    if (auto checked = engine::check_merge(from->incident, into->incident); !checked) return checked.error();
    const bool was_triggered = from->incident.state == IncidentState::Triggered;
    const auto moved = was_triggered && !context_.two_way.sources.empty() ? relayable(message.from) : std::vector<Member>{};
    const auto firing = move_members(message.from, message.into);
    auto merged = engine::merge({from->incident, into->incident, firing, message.actor}, context_.roster, context_.now,
                                around(into->incident.service));
    take(*from, std::move(merged.from));
    take(*into, std::move(merged.into));
    // Somebody has it, and so what was merged into it.
    if (into->incident.state == IncidentState::Acknowledged)
        relay({engine::RelayAction::Acknowledge, message.actor, {}}, into->incident, moved);
    return answer_about(*into);
}

Result<Answer> Batch::apply_split(const SplitMessage& message) {
    const auto* from = find(message.incident);
    if (from == nullptr) return no_incident(message.incident);
    std::vector<std::string> firing;
    std::vector<std::size_t> leaving;
    for (const auto position : members_in(message.incident)) {
        const auto& member = members_[position].member;
        if (!member.is_firing) continue;
        firing.push_back(member.alert_key);
        const auto& alerts = message.alerts;
        if (std::find(alerts.begin(), alerts.end(), member.alert_key) != alerts.end()) leaving.push_back(position);
    }
    if (auto checked = engine::check_split(from->incident, message.alerts, firing); !checked) return checked.error();
    const auto id = context_.next_incident_id();
    if (!id) return id.error();
    auto split = engine::split({from->incident, *id, message.alerts, static_cast<std::int64_t>(leaving.size()), message.actor},
                               context_.roster, context_.now, around(from->incident.service));
    for (const auto position : leaving) {
        auto member = members_[position].member;
        members_[position].member.is_firing = false;
        members_[position].is_changed = true;
        member.incident = *id;
        put_member(std::move(member));
    }
    take(*find(message.incident), std::move(split.from));
    auto& work = adopt(split.split_off.incident);
    take(work, std::move(split.split_off));
    auto answer = answer_about(work);
    answer.incident->is_new = true;
    return answer;
}

}  // namespace tocsin::runtime
