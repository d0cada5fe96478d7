#include "core/model/schedule.hpp"

namespace tocsin {

std::set<std::string, std::less<>> everybody_in(const Schedule& schedule) {
    std::set<std::string, std::less<>> names;
    for (const auto& layer : schedule.layers) {
        names.insert(layer.people.begin(), layer.people.end());
        if (!layer.calendar) continue;
        for (const auto& shift : *layer.calendar) names.insert(shift.people.begin(), shift.people.end());
    }
    for (const auto& change : schedule.overrides) names.insert(change.person);
    names.erase("");
    return names;
}

}  // namespace tocsin
