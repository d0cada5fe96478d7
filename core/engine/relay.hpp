// Two-way sources: what is done here to an incident is done to its alerts in the house that they came from, too, and what was
// done there is never sent back. Each alert is told by a relay: a page of the step kRelayStep to the source (`person`) about the
// alert (`address`), whose `via` is the action, whose `why` is who did it, and whose `text` is the note.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/engine/engine.hpp"
#include "core/model/alert.hpp"
#include "core/model/incident.hpp"

namespace tocsin::engine {

/// The channel by which relays leave; no channel of the settings can be called so.
inline constexpr std::string_view kRelayChannel = "@relay";

/// What the aliases of the alerts begin with that are pages (channel `opsgenie`).
inline constexpr std::string_view kPageAlias = "tocsin-";

/// The sources whose house is told, and the name by which tocsin says there who it is.
struct TwoWay {
    std::vector<std::string> sources{};
    std::string name = "tocsin";
    [[nodiscard]] bool has(std::string_view source) const;
};

enum class RelayAction : std::uint8_t { Acknowledge, Unacknowledge, Snooze, Note, Close };

/// "acknowledge".
[[nodiscard]] std::string_view to_string(RelayAction action);
[[nodiscard]] std::optional<RelayAction> parse_relay_action(std::string_view text);

/// What each open alert is to be told.
struct Relay {
    RelayAction action = RelayAction::Note;
    std::string actor;  ///< Empty: tocsin itself.
    std::string note;
    friend bool operator==(const Relay&, const Relay&) = default;
};

/// Of an incident, what relays begin from.
struct Standing {
    IncidentState state = IncidentState::Triggered;
    std::optional<TimePoint> snoozed_until;
};
[[nodiscard]] Standing standing_of(const Incident& incident);

/// What the transition did that has a counterpart over there, whoever did it: a person, a timer, or an alert of another source.
/// An incident that was merged is not over: its alerts go on elsewhere.
[[nodiscard]] std::vector<Relay> relays_of(const Standing& before, const Transition& transition);

[[nodiscard]] Page relay_page(const Relay& relay, const Incident& incident, const Member& alert, TimePoint now);
/// What the incident's timeline says of it.
[[nodiscard]] TimelineEntry relayed(const Relay& relay, IncidentId incident, std::span<const Member> alerts, TimePoint now);

/// Whether the incident has gone on since, so that the relay would say what is true no longer; what is true has a relay of its
/// own.
[[nodiscard]] bool is_pointless(const Page& relay, const Incident& incident);
/// The outcome of such a relay, which is not sent.
[[nodiscard]] Error pointless();
[[nodiscard]] bool was_pointless(const Page& page, const Error& outcome);
/// "close of alert 7ec3 at opsgenie, attempt 3: ...".
[[nodiscard]] std::string words_of_lost_relay(const Page& relay);

/// Whether a word from a two-way source is our own relay, which comes back. It may be late, and would undo what was done since.
/// That an alert is closed over there is a fact, whoever closed it. And a word that we cannot have said yet is that of another
/// tocsin of the same name.
[[nodiscard]] bool is_echo(const Alert& alert, const Incident& incident, const TwoWay& two_way);

/// Whether an alert of Opsgenie's is the page of a tocsin of that name, which comes back by the webhook: an incident of it would
/// page again, and so on without end. People name aliases and sources, too: only both together say it. Another tocsin's page is
/// an alert like any other.
[[nodiscard]] bool is_own_page(const Alert& alert, std::string_view name);

}  // namespace tocsin::engine
