#include "core/engine/silence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

void set_silence(Transition& t, const std::string& silence, TimePoint until, TimePoint now) {
    auto& incident = t.incident;
    incident.silence = silence;
    incident.silenced_until = until;
    incident.told_at = {};
    if (incident.state == IncidentState::Triggered) incident.step_due_at = until;
    record(t, now, Reason::Silenced, {}, fmt::format("by \"{}\" until {}", silence, format_utc(until)));
}

}  // namespace

bool is_covered(const std::optional<Silencing>& silenced, TimePoint now) { return silenced && silenced->until > now; }

void begin_silence(Transition& t, const Silencing& silencing, TimePoint now) {
    set_silence(t, silencing.silence, silencing.until, now);
}

void extend_silence(Transition& t, const Silencing& silencing, TimePoint now) {
    const auto& incident = t.incident;
    const bool is_same = silencing.silence == incident.silence;
    const auto until = is_same ? silencing.until : std::min(silencing.until, *incident.silenced_until);
    if (until != *incident.silenced_until) set_silence(t, silencing.silence, until, now);
}

void lift_silence(Transition& t, TimePoint now, const std::string& actor, std::string_view why) {
    record(t, now, Reason::SilenceEnded, actor, fmt::format("\"{}\" {}", t.incident.silence, why));
    drop_silence(t.incident);
}

void end_silence(Transition& t, const Roster& roster, TimePoint now, const std::string& actor, std::string_view why) {
    if (t.incident.state == IncidentState::Triggered) {
        lift_silence(t, now, actor, why);
        return begin_again(t, roster, now, Reason::SilenceEnded);
    }
    lift_silence(t, now, actor, fmt::format("{}; acknowledged by {}, so nobody is paged", why, t.incident.acknowledged_by));
}

void drop_silence(Incident& incident) {
    incident.silence.clear();
    incident.silenced_until.reset();
}

}  // namespace tocsin::engine
