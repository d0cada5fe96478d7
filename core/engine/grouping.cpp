#include "core/engine/grouping.hpp"

#include <fmt/format.h>

#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

bool may_reopen(const Incident& resolved, const Lifecycle& lifecycle, TimePoint now) {
    if (resolved.is_resolved_by_hand || resolved.merged_into.is_set() || !resolved.resolved_at) return false;
    return lifecycle.reopen_within.count() > 0 && now - *resolved.resolved_at <= lifecycle.reopen_within;
}

}  // namespace

Place place_of(const Incident* latest, const Verdict& verdict, TimePoint now) {
    const bool is_record = verdict.urgency == Urgency::Record;
    if (latest != nullptr && latest->is_open()) {
        const auto within = verdict.lifecycle.within;
        const bool is_too_late = within.count() > 0 && now - latest->last_alert_at > within;
        return is_too_late && !is_record ? Place::OpensBeside : Place::Joins;
    }
    if (is_record) return Place::Nowhere;
    return latest != nullptr && may_reopen(*latest, verdict.lifecycle, now) ? Place::Reopens : Place::Opens;
}

Transition stand_aside(Incident before, TimePoint now) {
    Transition t;
    t.incident = std::move(before);
    auto& incident = t.incident;
    if (incident.origin_key.empty()) incident.origin_key = incident.key;
    incident.key = own_key(incident.origin_key, incident.id);
    record(t, now, Reason::SplitOff, {},
           fmt::format("the last alert came {} ago: what fires from now on is an incident of its own",
                       format_duration(now - incident.last_alert_at)));
    return t;
}

std::string own_key(const std::string& key, IncidentId id) { return fmt::format("{}#{}", key, id.value); }

}  // namespace tocsin::engine
