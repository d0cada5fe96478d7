#include "core/ports/store.hpp"

namespace tocsin {

bool Writes::is_empty() const {
    return incidents.empty() && members.empty() && alerts.empty() && timeline.empty() && overtaken.empty() && pages.empty() &&
           attempted.empty();
}

}  // namespace tocsin
