// The keys of incidents that are over and may still be meant by an alert: those that could be reopened, and those that were
// merged into one that is open.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/model/incident.hpp"

namespace tocsin::store {

/// Of each key the incident that was resolved last. In memory, as a look-up for every new incident would need an index on a
/// random key; bounded by limits::kReopenableMax and kReopenWithinMax, but for merged ones, of which people make few.
class ResolvedKeys {
public:
    struct Found {
        IncidentId id;
        TimePoint resolved_at;
        bool is_merged = false;
    };
    /// An incident as it is now: one that is open again is forgotten. In about the order in which they were resolved.
    void put(const Incident& incident);
    /// Null if no incident with this key is known to be over. Valid until the next change.
    [[nodiscard]] const Found* find(const std::string& key) const;
    /// What a merged incident was merged into; not set for any other.
    [[nodiscard]] IncidentId merged_into(IncidentId id) const;

private:
    struct Turn {
        TimePoint resolved_at;
        IncidentId id;
        std::string key;
    };
    void forget_old();
    void forget(const std::string& key, IncidentId id);

    std::unordered_map<std::string, Found> by_key_;
    std::unordered_map<IncidentId, IncidentId> merged_into_;
    std::deque<Turn> turns_;  // Of those that are not merged; some were reopened since.
};

}  // namespace tocsin::store
