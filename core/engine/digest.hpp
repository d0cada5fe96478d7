// Storms and outages: when somebody would be paged too often, or for what is long past, the surplus goes into one digest per
// person that lists what it holds. Nothing is dropped: a page that is held back is stored, its incident escalates on, and an
// acknowledgement takes it out of the digest.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

/// Stale: what is due was due so long ago that nobody was there to do it (Storm::stale_after).
enum class Lateness : std::uint8_t { OnTime, Stale };
[[nodiscard]] Lateness lateness(TimePoint due_at, const Roster& roster, TimePoint now);

/// Whom a transition pages, and how much they and its service have had already.
struct Load {
    Lateness lateness = Lateness::OnTime;
    std::int64_t of_service = 0;  ///< Pagings within the service's limit's time, without this one.
    struct OfPerson {
        std::int64_t pagings = 0;  ///< The same for the person.
        std::string digest{};      ///< The digest that collects for the person; empty if there is none.
    };
    std::map<std::string, OfPerson, std::less<>> people{};
};

/// The limit of an incident's service; nothing: none.
[[nodiscard]] const std::optional<PagingLimit>& limit_of_service(const Incident& incident, const Roster& roster);
/// Whether the pages may be put into a digest at all: those that somebody asked for by hand, drills and notices may not.
[[nodiscard]] bool may_be_held(const Incident& incident, const Page& page);

/// Puts into digests what is stale or above a limit: such pages become Digested, and a digest that is new is among the pages
/// after.
void hold_back(Transition& t, const Load& load, const Roster& roster, TimePoint now);

/// What a transition adds to what the limits count, once hold_back() has been at it: each person once a step, a digest for its
/// person but for no service, and nothing that is held.
struct Pagings {
    std::vector<std::string_view> people{};
    std::int64_t of_service = 0;
    std::vector<const Page*> digests{};  ///< Pages of digests that are new.
};
[[nodiscard]] Pagings pagings_of(const Transition& t);

/// The pages of a new digest of a person, by the personal rule; by the contact of `first`, the first that it holds, if the
/// rulebook has no such person or no contact any more.
[[nodiscard]] std::vector<Page> digest_pages(const Page& first, const Roster& roster, TimePoint now, Lateness lateness);
/// "lahore-a.42-0-1-2": called after the first page that it holds, as that is one of a kind.
[[nodiscard]] std::string digest_name(const Page& first);

/// What a digest says of what it holds, in the shape of an incident: "37 incidents: lms (12), mysql (3)", the worst severity. Of
/// a single one it is that incident.
[[nodiscard]] Incident words_of(std::span<const HeldPage> held);
/// What it lists: the first of each service, the worst services first, then all others in their order.
[[nodiscard]] std::vector<const Incident*> listed(std::span<const HeldPage> held);

}  // namespace tocsin::engine
