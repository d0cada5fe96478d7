// What the writer keeps in memory of digests: the pages that are held, and whose digest still collects.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/incident.hpp"

namespace tocsin::store {

class DigestIndex {
public:
    /// A page as it is now; one that has to do with no digest is ignored.
    void put(const Page& page);
    /// What an incident has in digests is held no longer.
    void drop(IncidentId id);
    /// The page is held no longer; ignored if it was not.
    void let_go(PageId id);
    /// What a page of a digest held is held no longer.
    void end(const Page& digest);

    [[nodiscard]] bool holds(IncidentId id) const;
    /// What a page of a digest stands for, oldest first.
    [[nodiscard]] std::vector<PageId> held_by(const Page& digest) const;
    /// The name of the person's digest of which nothing has been tried or is due at `now`; else empty.
    [[nodiscard]] std::string open(std::string_view person, TimePoint now) const;

private:
    struct Open {
        std::string digest;
        TimePoint due_at;  ///< Of its first page.
    };
    using Place = std::pair<std::string, std::string>;  // Digest and contact.
    struct Held {
        Place place;
        IncidentId incident;
    };

    std::set<std::pair<IncidentId, PageId>> by_incident_;
    std::unordered_map<PageId, Held> held_;
    std::set<std::pair<Place, PageId>> by_digest_;
    std::unordered_map<std::string, Open> open_;  // By person.
};

}  // namespace tocsin::store
