#include "core/model/escalation.hpp"

namespace tocsin {

std::string to_string(const Target& target) {
    if (target.role == Role::Primary) return target.id;
    return target.id + "/" + std::string(to_string(target.role));
}

}  // namespace tocsin
