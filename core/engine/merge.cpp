#include "core/engine/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/engine/ending.hpp"
#include "core/engine/escalation.hpp"
#include "core/engine/grouping.hpp"
#include "core/engine/silence.hpp"

namespace tocsin::engine {
namespace {

constexpr std::size_t kAlertsNamedMax = 10;

/// What `into` would have to hear of `from` if it were an alert.
Fired as_alert(const Merge& what) {
    Fired fired;
    fired.source = what.actor;
    fired.summary = what.from.summary;
    fired.severity = what.from.severity;
    fired.urgency = what.from.urgency;
    fired.service = what.from.service;
    fired.escalation = what.from.escalation;
    if (what.from.is_silenced()) fired.silenced = Silencing{what.from.silence, *what.from.silenced_until};
    return fired;
}

std::string listed(std::span<const std::string> names) {
    const auto shown = names.first(std::min(names.size(), kAlertsNamedMax));
    auto text = fmt::to_string(fmt::join(shown, ", "));
    if (names.size() > shown.size()) text += fmt::format(" and {} more", names.size() - shown.size());
    return text;
}

Error no_such_alert(const Incident& from, const std::string& alert, std::span<const std::string> firing) {
    if (firing.empty()) {
        return Error{Errc::Conflict, fmt::format("no alert that its source follows up fires in incident {}: there is nothing to "
                                                 "split off",
                                                 from.id.value)};
    }
    const std::vector<std::string> known(firing.begin(), firing.end());
    const auto near = nearest(alert, known);
    auto text = fmt::format("\"{}\" is not firing in incident {}", printable(alert), from.id.value);
    text += near ? fmt::format("; did you mean \"{}\"?", *near) : fmt::format("; these are: {}", listed(firing));
    return Error{Errc::Conflict, printable(text)};
}

/// A clean sheet: nobody was paged for it, nobody has it.
Incident fresh(const Incident& from) {
    Incident incident;
    incident.source = from.source;
    incident.rule = from.rule;
    incident.service = from.service;
    incident.escalation = from.escalation;
    incident.summary = from.summary;
    incident.url = from.url;
    incident.severity = from.severity;
    incident.said_severity = from.said_severity;
    incident.is_severity_by_hand = from.is_severity_by_hand;
    incident.urgency = from.urgency;
    incident.resolve_after = from.resolve_after;
    incident.hold_down = from.hold_down;
    incident.is_drill = from.is_drill;
    return incident;
}

}  // namespace

Result<void> check_merge(const Incident& from, const Incident& into) {
    if (from.id == into.id) return Error{Errc::Conflict, fmt::format("incident {} cannot be merged into itself", from.id.value)};
    for (const auto* incident : {&from, &into}) {
        if (incident->is_open()) continue;
        const auto where = incident->merged_into.is_set() ? fmt::format(" (merged into {})", incident->merged_into.value) : "";
        return Error{Errc::Conflict,
                     fmt::format("incident {} is resolved{}: only open ones can be merged", incident->id.value, where)};
    }
    return {};
}

Merged merge(Merge what, const Roster& roster, TimePoint now, const Surroundings& around) {
    Merged merged;
    const auto news = as_alert(what);
    merged.from.incident = what.from;
    merged.from.incident.merged_into = what.into.id;
    resolve(merged.from, now, Reason::Merged, what.actor,
            fmt::format("into incident {}: {}", what.into.id.value, what.into.summary));

    auto before = what.into;
    const auto alerts = before.alerts + what.from.alerts;
    const auto last_alert_at = std::max(before.last_alert_at, what.from.last_alert_at);
    auto& t = merged.into;
    t.incident = std::move(before);
    const bool was_over = what.from.resolve_held_until.has_value();
    if (!was_over) t = advance(std::move(t.incident), news, roster, now, around);
    t.incident.alerts = alerts;
    t.incident.firing += what.firing;
    t.incident.last_alert_at = last_alert_at;
    t.incident.opened_at = std::min(t.incident.opened_at, what.from.opened_at);
    TimelineEntry took{t.incident.id, now, Reason::TookOver, what.actor,
                       fmt::format("incident {}: {}", what.from.id.value, what.from.summary)};
    t.timeline.insert(t.timeline.begin(), std::move(took));
    return merged;
}

Result<void> check_split(const Incident& from, std::span<const std::string> alerts, std::span<const std::string> firing) {
    if (!from.is_open()) {
        return Error{Errc::Conflict, fmt::format("incident {} is resolved: only an open one can be split", from.id.value)};
    }
    for (const auto& alert : alerts) {
        if (std::find(firing.begin(), firing.end(), alert) == firing.end()) return no_such_alert(from, alert, firing);
    }
    const auto stays = [&](const std::string& key) { return std::find(alerts.begin(), alerts.end(), key) == alerts.end(); };
    if (std::none_of(firing.begin(), firing.end(), stays)) {
        return Error{Errc::Conflict, fmt::format("nothing that fires would be left in incident {}", from.id.value)};
    }
    return {};
}

SplitUp split(Split what, const Roster& roster, TimePoint now, const Surroundings& around) {
    SplitUp result;
    const auto& from = what.from;
    auto& t = result.split_off;
    t.around = &around;
    auto& incident = t.incident = fresh(from);
    incident.id = what.id;
    incident.origin_key = from.origin_key.empty() ? from.key : from.origin_key;
    incident.key = own_key(incident.origin_key, incident.id);
    incident.opened_at = incident.last_alert_at = now;
    incident.alerts = incident.firing = what.firing;
    if (incident.resolve_after.count() > 0) incident.resolve_due_at = now + incident.resolve_after;
    const auto names = listed(what.alerts);
    record(t, now, Reason::SplitOff, what.actor, fmt::format("from incident {}: {}", from.id.value, names));
    if (from.is_silenced()) {
        begin_silence(t, {from.silence, *from.silenced_until}, now);
    } else {
        begin_escalation(t, roster, now, Reason::SplitOff);
    }
    t.around = nullptr;

    result.from.incident = from;
    result.from.incident.firing -= what.firing;
    record(result.from, now, Reason::SplitOff, what.actor, fmt::format("{} to incident {}", names, what.id.value));
    return result;
}

}  // namespace tocsin::engine
