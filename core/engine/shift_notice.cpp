#include "core/engine/shift_notice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/engine/topic_notice.hpp"

namespace tocsin::engine {
namespace {

/// How far a shift is followed for saying when it ends or began.
constexpr Duration kShiftHorizon = std::chrono::weeks{4};
constexpr std::size_t kLinesMax = 15;
constexpr std::size_t kSummaryMax = 100;
/// So often in one shift is a problem that comes back.
constexpr std::int64_t kComesBack = 3;

using Incidents = std::vector<const Incident*>;

/// The shift that holds at `t`, as far as it can be followed, whatever its person's duty is called.
std::optional<oncall::Shift> shift_at(const Schedule& schedule, TimePoint t) {
    std::optional<oncall::Shift> found;
    for (const auto& shift : oncall::shifts(schedule, t - kShiftHorizon, t + kShiftHorizon)) {
        const bool goes_on = found && found->until == shift.from && found->duty.person == shift.duty.person;
        if (goes_on) {
            found->until = shift.until;
        } else if (!found || found->until <= t) {
            found = shift;
        }
        if (found->from > t) return {};
    }
    return found && found->from <= t && t < found->until ? found : std::nullopt;
}

std::string name_at(const std::optional<oncall::Shift>& shift) { return shift ? shift->duty.person : std::string{}; }

std::optional<ShiftChange> latest_change(const Schedule& schedule, TimePoint after, TimePoint now) {
    std::optional<ShiftChange> latest;
    auto at = oncall::next_change(schedule, after, now);
    for (; at; at = oncall::next_change(schedule, *at, now)) {
        auto before = shift_at(schedule, *at - Duration{1});
        auto begun = shift_at(schedule, *at);
        if (name_at(before) != name_at(begun)) latest = ShiftChange{schedule.id, *at, std::move(before), std::move(begun)};
    }
    return latest;
}

bool names(const std::vector<Target>& targets, const std::string& schedule) {
    return std::any_of(targets.begin(), targets.end(), [&](const Target& target) { return target.id == schedule; });
}

/// Whether the schedule is in its escalation, or does its triage. One whose policy has gone is everybody's business.
bool is_business_of(const std::string& schedule, const Incident& incident, const Roster& roster) {
    if (incident.urgency == Urgency::Notice) {
        const auto* service = roster.service(incident.service);
        const auto& triage = service != nullptr && !service->triage.empty() ? service->triage : roster.default_triage;
        return triage == schedule;
    }
    const auto* policy = roster.escalation(incident.escalation);
    if (policy == nullptr) return true;
    const auto is_in = [&](const EscalationStep& step) { return names(step.page, schedule); };
    return policy->fallback.id == schedule || std::any_of(policy->steps.begin(), policy->steps.end(), is_in);
}

std::string line_of(const Incident& incident) {
    auto line =
        fmt::format("{} {} {}", incident.id.value, to_string(incident.severity), truncated(incident.summary, kSummaryMax));
    if (incident.is_silenced()) return fmt::format("{}: silenced until {}", line, format_utc(*incident.silenced_until));
    if (incident.snoozed_until)
        return fmt::format("{}: snoozed by {} until {}", line, incident.acknowledged_by, format_utc(*incident.snoozed_until));
    if (incident.state == IncidentState::Acknowledged) return fmt::format("{}: {} has it", line, incident.acknowledged_by);
    if (incident.state == IncidentState::Resolved) {
        return incident.resolved_by.empty() ? line + ": over" : fmt::format("{}: resolved by {}", line, incident.resolved_by);
    }
    return line + ": nobody has it";
}

void add_list(std::string& text, std::string_view heading, const Incidents& incidents) {
    if (incidents.empty()) return;
    text += fmt::format("\n{} ({}):\n", heading, incidents.size());
    for (std::size_t i = 0; i < std::min(incidents.size(), kLinesMax); ++i) text += fmt::format("- {}\n", line_of(*incidents[i]));
    if (incidents.size() > kLinesMax) text += fmt::format("- and {} more\n", incidents.size() - kLinesMax);
}

void add_what_comes_back(std::string& text, const Incidents& incidents) {
    std::map<std::string, std::pair<std::int64_t, const Incident*>> by_key;
    for (const auto* incident : incidents) {
        auto& [count, newest] = by_key[incident->key];
        ++count;
        if (newest == nullptr || newest->id < incident->id) newest = incident;
    }
    std::string lines;
    for (const auto& [key, found] : by_key) {
        if (found.first < kComesBack) continue;
        lines += fmt::format("- {} times: {}\n", found.first, truncated(found.second->summary, kSummaryMax));
    }
    if (!lines.empty()) text += "\nCame back:\n" + lines;
}

/// What the one who begins wants to know.
std::string summary(const ShiftChange& change, std::span<const Incident> incidents, const Roster& roster) {
    const auto since = change.before ? change.before->from : change.at;
    const auto is_since = [&](const std::optional<TimePoint>& at) { return at && *at >= since && *at <= change.at; };
    Incidents open;
    Incidents acknowledged;
    Incidents resolved;
    Incidents opened;
    for (const auto& incident : incidents) {
        if (incident.is_drill || !is_business_of(change.schedule, incident, roster)) continue;
        if (incident.is_open()) open.push_back(&incident);
        if (incident.is_open() && is_since(incident.acknowledged_at)) acknowledged.push_back(&incident);
        if (is_since(incident.resolved_at)) resolved.push_back(&incident);
        if (is_since(incident.opened_at)) opened.push_back(&incident);
    }
    std::string text;
    add_list(text, "Open now", open);
    if (open.empty()) text += "\nNothing is open.\n";
    if (!acknowledged.empty()) text += fmt::format("\nAcknowledged in the shift before: {}\n", acknowledged.size());
    add_list(text, "Resolved in the shift before", resolved);
    if (!opened.empty()) text += fmt::format("\nOpened in the shift before: {}\n", opened.size());
    add_what_comes_back(text, opened);
    return text;
}

std::string title_of(const Schedule& schedule) { return schedule.title.empty() ? schedule.id : schedule.title; }

std::string topic_of(const ShiftChange& change, std::string_view kind) {
    return fmt::format("shift-{}-{}-{}", kind, change.schedule, to_unix_ms(change.at) / 1000);
}

}  // namespace

Told ShiftChange::told() const { return {"shift " + schedule, at}; }

std::vector<ShiftChange> shift_changes(const Roster& roster, const Arrangements& arrangements, TimePoint now) {
    std::vector<ShiftChange> changes;
    for (const auto& [id, schedule] : roster.schedules) {
        if (!schedule.has_shift_notices) continue;
        auto change = latest_change(schedule, now - kShiftNews, now);
        if (change && !arrangements.was_told(change->told())) changes.push_back(std::move(*change));
    }
    return changes;
}

std::optional<TimePoint> next_shift_change(const Roster& roster, TimePoint now, TimePoint horizon) {
    std::optional<TimePoint> next;
    for (const auto& [id, schedule] : roster.schedules) {
        if (!schedule.has_shift_notices) continue;
        const auto change = oncall::next_change(schedule, now, next.value_or(horizon));
        if (change) next = change;
    }
    return next;
}

std::vector<Page> shift_notices(const ShiftChange& change, std::span<const Incident> incidents, const Roster& roster,
                                TimePoint now) {
    std::vector<Page> pages;
    const auto* schedule = roster.schedule(change.schedule);
    if (schedule == nullptr) return pages;
    const auto title = title_of(*schedule);
    const auto* begins = change.after ? roster.person(change.after->duty.person) : nullptr;
    const auto* ends = change.before ? roster.person(change.before->duty.person) : nullptr;
    if (begins != nullptr) {
        const auto text = fmt::format("You are on call: {}, until {}\n{}", title, time_for(*begins, change.after->until),
                                      summary(change, incidents, roster));
        pages = notices_to(*begins,
                           {topic_of(change, "begins"), text, Reason::ShiftBegins, "begins a shift in " + change.schedule}, now);
    }
    if (ends != nullptr) {
        const auto text = fmt::format("You are off call: {}, since {}\n\n{}\n", title, time_for(*ends, change.at),
                                      begins == nullptr ? "Nobody is on call now." : begins->name + " is on call now.");
        auto more =
            notices_to(*ends, {topic_of(change, "ends"), text, Reason::ShiftEnds, "ends a shift in " + change.schedule}, now);
        std::move(more.begin(), more.end(), std::back_inserter(pages));
    }
    return pages;
}

}  // namespace tocsin::engine
