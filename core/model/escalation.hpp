// Whom to page, in what order, and after how long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/role.hpp"
#include "core/model/severity.hpp"
#include "core/model/weekly_window.hpp"

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

/// So long a wait, if everything that the case says holds.
struct WaitCase {
    Duration wait{};
    std::vector<Severity> severities;    ///< Of the incident; empty: any.
    std::optional<WeeklyWindow> during;  ///< Holds when the wait begins; absent: always.
    Zone time_zone;                      ///< Of `during`.
};

struct EscalationStep {
    enum class Pick : std::uint8_t {
        All,
        OneByTurns,  ///< One of them, the next in turn with every incident and every round; a schedule stands for its people.
    };

    Duration after{};  ///< Since the step before it was paged; for the first, since the incident began. If no case holds.
    std::vector<Target> page;
    std::vector<WaitCase> cases{};  ///< The first that holds decides.
    Pick pick = Pick::All;
    std::int32_t acknowledgements = 0;  ///< So many different people, once this step is paged; 0: as before.
};

/// How long to wait before the step is paged, if the wait begins at `begin`.
[[nodiscard]] Duration wait_before(const EscalationStep& step, Severity severity, TimePoint begin);

struct Escalation {
    /// What becomes of an acknowledged incident when the shift of whoever acknowledged it ends.
    enum class HandOver : std::uint8_t {
        Stay,    ///< It stays with them.
        Follow,  ///< It goes to whoever begins: the acknowledgement ends, and they are paged.
    };

    std::string id;
    std::vector<EscalationStep> steps;
    std::int32_t repeat = 0;      ///< How many rounds follow the first.
    Duration repeat_after{};      ///< From the last step of a round to the first of the next; and to the fallback after the last.
    Duration acknowledged_for{};  ///< Still open and silent so long after an acknowledgement: page again. Zero: never.
    Target fallback;
    std::int32_t acknowledgements = 1;  ///< So many different people.
    HandOver hand_over = HandOver::Stay;
};

}  // namespace tocsin
