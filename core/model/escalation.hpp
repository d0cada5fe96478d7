// Whom to page, in what order, and after how long.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/role.hpp"

namespace tocsin {

/// Whom a step names.
struct Target {
    enum class Kind : std::uint8_t { Person, Schedule };
    Kind kind = Kind::Person;
    std::string id;
    Role role = Role::Primary;  ///< Of a schedule: whom of it. Never a shadow.
    friend bool operator==(const Target&, const Target&) = default;
};
/// As the rulebook writes it: "manager", "learner", "learner/secondary".
[[nodiscard]] std::string to_string(const Target& target);

struct EscalationStep {
    Duration after{};  ///< Since the step before it was paged; for the first, since the incident began.
    std::vector<Target> page;
};

struct Escalation {
    std::string id;
    std::vector<EscalationStep> steps;
    std::int32_t repeat = 0;      ///< How many rounds follow the first.
    Duration repeat_after{};      ///< From the last step of a round to the first of the next; and to the fallback after the last.
    Duration acknowledged_for{};  ///< Still open and silent so long after an acknowledgement: page again. Zero: never.
    Target fallback;
};

}  // namespace tocsin
