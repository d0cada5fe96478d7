#include "core/ports/store.hpp"

namespace tocsin {

bool overtakes(const Overtaken& overtaken, const Page& page) {
    return page.can_be_overtaken() && page.incident == overtaken.incident &&
           (overtaken.person.empty() || page.person == overtaken.person);
}

bool Writes::is_empty() const {
    return incidents.empty() && members.empty() && alerts.empty() && timeline.empty() && released.empty() && overtaken.empty() &&
           folded.empty() && pages.empty() && attempted.empty() && watches.empty() && forgotten_watches.empty() &&
           overrides.empty() && silences.empty() && told.empty() && dossiers.empty() && dossier_entries.empty() &&
           dossier_requests.empty();
}

}  // namespace tocsin
