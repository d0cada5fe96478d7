// The part of a batch that is about watches: heartbeats that are heard or missed, drills that begin.
#include <fmt/format.h>

#include "core/base/limits.hpp"
#include "core/engine/drill.hpp"
#include "core/engine/heartbeat.hpp"
#include "core/runtime/batch.hpp"

namespace tocsin::runtime {

/// With its incident, or what that was merged into.
IncidentRef ref_of_watch(std::string_view key) {
    IncidentRef ref;
    ref.key = key;
    ref.watch = key;
    return ref;
}

const Watch* Batch::watch(std::string_view key) const {
    const auto found = watches_.find(key);
    return found == watches_.end() || found->second.is_forgotten ? nullptr : &found->second.watch;
}

void Batch::put(Watch watch) {
    auto& work = watches_[watch.key];
    work.is_changed = work.is_changed || work.is_forgotten || work.watch != watch;
    work.is_forgotten = false;
    work.watch = std::move(watch);
}

void Batch::forget(const std::string& key) {
    const auto found = watches_.find(key);
    if (found != watches_.end()) found->second.is_forgotten = true;
}

Batch::Work* Batch::open_of(std::string_view key) {
    auto* work = find_latest(key);
    return work != nullptr && work->incident.is_open() ? work : nullptr;
}

Answer Batch::adopt_opened(engine::Transition transition) {
    auto& work = adopt(transition.incident);
    others_.opened(work.incident);
    take(work, std::move(transition));
    auto answer = answer_about(work);
    answer.incident->is_new = true;
    return answer;
}

Result<Answer> Batch::apply_beat(const std::string& key) {
    const auto name = heartbeat_of(key);
    const auto* heartbeat = name ? context_.roster.heartbeat(*name) : nullptr;
    if (heartbeat == nullptr) return Answer{};  // Taken out of the rulebook a moment ago.
    put(engine::heard(*heartbeat, context_.now));
    auto* open = open_of(key);
    if (open == nullptr || open->incident.key != key) return Answer{};  // Merged into another: that is for people to end.
    advance(*open, engine::Beat{});
    return answer_about(*open);
}

Result<Answer> Batch::apply_watches(const WatchesMessage& message) {
    const auto& roster = context_.roster;
    look_at_hand_overs();  // The rulebook, and its calendars, may be others than before.
    std::vector<std::string> gone;
    for (const auto& [key, work] : watches_) {
        const auto heartbeat = heartbeat_of(key);
        const auto drill = drill_of(key);
        if ((heartbeat && roster.heartbeat(*heartbeat)) || (drill && roster.drill(*drill))) continue;
        gone.push_back(key);
    }
    for (const auto& key : gone) {
        forget(key);
        auto* open = heartbeat_of(key) ? open_of(key) : nullptr;
        if (open != nullptr && open->incident.key == key)
            advance(*open, engine::Resolve{{}, "the rulebook expects this heartbeat no longer"});
    }
    for (const auto& [id, heartbeat] : roster.heartbeats) {
        const auto* known = watch(heartbeat_key(id));
        const bool is_anew = known == nullptr || message.why == WatchesMessage::Why::Deaf;
        const auto before = known != nullptr ? *known : Watch{};
        put(is_anew ? engine::expected_anew(heartbeat, before, context_.now)
                    : engine::in_line_with(heartbeat, before, context_.now));
    }
    for (const auto& [id, drill] : roster.drills) {
        const auto* known = watch(drill_key(id));
        auto planned = known != nullptr ? *known : Watch{drill_key(id), {}, {}, {}};
        const auto next = engine::next_drill(drill, planned.last_at, context_.now);
        if (planned.due_at > context_.now || known == nullptr) planned.due_at = next;  // One that is due now begins now.
        put(std::move(planned));
    }
    return Answer{};
}

Result<Answer> Batch::apply_drill(const DrillMessage& message) {
    if (auto* open = open_of(message.watch)) return answer_about(*open);
    const auto id = context_.next_incident_id();
    if (!id) return id.error();
    const engine::DrillCall call{message.watch, message.target, message.within, message.actor};
    return adopt_opened(engine::open_drill(*id, call, context_.roster, context_.now));
}

Result<void> Batch::wake_watch(const std::string& key) {
    const auto* due = watch(key);
    if (due == nullptr || due->due_at > context_.now) return {};
    const auto before = *due;
    const auto heartbeat = heartbeat_of(key);
    if (const auto* expected = heartbeat ? context_.roster.heartbeat(*heartbeat) : nullptr) {
        return heartbeat_is_due(*expected, before);
    }
    const auto drill = drill_of(key);
    if (const auto* planned = drill ? context_.roster.drill(*drill) : nullptr) return drill_is_due(*planned, before);
    forget(key);
    return {};
}

Result<void> Batch::heartbeat_is_due(const Heartbeat& heartbeat, const Watch& watch) {
    const auto after = engine::missed(heartbeat, watch, context_.now);
    put(after);
    if (open_of(watch.key) != nullptr) return {};
    auto absence = engine::absence_of(heartbeat, after);
    if (context_.silencing) absence.verdict.silenced = context_.silencing(absence.alert, absence.verdict, context_.now);
    drop_ended_silence(absence.verdict);
    const auto id = context_.next_incident_id();
    if (!id) return id.error();
    const engine::Missing missing{*id, heartbeat, after, absence};
    (void)adopt_opened(engine::open_missing(missing, context_.roster, context_.now, around(heartbeat.service)));  // Nobody asked.
    return {};
}

Result<void> Batch::drill_is_due(const PlannedDrill& drill, const Watch& watch) {
    auto after = watch;
    after.last_at = watch.due_at;
    after.due_at = engine::next_drill(drill, after.last_at, context_.now);
    put(after);
    if (context_.now - watch.due_at > limits::kDrillLateMax || open_of(watch.key) != nullptr) return {};
    const auto id = context_.next_incident_id();
    if (!id) return id.error();
    const engine::DrillCall call{watch.key, drill.target, drill.within, {}};
    (void)adopt_opened(engine::open_drill(*id, call, context_.roster, context_.now));  // Nobody asked.
    return {};
}

}  // namespace tocsin::runtime
