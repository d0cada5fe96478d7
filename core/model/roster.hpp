// The people side of a rulebook: who there is, who is on call when, whom to page in what order, and what for.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin {

struct Contact {
    std::string name;     ///< What `via` calls it: "push".
    std::string channel;  ///< The daemon's channel that reaches it: "ntfy".
    std::string address;  ///< What that channel needs: a topic, a number, a mail address.
};

/// One line of a personal rule: so long after the page was decided, by this contact.
struct ContactRule {
    Duration after{};
    std::string via;
};

struct Person {
    std::string id;
    std::string name;
    std::string email;
    Zone time_zone;
    std::vector<Contact> contacts;  ///< With `email`, if it is set, as one called "email" on channel "email".
    std::vector<ContactRule> paged;
    std::vector<ContactRule> noticed;
    std::optional<WeeklyWindow> quiet;  ///< Notices wait; pages do not.

    [[nodiscard]] const Contact* contact(std::string_view contact_name) const;
};

struct Rotation {
    enum class Unit : std::uint8_t { Hours, Days, Weeks, Months };
    Unit unit = Unit::Weeks;
    std::int32_t every = 1;
    CivilTime from;  ///< The first hand-over; before it the layer holds nobody.
};

struct Layer {
    std::string name;
    std::vector<std::string> people;  ///< In the order of the rotation; an empty name is a shift that nobody has.
    /// Absent: the first of `people`, for ever.
    std::optional<Rotation> rotation;
    /// Absent: always.
    std::optional<WeeklyWindow> during;
};

struct Override {
    std::string person;
    TimePoint from;
    TimePoint until;
};

struct Schedule {
    std::string id;
    std::string title;
    Zone time_zone;
    std::vector<Layer> layers;        ///< A later one wins where both hold.
    std::vector<Override> overrides;  ///< Win over every layer; a later one wins over an earlier one.
};

/// Whom a step names.
struct Target {
    enum class Kind : std::uint8_t { Person, Schedule };
    Kind kind = Kind::Person;
    std::string id;
    friend bool operator==(const Target&, const Target&) = default;
};

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

struct Service {
    std::string id;
    std::string title;
    std::string team;
    std::string escalation;
    std::string runbook;
    std::vector<std::string> depends_on;
    std::string triage;  ///< The schedule that is told of notices, or empty.
};

struct Roster {
    std::map<std::string, Person, std::less<>> people;
    std::map<std::string, Schedule, std::less<>> schedules;
    std::map<std::string, Escalation, std::less<>> escalations;
    std::map<std::string, Service, std::less<>> services;
    std::string default_escalation;  ///< For what may page and has no service, or one without a policy; may be empty.
    std::string default_triage;      ///< The same for notices: a schedule; may be empty.

    [[nodiscard]] const Person* person(std::string_view id) const;
    [[nodiscard]] const Schedule* schedule(std::string_view id) const;
    [[nodiscard]] const Escalation* escalation(std::string_view id) const;
    [[nodiscard]] const Service* service(std::string_view id) const;
};

}  // namespace tocsin
