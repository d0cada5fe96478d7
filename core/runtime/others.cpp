#include "core/runtime/others.hpp"

#include <fmt/format.h>

#include <utility>

namespace tocsin::runtime {

template <class Value>
Value Others::take(Result<Value> answer, std::string_view what) {
    if (answer) return std::move(*answer);
    if (asked_) asked_ = answer.error().in(what);
    return {};
}

const std::vector<engine::Neighbour>& Others::open_of(std::string_view service) {
    const auto found = open_.find(service);
    if (found != open_.end()) return found->second;
    auto& neighbours = open_[std::string(service)];
    for (const auto& incident : take(store_.open_of_service(service), "asking what is open at a service that is needed")) {
        neighbours.push_back(engine::neighbour(incident));
    }
    return neighbours;
}

engine::Surroundings Others::around(std::string_view service, const Here& here) {
    engine::Surroundings around;
    for (const auto needed : engine::needs_of(service, roster_)) {
        for (const auto& other : open_of(needed)) {
            const auto* incident = here(other.id);
            around.needed.push_back(incident == nullptr ? other : engine::neighbour(*incident));
        }
        const auto opened = opened_by_service_.find(needed);
        if (opened == opened_by_service_.end()) continue;
        for (const auto id : opened->second) {
            if (const auto* incident = here(id)) around.needed.push_back(engine::neighbour(*incident));
        }
    }
    return around;
}

std::vector<Member> Others::firing_members(IncidentId id) {
    return take(store_.firing_members(id), "asking which alerts fire in an incident");
}

void Others::opened(const Incident& incident) {
    if (!incident.service.empty()) opened_by_service_[incident.service].push_back(incident.id);
}

std::int64_t& Others::pagings_of_service(const Incident& incident) {
    const auto found = services_.find(incident.service);
    if (found != services_.end()) return found->second;
    const auto& limit = engine::limit_of_service(incident, roster_);
    const auto known = limit ? take(store_.count_pagings({{}, incident.service, now_ - limit->within}), "counting pages") : 0;
    return services_[incident.service] = known;
}

std::int64_t& Others::pagings_of(std::string_view person) {
    const auto found = people_.find(person);
    if (found != people_.end()) return found->second;
    const auto* somebody = roster_.person(person);
    const bool is_limited = somebody != nullptr && somebody->storm;
    const auto known =
        is_limited ? take(store_.count_pagings({person, {}, now_ - somebody->storm->within}), "counting pages") : 0;
    return people_[std::string(person)] = known;
}

std::string& Others::digest_of(std::string_view person) {
    const auto found = digests_.find(person);
    if (found != digests_.end()) return found->second;
    return digests_[std::string(person)] = take(store_.open_digest(person, now_), "looking for an open digest");
}

void Others::hold_back(engine::Transition& t, engine::Lateness lateness) {
    engine::Load load;
    load.lateness = lateness;
    load.of_service = pagings_of_service(t.incident);
    for (const auto& page : t.pages) {
        if (!load.people.contains(page.person)) load.people[page.person] = {pagings_of(page.person), {}};
    }
    // Whether a digest is open matters only to those who are to be held back.
    for (auto& [person, of_person] : load.people) of_person.digest = digest_of(person);
    engine::hold_back(t, load, roster_, now_);
    count(t);
}

void Others::count(const engine::Transition& t) {
    const auto pagings = engine::pagings_of(t);
    for (const auto* page : pagings.digests) digest_of(page->person) = page->digest;
    for (const auto person : pagings.people) ++pagings_of(person);
    if (pagings.of_service > 0) ++pagings_of_service(t.incident);
}

Others::Folded Others::fold(const Page& stale) {
    Folded folded;
    auto& digest = digest_of(stale.person);
    if (digest.empty()) {
        digest = engine::digest_name(stale);
        folded.pages = engine::digest_pages(stale, roster_, now_, engine::Lateness::Stale);
    }
    folded.digest = digest;
    folded.detail = fmt::format("{} gets it in the digest {}: it was due more than {} ago", stale.person, digest,
                                format_duration(roster_.storm.stale_after));
    return folded;
}

}  // namespace tocsin::runtime
