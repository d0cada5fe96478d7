#include "tests/support/fake_store_search.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace tocsin {
namespace {

/// Takes incidents and members in, each once.
class Collector {
public:
    explicit Collector(const FakeDatabase& database) : database_(database) {}

    void add(const IncidentRef& ref) {
        if (!ref.watch.empty()) add_watches(ref.watch);
        if (ref.dossier != nullptr) add_dossier(*ref.dossier);
        if (ref.id.is_set()) {
            if (database_.incidents.contains(ref.id)) incidents_.insert(ref.id);
            if (ref.members == IncidentRef::Members::All) add_members_of(ref.id);
        } else if (!ref.key.empty()) {
            add_by_key(ref);
        } else if (!ref.source.empty()) {
            add_incidents_of_member(ref);
        } else if (!ref.silence.empty()) {
            for (const auto& [key, id] : database_.open_by_key) {
                if (database_.incidents.at(id).is_silenced_by(ref.silence)) incidents_.insert(id);
            }
        } else if (ref.all == IncidentRef::All::HandOvers) {
            for (const auto& [key, id] : database_.open_by_key) {
                if (database_.incidents.at(id).hand_over_due_at) incidents_.insert(id);
            }
        }
    }

    Locked locked() {
        Locked locked;
        for (const auto id : incidents_) locked.incidents.push_back(database_.incidents.at(id));
        for (const auto& key : members_) locked.members.push_back(database_.members.at(key));
        for (const auto& key : watches_) locked.watches.push_back(database_.watches.at(key));
        for (const auto& id : dossiers_) {
            locked.dossiers.push_back(database_.dossiers.at(id));
            locked.dossiers.back().incident = where_it_is(locked.dossiers.back().incident);
        }
        return locked;
    }

private:
    void add_incident(IncidentId id, const IncidentRef& ref) {
        incidents_.insert(id);
        const std::tuple member{std::string(ref.source), std::string(ref.alert_key), id};
        if (!ref.source.empty() && database_.members.contains(member)) members_.insert(member);
    }

    void add_dossier(const DossierName& name) {
        for (const auto& [id, dossier] : database_.dossiers) {
            const bool is_open_alias = name.id.empty() && dossier.alias == name.alias && dossier.state == DossierState::Open;
            if (dossier.source != name.source || (id != name.id && !is_open_alias)) continue;
            if (dossier.state == DossierState::Deleted) continue;
            dossiers_.insert(id);
            const auto incident = where_it_is(dossier.incident);
            if (database_.incidents.contains(incident)) incidents_.insert(incident);
        }
    }

    /// Itself, or what it was merged into.
    [[nodiscard]] IncidentId where_it_is(IncidentId id) const {
        auto at = database_.incidents.find(id);
        while (at != database_.incidents.end() && !at->second.is_open() && at->second.merged_into.is_set()) {
            at = database_.incidents.find(at->second.merged_into);
        }
        return at == database_.incidents.end() ? id : at->first;
    }

    void add_watches(std::string_view wanted) {
        for (const auto& [key, watch] : database_.watches) {
            if (key != wanted && wanted != kAllWatches) continue;
            watches_.insert(key);
            const auto open = database_.open_by_key.find(key);
            if (open != database_.open_by_key.end() && wanted == kAllWatches) incidents_.insert(open->second);
        }
    }

    void add_by_key(const IncidentRef& ref) {
        const auto open = database_.open_by_key.find(ref.key);
        if (open != database_.open_by_key.end()) {
            add_incident(open->second, ref);
        } else if (const auto* last = resolved_last(ref.key); last != nullptr && last->merged_into.is_set()) {
            add_merged(*last, ref);
        } else if (last != nullptr && ref.resolved_since && *last->resolved_at >= *ref.resolved_since) {
            incidents_.insert(last->id);
            add_members_of(last->id);
        }
        for (const auto& [key, id] : database_.open_by_key) {
            if (!ref.source.empty() && database_.incidents.at(id).origin_key == ref.key) add_if_member(id, ref);
        }
    }

    void add_merged(const Incident& merged, const IncidentRef& ref) {
        std::vector<IncidentId> way;
        auto at = database_.incidents.find(merged.id);
        while (at != database_.incidents.end() && !at->second.is_open()) {
            way.push_back(at->first);
            at = database_.incidents.find(at->second.merged_into);
        }
        if (at == database_.incidents.end()) return;
        incidents_.insert(way.begin(), way.end());
        add_incident(at->first, ref);
    }

    [[nodiscard]] const Incident* resolved_last(std::string_view key) const {
        const auto found = database_.resolved_by_key.find(key);
        if (found == database_.resolved_by_key.end()) return nullptr;
        const auto& incident = database_.incidents.at(found->second);
        return !incident.is_open() && incident.key == key ? &incident : nullptr;
    }

    void add_members_of(IncidentId id) {
        for (const auto& [key, member] : database_.members) {
            if (std::get<2>(key) == id) members_.insert(key);
        }
    }

    void add_if_member(IncidentId id, const IncidentRef& ref) {
        if (database_.members.contains({std::string(ref.source), std::string(ref.alert_key), id})) add_incident(id, ref);
    }

    void add_incidents_of_member(const IncidentRef& ref) {
        const std::tuple first{std::string(ref.source), std::string(ref.alert_key), IncidentId{}};
        for (auto at = database_.members.lower_bound(first); at != database_.members.end(); ++at) {
            const auto& [source, alert_key, incident] = at->first;
            if (source != ref.source || alert_key != ref.alert_key) break;
            if (database_.incidents.at(incident).is_open()) add_incident(incident, ref);
        }
    }

    const FakeDatabase& database_;
    std::set<IncidentId> incidents_;
    std::set<std::string> watches_;
    std::set<std::string> dossiers_;
    std::set<std::tuple<std::string, std::string, IncidentId>> members_;
};

}  // namespace

Locked found_in(const FakeDatabase& database, std::span<const IncidentRef> refs) {
    Collector collector(database);
    for (const auto& ref : refs) collector.add(ref);
    return collector.locked();
}

}  // namespace tocsin
