// Whom a step reaches: targets -> people on call -> pages by their personal rules.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "core/model/roster.hpp"
#include "core/model/severity.hpp"

namespace tocsin::engine {

/// Somebody to be paged, and by what: "on call in learner-primary (day)".
struct Recipient {
    const Person* person = nullptr;
    std::string why;
};

/// Who stands behind the targets at `now`, each person once, in the order of the targets. A schedule that has nobody adds nobody.
[[nodiscard]] std::vector<Recipient> recipients(std::span<const Target> targets, const Roster& roster, TimePoint now);

/// What is paged for.
struct Occasion {
    Page like;  ///< Gives everything that the recipients do not (incident, step, ...).
    Severity severity = Severity::Critical;
    TimePoint now;
};

/// The pages that make up one step (or the fallback): for each recipient one per line of the personal rule `paged` that is meant
/// for the severity, or one by every contact at once if there is no such rule. If no line is meant for it, all are taken: a
/// person who is on call is never left out by their own rule. Somebody without a contact adds none.
[[nodiscard]] std::vector<Page> pages_for(std::span<const Recipient> to, const Occasion& occasion);

/// The same whatever the severity, for a message about several incidents: by each contact that any line names, when the first of
/// these lines says.
[[nodiscard]] std::vector<Page> pages_of_any_severity(const Recipient& to, const Page& like, TimePoint now);

/// The same for a notice, by the rule `noticed` (else by e-mail, else by the first contact), outside of quiet hours.
[[nodiscard]] std::vector<Page> notices_for(std::span<const Recipient> to, const Page& like, TimePoint now);

}  // namespace tocsin::engine
