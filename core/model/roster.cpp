#include "core/model/roster.hpp"

namespace tocsin {
namespace {

template <class Map>
auto find_in(const Map& map, std::string_view id) -> const typename Map::mapped_type* {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const Person* Roster::person(std::string_view id) const { return find_in(people, id); }
const Schedule* Roster::schedule(std::string_view id) const { return find_in(schedules, id); }
const Escalation* Roster::escalation(std::string_view id) const { return find_in(escalations, id); }
const Service* Roster::service(std::string_view id) const { return find_in(services, id); }
const Heartbeat* Roster::heartbeat(std::string_view id) const { return find_in(heartbeats, id); }
const PlannedDrill* Roster::drill(std::string_view id) const { return find_in(drills, id); }

}  // namespace tocsin
