#include "daemon/store/resolved_keys.hpp"

#include "core/base/limits.hpp"

namespace tocsin::store {

void ResolvedKeys::put(const Incident& incident) {
    if (incident.is_open() || !incident.resolved_at) return forget(incident.key, incident.id);
    const Found found{incident.id, *incident.resolved_at, incident.merged_into.is_set()};
    if (found.is_merged) merged_into_[incident.id] = incident.merged_into;
    const auto [known, is_first] = by_key_.try_emplace(incident.key, found);
    if (!is_first && known->second.resolved_at > found.resolved_at) return;
    known->second = found;
    if (found.is_merged) return;
    turns_.push_back({found.resolved_at, incident.id, incident.key});
    forget_old();
}

const ResolvedKeys::Found* ResolvedKeys::find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
}

IncidentId ResolvedKeys::merged_into(IncidentId id) const {
    const auto found = merged_into_.find(id);
    return found == merged_into_.end() ? IncidentId{} : found->second;
}

void ResolvedKeys::forget_old() {
    const auto oldest_kept = turns_.back().resolved_at - limits::kReopenWithinMax;
    while (turns_.size() > limits::kReopenableMax || turns_.front().resolved_at < oldest_kept) {
        forget(turns_.front().key, turns_.front().id);
        turns_.pop_front();
    }
}

void ResolvedKeys::forget(const std::string& key, IncidentId id) {
    const auto known = by_key_.find(key);
    if (known != by_key_.end() && known->second.id == id) by_key_.erase(known);
}

}  // namespace tocsin::store
