// What would happen: alerts, answers and time played through the real engine, with every page delivered at once. Incidents know
// of each other as they do in the daemon: what is told at a parent, and what a storm puts into digests. For rulebook tests,
// explain and replay.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/engine/alert_event.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/rehearsed_others.hpp"

namespace tocsin::engine {

/// Each call costs O(log n) of the open incidents and pending pages, so that a month of alerts can be played; see forget_past().
class Rehearsal {
public:
    /// The roster must outlive the rehearsal.
    explicit Rehearsal(const Roster& roster) : roster_(roster), others_(roster) {}
    /// With somebody who answers: so long after the first page of a cycle, whoever got it acknowledges. An answer that comes at
    /// the very instant of the next step is in time.
    Rehearsal(const Roster& roster, Duration acknowledged_after)
        : roster_(roster), acknowledged_after_(acknowledged_after), others_(roster) {}

    struct Sent {
        Page page;  ///< `due_at` is when it goes out; `why` of a digest is what it says.
        TimePoint at;
    };

    /// Plays everything that is due up to `at`, then the alert. `at` must not go backwards between calls. Says which incident the
    /// alert belongs to; not set: none.
    IncidentId alert(const Alert& alert, const Verdict& verdict, TimePoint at);
    /// The same for what somebody does about one incident, or about every open one.
    void act(IncidentId on, const Event& event, TimePoint at);
    void act_on_all(const Event& event, TimePoint at);
    /// The errors are those of check_merge() and check_split(). A split is of alerts that their source follows up, by their keys.
    Result<void> merge(IncidentId from, IncidentId into, const std::string& person, TimePoint at);
    Result<void> split(IncidentId from, const std::vector<std::string>& alerts, const std::string& person, TimePoint at);
    /// Plays on to `until`, including what is due at that very instant.
    void run_until(TimePoint until);

    /// In the order in which they go out.
    [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
    [[nodiscard]] const std::vector<TimelineEntry>& timeline() const { return timeline_; }
    [[nodiscard]] const std::map<IncidentId, Incident>& incidents() const { return incidents_; }
    /// Where an alert is by now that went to the incident `then`: split off with it, or merged into another.
    [[nodiscard]] IncidentId home_now(const Alert& alert, IncidentId then) const;
    /// The newest incident with that key, open or not; null if there is none.
    [[nodiscard]] const Incident* newest(std::string_view incident_key) const;
    /// How many incidents have been opened so far.
    [[nodiscard]] std::int64_t opened() const { return last_id_; }

    /// Drops what was sent, the timeline, and the incidents that have been resolved for so long that they cannot be reopened.
    /// What is to come does not depend on them.
    void forget_past();

private:
    /// When a page goes out, and a number for those of one instant.
    using PageTurn = std::pair<TimePoint, std::int64_t>;

    /// The open incident with the key or what that was merged into, or one that is over and may be reopened; null if there is
    /// neither.
    [[nodiscard]] Incident* latest(const std::string& key);
    /// The open incident with the key, or that had it before, in which the alert is firing.
    [[nodiscard]] Incident* home_of(const Alert& alert, const std::string& key);
    IncidentId fire(const Alert& alert, const Verdict& verdict, TimePoint at);
    IncidentId fire_until_quiet(const Alert& alert, const Verdict& verdict, TimePoint at);
    void join_into(Incident& incident, const Alert& alert, const Verdict& verdict, TimePoint at);
    IncidentId open_one(const Alert& alert, const Verdict& verdict, TimePoint at);
    void reopen_one(Incident& incident, const Alert& alert, const Verdict& verdict, TimePoint at);
    /// What is known of an incident before it is moved into the engine.
    struct Before {
        std::optional<TimePoint> wake{};
        RehearsedOthers::Standing standing{};
        Sheltered sheltered{};
    };
    [[nodiscard]] static Before before(const Incident& incident);
    void apply(Transition transition, const Before& before, TimePoint at);
    void add_pages(std::vector<Page> pages);
    void set_timer(IncidentId id, std::optional<TimePoint> before, std::optional<TimePoint> after);
    /// What is told at the incident looks for itself.
    void release_children(IncidentId parent, TimePoint at);
    void advance_one(Incident& incident, const Event& event, TimePoint at);
    void call_off_pages(IncidentId id);
    void call_off_pages_of(const std::string& person, IncidentId id);
    void deliver(Page page, TimePoint at);
    void deliver_digest(Page digest, TimePoint at);
    /// Makes the alert a member of the incident; says whether it was one that fires.
    Membership join(const Alert& alert, IncidentId id);
    /// The firing members of one are members of the other from now on; says how many began to fire there.
    std::int64_t move_members(IncidentId from, IncidentId into);
    void put_member(Member member);
    [[nodiscard]] static std::string member_name(const std::string& source, const std::string& key);
    IncidentId follow_up(const Alert& alert, TimePoint at);
    void expect_answer(const Page& page, TimePoint at);
    [[nodiscard]] std::optional<TimePoint> next_due() const;
    void play_answers(TimePoint at);
    void play_timers(TimePoint at);
    void play_pages(TimePoint at);
    void play_instant(TimePoint at);
    void forget(IncidentId id);

    const Roster& roster_;
    const std::optional<Duration> acknowledged_after_;
    RehearsedOthers others_;
    std::map<IncidentId, Incident> incidents_;
    std::unordered_map<std::string, IncidentId> latest_by_key_;  ///< The open one, else the one that was resolved last.
    std::set<std::pair<TimePoint, IncidentId>> timers_;          ///< Of open incidents.
    std::map<PageTurn, Page> pending_;
    std::unordered_map<IncidentId, std::vector<PageTurn>> pending_of_;  ///< Those that have gone out may still be named.
    std::unordered_map<std::string, std::vector<Member>> members_;      ///< By source and alert key.
    std::unordered_map<IncidentId, std::vector<std::string>> member_names_;
    std::map<std::pair<TimePoint, IncidentId>, std::string> answers_;  ///< Who acknowledges when.
    std::set<IncidentId> answered_;                                    ///< Those that an answer is on its way to.
    std::deque<std::pair<TimePoint, IncidentId>> closed_;              ///< In order; some were reopened since.
    std::vector<Sent> sent_;
    std::vector<TimelineEntry> timeline_;
    TimePoint played_until_;
    std::int64_t last_id_ = 0;
    std::int64_t last_page_ = 0;
};

}  // namespace tocsin::engine
