// A person, and how and by which rules they are reached.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/schedule.hpp"
#include "core/model/severity.hpp"
#include "core/model/storm.hpp"
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
    std::vector<Severity> severities{};  ///< For incidents of these only; empty: of any.
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
    /// Never two contacts at once: at least limits::kContactSpread apart, and what was to come is called off by a newer page
    /// about the same incident.
    bool one_at_a_time = false;
    std::vector<Interval> vacations{};  ///< The next in line takes over.
    std::optional<PagingLimit> storm;   ///< More pages than that go into digests; nothing: no limit.

    [[nodiscard]] const Contact* contact(std::string_view contact_name) const;
};

}  // namespace tocsin
