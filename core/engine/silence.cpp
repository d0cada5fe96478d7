#include "core/engine/silence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

std::vector<std::string> names_of(const Silencing& silencing) {
    std::vector<std::string> names{silencing.silence};
    names.insert(names.end(), silencing.also.begin(), silencing.also.end());
    return names;
}

void set_silence(Transition& t, const Silencing& silencing, TimePoint now, const std::string& actor) {
    auto& incident = t.incident;
    incident.silence = silencing.silence;
    incident.silenced_until = silencing.until;
    incident.also_silenced_by = silencing.also;
    incident.told_at = {};
    if (incident.state == IncidentState::Triggered) incident.step_due_at = silencing.until;
    record(t, now, Reason::Silenced, actor,
           fmt::format("by \"{}\" until {}", fmt::join(names_of(silencing), "\", then \""), format_utc(silencing.until)));
}

}  // namespace

bool is_covered(const std::optional<Silencing>& silenced, TimePoint now) { return silenced && silenced->until > now; }

void begin_silence(Transition& t, const Silencing& silencing, TimePoint now) { set_silence(t, silencing, now, {}); }

void extend_silence(Transition& t, const Silencing& silencing, TimePoint now) {
    auto& incident = t.incident;
    const bool is_same = silencing.silence == incident.silence;
    if (!is_same && silencing.until >= *incident.silenced_until) return;
    if (silencing.until != *incident.silenced_until) return set_silence(t, silencing, now, {});
    incident.also_silenced_by = silencing.also;
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

void change_silence(Transition& t, const SilenceChanged& change, const Roster& roster, TimePoint now) {
    auto& incident = t.incident;
    if (is_covered(change.silencing, now)) {
        const bool is_new = !incident.is_silenced();
        if (is_new) {
            t.overtakes_pages = true;
            incident.outstanding = 0;  // What becomes of those pages moves nothing on any more.
        }
        if (is_new || *incident.silenced_until != change.silencing->until)
            return set_silence(t, *change.silencing, now, change.actor);
        incident.silence = change.silencing->silence;
        incident.also_silenced_by = change.silencing->also;
        return;
    }
    if (incident.is_silenced_by(change.silence)) end_silence(t, roster, now, change.actor, "was ended by hand");
}

void drop_silence(Incident& incident) {
    incident.silence.clear();
    incident.also_silenced_by.clear();
    incident.silenced_until.reset();
}

}  // namespace tocsin::engine
