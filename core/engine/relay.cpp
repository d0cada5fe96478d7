#include "core/engine/relay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/base/limits.hpp"

namespace tocsin::engine {
namespace {

constexpr std::array kRelayActions{
    std::pair{RelayAction::Acknowledge, "acknowledge"},
    std::pair{RelayAction::Unacknowledge, "unacknowledge"},
    std::pair{RelayAction::Snooze, "snooze"},
    std::pair{RelayAction::Note, "note"},
    std::pair{RelayAction::Close, "close"},
};

Relay relay_of(RelayAction action, const TimelineEntry* said) {
    return said == nullptr ? Relay{action, {}, {}} : Relay{action, said->actor, said->detail};
}

const TimelineEntry* entry_of(const Transition& t, Reason reason) {
    const auto is_it = [&](const TimelineEntry& entry) { return entry.incident == t.incident.id && entry.reason == reason; };
    const auto found = std::find_if(t.timeline.begin(), t.timeline.end(), is_it);
    return found == t.timeline.end() ? nullptr : &*found;
}

/// "reassigned: to lahore-b": what people over there cannot see from the action itself.
std::string entry_words(const TimelineEntry& entry) {
    std::string words(to_string(entry.reason));
    std::replace(words.begin(), words.end(), '_', ' ');
    return entry.detail.empty() ? words : fmt::format("{}: {}", words, entry.detail);
}

std::vector<Relay> notes_of(const Transition& t) {
    std::vector<Relay> notes;
    for (const auto& entry : t.timeline) {
        if (entry.incident != t.incident.id) continue;
        if (entry.reason == Reason::Noted) notes.push_back({RelayAction::Note, entry.actor, entry.detail});
        if (entry.reason == Reason::Reassigned) notes.push_back({RelayAction::Note, entry.actor, entry_words(entry)});
    }
    return notes;
}

}  // namespace

bool TwoWay::has(std::string_view source) const { return std::find(sources.begin(), sources.end(), source) != sources.end(); }

std::string_view to_string(RelayAction action) {
    const auto* found =
        std::find_if(kRelayActions.begin(), kRelayActions.end(), [&](const auto& known) { return known.first == action; });
    return found == kRelayActions.end() ? "note" : found->second;
}

std::optional<RelayAction> parse_relay_action(std::string_view text) {
    const auto* found =
        std::find_if(kRelayActions.begin(), kRelayActions.end(), [&](const auto& known) { return known.second == text; });
    return found == kRelayActions.end() ? std::nullopt : std::optional{found->first};
}

Standing standing_of(const Incident& incident) { return {incident.state, incident.snoozed_until}; }

std::vector<Relay> relays_of(const Standing& before, const Transition& t) {
    const auto& after = t.incident;
    if (before.state == IncidentState::Resolved || after.merged_into.is_set()) return {};
    if (after.state == IncidentState::Resolved) {
        return {relay_of(RelayAction::Close, t.timeline.empty() ? nullptr : &t.timeline.back())};
    }
    const bool was_acknowledged = before.state == IncidentState::Acknowledged;
    if (after.state == IncidentState::Triggered && was_acknowledged) {
        const auto* why = t.timeline.empty() ? nullptr : &t.timeline.front();
        return {{RelayAction::Unacknowledge, why == nullptr ? "" : why->actor, why == nullptr ? "" : entry_words(*why)}};
    }
    auto relays = notes_of(t);
    if (after.state != IncidentState::Acknowledged) return relays;
    const bool is_snoozed_anew = after.snoozed_until && after.snoozed_until != before.snoozed_until;
    if (is_snoozed_anew) {
        relays.push_back(relay_of(RelayAction::Snooze, entry_of(t, Reason::Snoozed)));
    } else if (!was_acknowledged || (before.snoozed_until && !after.snoozed_until)) {
        relays.push_back(relay_of(RelayAction::Acknowledge, entry_of(t, Reason::Acknowledged)));
    }
    return relays;
}

Page relay_page(const Relay& relay, const Incident& incident, const Member& alert, TimePoint now) {
    Page page;
    page.incident = incident.id;
    page.urgency = Urgency::Notice;
    page.cycle = incident.cycle;
    page.step = kRelayStep;
    page.person = alert.source;
    page.via = to_string(relay.action);
    page.channel = kRelayChannel;
    page.address = alert.alert_key;
    page.reason = Reason::Relayed;
    page.why = relay.actor;
    page.text = relay.note;
    page.decided_at = now;
    page.due_at = now;
    page.give_up_at = now + limits::kRelayDeadline;
    return page;
}

TimelineEntry relayed(const Relay& relay, IncidentId incident, std::span<const Member> alerts, TimePoint now) {
    std::set<std::string_view> sources;
    for (const auto& alert : alerts) sources.insert(alert.source);
    auto words = fmt::format("{} goes to {} for {}", to_string(relay.action), fmt::join(sources, ", "),
                             alerts.size() == 1 ? "its alert" : fmt::format("{} alerts", alerts.size()));
    return {incident, now, Reason::Relayed, relay.actor, std::move(words)};
}

bool is_pointless(const Page& relay, const Incident& incident) {
    switch (parse_relay_action(relay.via).value_or(RelayAction::Note)) {
        case RelayAction::Acknowledge: return incident.state != IncidentState::Acknowledged;
        case RelayAction::Unacknowledge: return incident.state != IncidentState::Triggered;
        case RelayAction::Snooze: return !incident.snoozed_until;
        case RelayAction::Note:
        case RelayAction::Close: return false;
    }
    return false;
}

Error pointless() { return Error{Errc::Cancelled, "the incident has gone on: nothing is left to relay"}; }

/// A stop cancels, too, but may be tried again.
bool was_pointless(const Page& page, const Error& outcome) {
    return page.is_relay() && outcome.code() == Errc::Cancelled && !outcome.retry().allowed();
}

std::string words_of_lost_relay(const Page& relay) {
    return fmt::format("{} of alert {} at {}, attempt {}: {}", relay.via, relay.address, relay.person, relay.attempts,
                       relay.last_error);
}

bool is_echo(const Alert& alert, const Incident& incident, const TwoWay& two_way) {
    if (alert.through != two_way.name || !two_way.has(alert.source)) return false;
    const bool is_in_first_cycle = incident.cycle == 0;  // Nothing was given back here yet.
    switch (alert.action) {
        case AlertAction::Note: return true;
        case AlertAction::Acknowledge:
        case AlertAction::Snooze: return !(incident.state == IncidentState::Triggered && is_in_first_cycle);
        case AlertAction::Unacknowledge: return !(incident.state == IncidentState::Acknowledged && is_in_first_cycle);
        default: return false;
    }
}

bool is_own_page(const Alert& alert, std::string_view name) {
    if (alert.kind != "opsgenie" || alert.action != AlertAction::Fire) return false;
    const auto label = [&](std::string_view key) -> std::string_view {
        const auto found =
            std::find_if(alert.labels.begin(), alert.labels.end(), [&](const auto& one) { return one.first == key; });
        return found == alert.labels.end() ? std::string_view{} : found->second;
    };
    return label("source") == name && label("alias").starts_with(kPageAlias);
}

}  // namespace tocsin::engine
