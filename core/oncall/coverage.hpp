// When nobody can be paged: a proof, over all instants of a stretch of time, that somebody can.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/roster.hpp"

namespace tocsin::oncall {

/// Why one target adds nobody: a person who is named or on call and whom no page can reach, or, with an empty name, nobody on
/// call.
struct Absence {
    Target target;
    std::string person;
    friend bool operator==(const Absence&, const Absence&) = default;
};

/// A stretch [from, until) in which none of several targets can be paged, for the same reasons all the while.
struct Gap {
    TimePoint from;
    TimePoint until;
    std::vector<Absence> why;  ///< One for each target.
    friend bool operator==(const Gap&, const Gap&) = default;
};

/// Whether a page goes out to the person at all. Quiet hours do not matter: pages do not wait for their end.
[[nodiscard]] bool can_be_paged(const Person& person);

/// Everything is asked of [from, until), from change to change; each schedule is walked once, however many name it. Overrides
/// that are made at run time are not known to it. The roster must outlive it.
class Coverage {
public:
    Coverage(const Roster& roster, TimePoint from, TimePoint until);

    /// When a step (or fallback) of these targets would page nobody, in order. Of no targets at all: always.
    [[nodiscard]] std::vector<Gap> gaps(std::span<const Target> targets);

private:
    /// A stretch in which a schedule has nobody who can be paged.
    struct Void {
        TimePoint from;
        TimePoint until;
        std::string person;
    };
    [[nodiscard]] const std::vector<Void>& voids_of(const Target& target);
    [[nodiscard]] std::vector<Void> walked(const Schedule& schedule, Role role) const;
    [[nodiscard]] std::vector<Void> always(std::string person) const;

    const Roster& roster_;
    TimePoint from_;
    TimePoint until_;
    std::map<std::pair<std::string, Role>, std::vector<Void>> known_;  ///< By the target's name and role.
};

}  // namespace tocsin::oncall
