// What a rehearsal knows of incidents beside the one that it steps: what is open at the services that one needs, what is told at
// it, how often somebody was paged lately, and the digests that collect. The runtime asks the store for the same.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/engine/dependency.hpp"
#include "core/engine/digest.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

class RehearsedOthers {
public:
    /// The roster must outlive it.
    explicit RehearsedOthers(const Roster& roster) : roster_(roster) {}

    /// Where an incident is to be found; the same of one that is not there (yet).
    struct Standing {
        bool is_open = false;
        std::string service{};
        IncidentId told_at{};
    };
    [[nodiscard]] static Standing standing(const Incident& incident);
    void moved(IncidentId id, const Standing& before, const Standing& after);

    /// Costs with the open incidents of the services that this one needs, as it does in the daemon.
    [[nodiscard]] Surroundings around(std::string_view service, const std::map<IncidentId, Incident>& incidents) const;
    [[nodiscard]] std::vector<IncidentId> told_at(IncidentId parent) const;

    /// Puts what is above the limits into digests, and counts what is not.
    void hold_back(Transition& t, TimePoint now);
    /// A page that hold_back() made Digested.
    void hold(Page page);
    /// What is held of an incident is not to be said any more; of one person, or (empty) of everybody.
    void call_off(IncidentId id, std::string_view person);
    /// A digest leaves by one contact: takes what it holds for that one, the oldest incident first.
    [[nodiscard]] std::vector<Page> take_held(const Page& digest);

private:
    struct Digest {
        TimePoint leaves_at;
        std::int64_t pages = 0;  ///< Those of its own that have not left.
        std::map<IncidentId, std::vector<Page>> held{};
    };
    using Pagings = std::deque<TimePoint>;

    [[nodiscard]] Load load(const Transition& t, TimePoint now);
    void expect(const Page& digest);
    [[nodiscard]] std::string open_digest(const std::string& person, TimePoint now) const;

    const Roster& roster_;
    std::unordered_map<std::string, std::set<IncidentId>> open_of_service_;
    std::unordered_map<IncidentId, std::set<IncidentId>> told_at_;
    std::unordered_map<std::string, Pagings> of_people_;
    std::unordered_map<std::string, Pagings> of_services_;
    std::unordered_map<std::string, Digest> digests_;
    std::unordered_map<std::string, std::string> newest_digest_;  ///< By person.
    std::unordered_map<IncidentId, std::unordered_set<std::string>> digests_with_;
};

}  // namespace tocsin::engine
