#include "core/engine/rehearsed_others.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::engine {
namespace {

/// How many there were since then; those before it are forgotten.
std::int64_t count_since(std::deque<TimePoint>& pagings, TimePoint since) {
    while (!pagings.empty() && pagings.front() < since) pagings.pop_front();
    return static_cast<std::int64_t>(pagings.size());
}

template <class Key>
void take_out(std::unordered_map<Key, std::set<IncidentId>>& sets, const Key& key, IncidentId id) {
    const auto found = sets.find(key);
    if (found == sets.end()) return;
    found->second.erase(id);
    if (found->second.empty()) sets.erase(found);
}

}  // namespace

RehearsedOthers::Standing RehearsedOthers::standing(const Incident& incident) {
    return {incident.is_open(), incident.service, incident.told_at};
}

void RehearsedOthers::moved(IncidentId id, const Standing& before, const Standing& after) {
    const auto is_at_service = [](const Standing& one) { return one.is_open && !one.service.empty(); };
    const auto is_told = [](const Standing& one) { return one.is_open && one.told_at.is_set(); };
    if (is_at_service(before) && (!after.is_open || before.service != after.service)) {
        take_out(open_of_service_, before.service, id);
    }
    if (is_at_service(after)) open_of_service_[after.service].insert(id);
    if (is_told(before) && (!after.is_open || before.told_at != after.told_at)) take_out(told_at_, before.told_at, id);
    if (is_told(after)) told_at_[after.told_at].insert(id);
}

Surroundings RehearsedOthers::around(std::string_view service, const std::map<IncidentId, Incident>& incidents) const {
    Surroundings around;
    for (const auto needed : needs_of(service, roster_)) {
        const auto open = open_of_service_.find(std::string(needed));
        if (open == open_of_service_.end()) continue;
        for (const auto id : open->second) around.needed.push_back(neighbour(incidents.at(id)));
    }
    return around;
}

std::vector<IncidentId> RehearsedOthers::told_at(IncidentId parent) const {
    const auto found = told_at_.find(parent);
    if (found == told_at_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

Load RehearsedOthers::load(const Transition& t, TimePoint now) {
    Load load;
    const auto& limit = limit_of_service(t.incident, roster_);
    if (limit) load.of_service = count_since(of_services_[t.incident.service], now - limit->within);
    for (const auto& page : t.pages) {
        if (load.people.contains(page.person)) continue;
        const auto* person = roster_.person(page.person);
        auto& of_person = load.people[page.person];
        if (person != nullptr && person->storm) {
            of_person.pagings = count_since(of_people_[page.person], now - person->storm->within);
        }
        of_person.digest = open_digest(page.person, now);
    }
    return load;
}

void RehearsedOthers::hold_back(Transition& t, TimePoint now) {
    if (t.pages.empty()) return;
    engine::hold_back(t, load(t, now), roster_, now);
    const auto pagings = pagings_of(t);
    for (const auto* digest : pagings.digests) expect(*digest);
    for (const auto person : pagings.people) {
        const auto* somebody = roster_.person(person);
        if (somebody != nullptr && somebody->storm) of_people_[std::string(person)].push_back(now);
    }
    if (pagings.of_service > 0 && limit_of_service(t.incident, roster_)) of_services_[t.incident.service].push_back(now);
}

void RehearsedOthers::expect(const Page& digest) {
    auto& one = digests_[digest.digest];
    one.leaves_at = one.pages == 0 ? digest.due_at : std::min(one.leaves_at, digest.due_at);
    ++one.pages;
    newest_digest_[digest.person] = digest.digest;
}

std::string RehearsedOthers::open_digest(const std::string& person, TimePoint now) const {
    const auto newest = newest_digest_.find(person);
    if (newest == newest_digest_.end()) return {};
    const auto found = digests_.find(newest->second);
    return found != digests_.end() && found->second.leaves_at > now ? found->first : std::string();
}

void RehearsedOthers::hold(Page page) {
    digests_with_[page.incident].insert(page.digest);
    digests_[page.digest].held[page.incident].push_back(std::move(page));
}

void RehearsedOthers::call_off(IncidentId id, std::string_view person) {
    const auto names = digests_with_.find(id);
    if (names == digests_with_.end()) return;
    std::erase_if(names->second, [&](const std::string& name) {
        const auto digest = digests_.find(name);
        if (digest == digests_.end()) return true;
        const auto held = digest->second.held.find(id);
        if (held == digest->second.held.end()) return true;
        std::erase_if(held->second, [&](const Page& page) { return person.empty() || page.person == person; });
        if (!held->second.empty()) return false;
        digest->second.held.erase(held);
        return true;
    });
    if (names->second.empty()) digests_with_.erase(names);
}

std::vector<Page> RehearsedOthers::take_held(const Page& digest) {
    std::vector<Page> taken;
    const auto found = digests_.find(digest.digest);
    if (found == digests_.end()) return taken;
    auto& [leaves_at, pages, held] = found->second;
    leaves_at = std::min(leaves_at, digest.due_at);
    for (auto& [id, of_incident] : held) {
        for (const auto& page : of_incident) {
            if (page.via == digest.via) taken.push_back(page);
        }
        std::erase_if(of_incident, [&](const Page& page) { return page.via == digest.via; });
    }
    if (--pages == 0) digests_.erase(found);
    return taken;
}

}  // namespace tocsin::engine
