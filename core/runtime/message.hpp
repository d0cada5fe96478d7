// What is put into the engine's mailbox, and what comes back after the commit.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/event.hpp"
#include "core/model/drill.hpp"
#include "core/model/incident.hpp"
#include "core/ports/notifier.hpp"
#include "core/runtime/alert_message.hpp"
#include "core/runtime/arrange_message.hpp"
#include "core/runtime/dossier_message.hpp"

namespace tocsin::runtime {

/// What a person or a tool asks of one incident: Acknowledge, Resolve, Note, ...
struct ActionMessage {
    IncidentId incident;
    engine::Event event;
};

/// A person merges one incident into another: NotFound or Conflict is answered if that cannot be. The answer is about the latter.
struct MergeMessage {
    IncidentId from;
    IncidentId into;
    std::string actor;
};

/// A person takes some alerts, by their keys, out of an incident into one of their own, about which the answer is.
struct SplitMessage {
    IncidentId incident;
    std::vector<std::string> alerts;
    std::string actor;
};

/// A heartbeat was heard; `watch` is its key.
struct BeatMessage {
    std::string watch;
};

/// The watches are to be brought into line with the rulebook.
struct WatchesMessage {
    enum class Why : std::uint8_t {
        RulebookChanged,
        Deaf,  ///< We have just started, or could store nothing for a while: whoever beat then was not heard.
    };
    Why why = Why::RulebookChanged;
};

/// Somebody wants a fire drill. Nothing begins while one of the same target is open: its incident is the answer.
struct DrillMessage {
    std::string watch;  ///< drill_key() of the target.
    DrillTarget target;
    Duration within = kDrillWithin;
    std::string actor;
};

/// An attempt to send a page ended.
struct AttemptMessage {
    Notification notification;
    Result<Receipt> outcome;
};

/// A pending page was due too long ago: it goes into a digest.
struct StaleMessage {
    Page page;
};

/// After the commit: what became of the message.
struct Answer {
    /// The incident it belongs to, as committed; of several (an alert in two incidents) the first. Nothing if it opened none and
    /// found none: a recorded alert, or a word about an alert that nobody knows.
    struct About {
        IncidentId id;
        IncidentState state = IncidentState::Triggered;
        bool is_new = false;
    };
    std::optional<About> incident;
    std::vector<ArrangementId> made;  ///< What an ArrangeMessage made.
};

/// Called once, on the io thread, after the commit: only then may a sender be told that its alert was accepted. Errors:
/// Unavailable (the store refused, or we are stopping: come again), NotFound (an action on an incident that does not exist),
/// Conflict (an action that the incident's state does not allow).
using OnAnswer = std::function<void(Result<Answer>)>;

struct Message {
    std::variant<AlertMessage, ActionMessage, AttemptMessage, MergeMessage, SplitMessage, StaleMessage, BeatMessage,
                 WatchesMessage, DrillMessage, ArrangeMessage, DossierMessage>
        what;
    OnAnswer on_answer;  ///< May be empty.
};

}  // namespace tocsin::runtime
