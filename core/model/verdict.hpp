// What the rulebook says of one alert.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/lifecycle.hpp"
#include "core/model/severity.hpp"

namespace tocsin {

/// A silence that covers an alert: nobody is told of it before `until`.
struct Silencing {
    std::string silence;  ///< Its name in the rulebook, or "silence-7" of one that was made at run time.
    TimePoint until;
    std::vector<std::string> also{};  ///< The names of others that take over from it before `until`, in turn.
    friend bool operator==(const Silencing&, const Silencing&) = default;
};

struct Verdict {
    /// The rule that decided, and its number in the rulebook; empty and -1 if none matched.
    std::string rule;
    std::int32_t rule_index = -1;
    std::string service;  ///< Empty if no rule named one.
    Severity severity = Severity::Moderate;
    Urgency urgency = Urgency::Notice;
    std::string summary;
    /// Alerts with the same key belong to one incident. Never empty.
    std::string incident_key;
    /// The policy that says whom to page: the service's, else the rulebook's default; empty if there is neither.
    std::string escalation;
    /// Quiet for so long means resolved; zero means that quiet means nothing.
    Duration resolve_after{};
    Lifecycle lifecycle;
    std::optional<Silencing> silenced;
    /// Fields that the rule needs to act on the alert and that were not there: the alert goes to triage instead of paging.
    std::vector<std::string> missing;
    /// Keys of the watches (heartbeat_key()) that the alert is a beat of, whatever else it is.
    std::vector<std::string> beats;
    /// Where the sender wants to be told what to expect: a URL; empty: nowhere.
    std::string reply_to;
    /// Templates that named an absent field and rendered it empty.
    std::uint32_t empty_templates = 0;
};

/// One line of the way to a verdict, for explain: a rule, and why it matched or did not.
struct TrailStep {
    std::string rule;
    std::string place;  ///< "rules/learner.yaml:31"
    bool is_match = false;
    bool is_deciding = false;  ///< A match without `continue`.
    /// For a rule that did not match: the first condition that failed ("payload.result.count at_least 100"), and what it saw
    /// ("8", or "absent").
    std::string failed_condition;
    std::string seen;
};
using Trail = std::vector<TrailStep>;

}  // namespace tocsin
