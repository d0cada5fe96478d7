#include "core/model/person.hpp"

#include <algorithm>

namespace tocsin {

const Contact* Person::contact(std::string_view contact_name) const {
    const auto found = std::find_if(contacts.begin(), contacts.end(), [&](const Contact& c) { return c.name == contact_name; });
    return found == contacts.end() ? nullptr : &*found;
}

}  // namespace tocsin
