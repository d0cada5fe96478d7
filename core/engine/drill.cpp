#include "core/engine/drill.hpp"

#include <fmt/format.h>

#include "core/engine/escalation.hpp"
#include "core/engine/paging.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin::engine {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::weeks;

/// The drill's time of the week in the week that is `after` so many weeks from the one that holds `civil`.
CivilTime in_week_of(const PlannedDrill& drill, CivilTime civil, std::int64_t weeks_after) {
    const auto day = std::chrono::floor<days>(civil);
    const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
    return day - days{weekday} + weeks{weeks_after} + minutes{drill.at};
}

/// Straight to the people: there is no escalation behind them, and nobody else is to be frightened.
void page_directly(Transition& t, const DrillTarget& to, const Roster& roster, TimePoint now) {
    const Target target{to.kind == DrillTarget::Kind::Person ? Target::Kind::Person : Target::Kind::Schedule, to.id};
    Page like;
    like.incident = t.incident.id;
    like.reason = Reason::Drill;
    auto pages = pages_for(recipients({&target, 1}, roster, now), {like, t.incident.severity, now});
    t.incident.is_exhausted = true;
    t.incident.outstanding = static_cast<std::int32_t>(pages.size());
    if (pages.empty()) return record(t, now, Reason::Drill, {}, fmt::format("{} has nobody who can be paged", to.id));
    for (const auto& page : pages) {
        record(t, now, Reason::Drill, {}, fmt::format("paged {} by {}: {}", page.person, page.via, page.why));
    }
    t.pages = std::move(pages);
}

}  // namespace

TimePoint next_drill(const PlannedDrill& drill, const std::optional<TimePoint>& last, TimePoint now) {
    const auto begin = drill.zone.to_civil(last.value_or(now));
    const std::int64_t apart = last ? drill.every_weeks : 1;
    for (std::int64_t ahead = last ? apart : 0;; ahead += apart) {
        const auto next = drill.zone.to_utc(in_week_of(drill, begin, ahead));
        if (next > now) return next;
    }
}

Transition open_drill(IncidentId id, const DrillCall& call, const Roster& roster, TimePoint now) {
    Transition t;
    auto& incident = t.incident;
    incident.id = id;
    incident.key = call.key;
    incident.source = "tocsin";
    incident.rule = call.key;
    incident.is_drill = true;
    incident.severity = Severity::Info;
    incident.said_severity = Severity::Info;
    incident.urgency = Urgency::Page;
    incident.summary = fmt::format("DRILL for {}: nothing is wrong; acknowledge it as you would a real page", call.target.id);
    incident.opened_at = now;
    incident.last_alert_at = now;
    incident.resolve_after = call.within;
    incident.resolve_due_at = now + call.within;
    record(t, now, Reason::Drill, call.actor,
           fmt::format("a fire drill for {}, to be acknowledged within {}", call.target.id, format_duration(call.within)));
    if (call.target.kind == DrillTarget::Kind::Escalation) {
        incident.escalation = call.target.id;
        begin_escalation(t, roster, now, Reason::Drill);
    } else {
        page_directly(t, call.target, roster, now);
    }
    return t;
}

std::string passed(const Incident& incident, TimePoint now) {
    return fmt::format("passed: acknowledged by {} after {}", incident.acknowledged_by,
                       format_duration(now - incident.opened_at));
}

std::string failed(const Incident& incident) {
    return fmt::format("failed: nobody acknowledged within {}", format_duration(incident.resolve_after));
}

}  // namespace tocsin::engine
