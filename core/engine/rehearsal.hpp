// What would happen: alerts, answers and time played through the real engine, with every page delivered at once. For rulebook
// tests, explain and replay.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/alert_event.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

class Rehearsal {
public:
    /// The roster must outlive the rehearsal.
    explicit Rehearsal(const Roster& roster) : roster_(roster) {}

    struct Sent {
        Page page;  ///< `due_at` is when it goes out.
        TimePoint at;
    };

    /// Plays everything that is due up to `at`, then the alert. `at` must not go backwards between calls.
    void alert(const Alert& alert, const Verdict& verdict, TimePoint at);
    /// The same for an answer of `person` to every open incident.
    void acknowledge(const std::string& person, TimePoint at);
    void snooze(const std::string& person, Duration lasts, TimePoint at);
    void resolve(const std::string& person, TimePoint at);
    /// Plays on to `until`, including what is due at that very instant.
    void run_until(TimePoint until);

    /// In the order in which they go out.
    [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
    [[nodiscard]] const std::vector<TimelineEntry>& timeline() const { return timeline_; }
    [[nodiscard]] const std::map<IncidentId, Incident>& incidents() const { return incidents_; }
    /// The newest incident with that key, open or not; null if there is none.
    [[nodiscard]] const Incident* newest(std::string_view incident_key) const;

private:
    void apply(Transition transition);
    /// Makes the alert a member of the incident; says whether it was one that fires.
    Membership join(const Alert& alert, IncidentId id);
    void follow_up(const Alert& alert, TimePoint at);
    void answer(const Event& event, TimePoint at);
    [[nodiscard]] std::optional<TimePoint> next_due() const;
    void play_instant(TimePoint at);

    const Roster& roster_;
    std::map<IncidentId, Incident> incidents_;
    std::vector<Member> members_;
    std::vector<Page> pending_;
    std::vector<Sent> sent_;
    std::vector<TimelineEntry> timeline_;
    std::int64_t last_id_ = 0;
};

}  // namespace tocsin::engine
