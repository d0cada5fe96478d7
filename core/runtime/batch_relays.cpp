// The part of a batch that tells two-way sources what was done here to their alerts.
#include <algorithm>
#include <utility>

#include "core/runtime/batch.hpp"

namespace tocsin::runtime {

Result<Answer> Batch::apply(Message& message) {
    voice_ = voice_of(message);
    auto answer = dispatch(message);
    voice_ = Voice::Ours;
    return answer;
}

Batch::Voice Batch::voice_of(const Message& message) const {
    const auto* alert = std::get_if<AlertMessage>(&message.what);
    return alert != nullptr && context_.two_way.has(alert->alert.source) ? Voice::OfTwoWaySource : Voice::Ours;
}

std::vector<Member> Batch::relayable(IncidentId id) {
    auto alerts = others_.firing_members(id);
    const auto is_known = [&](const Member& stored) {  // The batch knows better.
        return std::any_of(members_.begin(), members_.end(), [&](const MemberWork& work) {
            const auto& member = work.member;
            return member.incident == id && member.source == stored.source && member.alert_key == stored.alert_key;
        });
    };
    std::erase_if(alerts, is_known);
    for (const auto position : members_in(id)) alerts.push_back(members_[position].member);
    std::erase_if(alerts, [&](const Member& alert) { return !alert.is_firing || !context_.two_way.has(alert.source); });
    return alerts;
}

void Batch::relay(const engine::Relay& what, const Incident& incident, const std::vector<Member>& alerts) {
    if (alerts.empty()) return;
    writes_.timeline.push_back(engine::relayed(what, incident.id, alerts, context_.now));
    for (const auto& alert : alerts) writes_.pages.push_back(engine::relay_page(what, incident, alert, context_.now));
}

void Batch::relay(const std::vector<engine::Relay>& what, const Incident& incident) {
    const auto alerts = relayable(incident.id);
    for (const auto& one : what) relay(one, incident, alerts);
}

}  // namespace tocsin::runtime
