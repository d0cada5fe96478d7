// Every `event=` that a log line can carry, with what it means and what to do about it. Names are stable: people alert on them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tocsin::log {

enum class Event : std::uint8_t {
    // The process
    Started,
    Listening,
    Stopping,
    Stopped,
    SettingsRefused,
    Bug,
    // The door
    Accepted,
    Refused,
    Mended,
    HttpRefused,
    Answered,
    // The rulebook
    RulebookLoaded,
    RulebookRefused,
    RulebookPartial,
    RulebookRestored,
    RulebookWarning,
    RulebookNotKept,
    RulebookNotWatched,
    KeyChanged,
    CalendarFetched,
    CalendarNotFetched,
    ArrangementIdle,
    // The store and the engine
    StoreOpened,
    StoreFailed,
    Pruned,
    Committed,
    CommitFailed,
    Decided,
    NobodyReachable,
    EscalationMissing,
    // Pages
    Page,
    PageDelivered,
    PageDelayed,
    PageFailed,
    HeartbeatNotSent,
};

struct EventLine {
    Event event;
    std::string_view name;
    std::string_view meaning;
    std::string_view what_to_do;
};

/// In the order of the enum (a test checks it).
inline constexpr std::array kEvents{
    EventLine{Event::Started, "started", "The daemon runs, under this version and these settings.", "Nothing."},
    EventLine{Event::Listening, "listening", "It accepts connections on this address.", "Nothing."},
    EventLine{Event::Stopping, "stopping", "It was asked to stop and finishes what it has begun.", "Nothing."},
    EventLine{Event::Stopped, "stopped", "It has stopped; what was accepted is on disk.", "Nothing, if you asked for it."},
    EventLine{Event::SettingsRefused, "settings_refused", "The daemon's own settings are wrong; it does not start.",
              "Mend the place that the line names."},
    EventLine{Event::Bug, "bug", "Something that must not happen did.",
              "Report it with this line; the daemon restarts by itself."},

    EventLine{Event::Accepted, "accepted", "An alert is on disk.", "Nothing."},
    EventLine{Event::Refused, "refused", "A request was answered with an error, and nothing of it was kept.",
              "See `reason` and `source`: the sender's secret, its body, or our store."},
    EventLine{Event::Mended, "mended", "A body was odd; it was repaired and taken.",
              "Nothing; tell the sender's owner if it repeats."},
    EventLine{Event::HttpRefused, "http_refused", "A request was too large, too slow or no HTTP.",
              "Look at the peer in `remote`; raise the limit only if it is one of yours."},
    EventLine{Event::Answered, "answered", "A request and its status; at level debug only.", "Nothing."},

    EventLine{Event::RulebookLoaded, "rulebook_loaded", "A rulebook is in force, with this hash.", "Nothing."},
    EventLine{Event::RulebookRefused, "rulebook_refused", "A rulebook has mistakes; the one before it stays in force.",
              "Run `tocsin check` on it and mend what it says."},
    EventLine{Event::RulebookPartial, "rulebook_partial",
              "A file of the rulebook has mistakes: its last good version stays in force, and the others are loaded.",
              "Run `tocsin check` on the rulebook and mend the file."},
    EventLine{Event::RulebookRestored, "rulebook_restored",
              "The rulebook on disk has mistakes, so the daemon started with the last good one.",
              "Run `tocsin check` on the rulebook and mend what it says."},
    EventLine{Event::RulebookWarning, "rulebook_warning", "A rulebook is in force that is probably not what you mean.",
              "Read the place that the line names."},
    EventLine{Event::RulebookNotKept, "rulebook_not_kept",
              "The copy of the last good rulebook cannot be written or read; what is in force stays so.",
              "Look at the data directory: space, permissions."},
    EventLine{Event::RulebookNotWatched, "rulebook_not_watched", "Changes of the rulebook's files are not noticed by themselves.",
              "Do what the line says; until then reload by hand."},
    EventLine{Event::KeyChanged, "key_changed", "A key of a source was made or revoked.", "Nothing."},

    EventLine{Event::CalendarFetched, "calendar_fetched",
              "A calendar at an address says something else than before; the rulebook is read again with it.", "Nothing."},
    EventLine{Event::CalendarNotFetched, "calendar_not_fetched",
              "A calendar at an address cannot be had; the last good copy of it stays in force.",
              "Do what the line says; `GET /api/v1/rulebook` shows how old the copy is."},
    EventLine{Event::ArrangementIdle, "arrangement_idle",
              "An override or a silence made at run time has no effect under this rulebook.",
              "Look at `tocsin override list` and `tocsin silence list`; take it back, or mend the rulebook."},
    EventLine{Event::StoreOpened, "store_opened", "The database is open and its schema is ours.", "Nothing."},
    EventLine{Event::StoreFailed, "store_failed", "The database did not do what was asked, outside of a commit.",
              "Look at the disk: space, permissions, health."},
    EventLine{Event::Pruned, "pruned", "What was older than `keep` says has gone from the database.", "Nothing."},
    EventLine{Event::Committed, "committed", "A batch is on disk; at level debug only.", "Nothing."},
    EventLine{Event::CommitFailed, "commit_failed", "A batch could not be stored; its senders were told to come again.",
              "Look at the disk at once: nothing is accepted while this goes on."},
    EventLine{Event::Decided, "decided", "An entry of an incident's timeline, with its reason.",
              "Nothing; `tocsin explain` tells the whole story."},
    EventLine{Event::NobodyReachable, "nobody_reachable", "An incident has nobody to page, not even the fallback.",
              "See to the incident yourself, then give the policy's people contacts that work."},
    EventLine{Event::EscalationMissing, "escalation_missing", "An incident names a policy that the rulebook does not have.",
              "See to the incident yourself, then put the policy back."},

    EventLine{Event::Page, "page", "The log channel's way to page: this line is the page.", "See to the incident."},
    EventLine{Event::PageDelivered, "page_delivered", "A provider has taken a page.", "Nothing."},
    EventLine{Event::PageDelayed, "page_delayed", "An attempt to send a page failed; it will be tried again.",
              "If it goes on: is the provider up, and does it let us in?"},
    EventLine{Event::PageFailed, "page_failed", "A page was given up; the engine goes on without it.",
              "Mend what `error` says: address, key or channel."},
    EventLine{Event::HeartbeatNotSent, "heartbeat_not_sent",
              "tocsin's own heartbeat was withheld, as not all is well here, or did not arrive.",
              "Do what the line says; whoever listens to the heartbeat raises the alarm."},
};

[[nodiscard]] constexpr std::string_view to_string(Event event) { return kEvents[static_cast<std::size_t>(event)].name; }

}  // namespace tocsin::log
