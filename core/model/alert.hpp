// One thing a source said, normalised: the same words whatever the sender.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin {

/// What a source wants done. Everything but Fire speaks of an alert that it sent before, named by `Alert::key`.
enum class AlertAction : std::uint8_t {
    Fire,           ///< Something is wrong (or still is).
    Resolve,        ///< It is over.
    Acknowledge,    ///< Somebody took it, over there.
    Unacknowledge,  ///< ... and gave it back.
    Snooze,         ///< Leave it alone until `Alert::until`.
    EndSnooze,      ///< The snooze is over.
    Note,           ///< Somebody wrote `Alert::note`.
    Escalate,       ///< The sender's own escalation went on to its next step.
    Update,         ///< The alert's text, priority, tags, owner or teams changed.
    Other,          ///< Anything else, under the sender's own word in `Alert::action_name`.
};

[[nodiscard]] std::string_view to_string(AlertAction action);
/// "firing", "resolved", "acknowledged", ...: the field `status` that rules see.
[[nodiscard]] std::string_view status_of(AlertAction action);

struct Alert {
    std::string source;  ///< The configured source's name.
    std::string kind;    ///< The source's kind: "splunk", "opsgenie".
    AlertAction action = AlertAction::Fire;
    std::string action_name;  ///< The sender's own word for the action; empty if it has none.
    /// What the sender knows the alert by: the same for every message about the same alert, never empty.
    std::string key;
    /// The source will say when it is over. If not (Splunk), only a person or `resolve_after` resolves the incident.
    bool is_followed_up = false;
    std::string title;
    std::string text;
    std::string url;
    std::string priority;  ///< The sender's own word ("P1"), or empty.
    std::vector<std::string> tags;
    std::vector<std::pair<std::string, std::string>> labels;
    std::string actor;               ///< Who did it, for all but Fire; empty if not said.
    std::string through;             ///< By which program they did it over there, for all but Fire; empty if not said.
    std::string note;                ///< For Note, and what was written with another action.
    std::optional<TimePoint> until;  ///< For Snooze.
    /// For Fire: over by then, unless the source says it again.
    std::optional<TimePoint> ends_at;
    /// When it began to fire, of sources whose words may overtake each other: an end of what began earlier is an old one.
    std::optional<TimePoint> began_at;
};

}  // namespace tocsin
