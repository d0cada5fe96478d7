// A whole tocsin in virtual time: the real engine loop and outbox on the fake store, with a clock, a provider and faults that one
// seed decides. After every step the promises are checked.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/rng.hpp"
#include "core/model/roster.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/notifier.hpp"
#include "core/ports/probe.hpp"
#include "core/runtime/engine_loop.hpp"
#include "core/runtime/outbox.hpp"
#include "tests/support/fake_store.hpp"

namespace tocsin::simulation {

class SimClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return wall; }
    [[nodiscard]] MonotonicPoint monotonic() const override { return steady; }
    void advance(Duration by) {
        wall += by;
        steady += by;
    }

    TimePoint wall = from_unix_ms(1'772'323'200'000);  // 2026-03-01, a week before the clocks change in New York.
    MonotonicPoint steady{};
};

/// How often things go wrong, one in so many; 0: never.
struct Faults {
    std::uint64_t store_refuses = 0;
    std::uint64_t crash = 0;           ///< After a turn: what was committed and not yet handed out is lost with the process.
    std::uint64_t provider_fails = 0;  ///< ... with an error that may be tried again.
    std::uint64_t provider_rejects = 0;
    std::uint64_t provider_hangs = 0;  ///< No answer until the deadline; it may have been delivered all the same.
    std::uint64_t clock_steps = 0;     ///< Per message: by up to an hour, either way.
};

/// A page that left, and what became of it.
struct Attempt {
    TimePoint at;
    std::string key;
    std::string person;
    IncidentId incident;   ///< Not set: a digest ...
    std::size_t held = 0;  ///< ... of so many.
    bool was_delivered = false;
    bool was_ambiguous = false;
};

class World final : public Notifier, public Probe {
public:
    World(std::shared_ptr<const Roster> roster, std::uint64_t seed, Faults faults);
    ~World() override;

    /// What happens. Each runs the world until it is still again.
    void fire(Alert alert, Verdict verdict);
    using Classified = std::pair<Alert, Verdict>;
    /// All in one batch.
    void fire_together(std::vector<Classified> alerts);
    void follow_up(Alert alert);
    void act(IncidentId incident, engine::Event event);
    void merge(IncidentId from, IncidentId into);
    void split(IncidentId incident, std::vector<std::string> alerts);
    /// A heartbeat is heard.
    void beat(const std::string& heartbeat);
    void drill(const DrillTarget& target);
    /// Another rulebook is in force.
    void change(std::shared_ptr<const Roster> roster);
    /// What was made, once that is answered; nothing if it was refused, or never answered.
    std::optional<std::vector<ArrangementId>> arrange(runtime::ArrangeMessage message);
    void advance(Duration by);
    void crash();
    /// The process dies after the commit and before anything of it leaves: no answer, no page. Then it starts again.
    void fire_and_crash(Alert alert, Verdict verdict);
    /// The process is gone for so long, and starts again.
    void be_down_for(Duration lasts);
    /// The same right after the commit, before anything of it leaves.
    void fire_and_be_down(Classified alert, Duration lasts);
    /// The provider refuses the next so many for good.
    void reject_next_sends(int count) { rejections_left_ = count; }
    void refuse_next_commits(int count) { store_->refuse_next_commits(count); }
    /// What the silences say of a heartbeat that is missing, from now on.
    using SilencingOf = std::function<std::optional<Silencing>(const Alert&, const Verdict&, TimePoint)>;
    void silence_heartbeats(SilencingOf silencing) { silencing_ = std::move(silencing); }
    /// From now on these sources are two-way; `arrived` is called for what is really done over there.
    void tell(engine::TwoWay two_way, std::function<void(const Page&)> arrived);
    /// Happens in virtual time, if the process lives until then or not.
    void later(Duration after, std::function<void()> what) { outside_.emplace(clock_.steady + after, std::move(what)); }
    void begin_faults(const Faults& faults) { faults_ = faults; }
    /// From now on nothing goes wrong.
    void end_faults() { faults_ = {}; }

    [[nodiscard]] const FakeDatabase& database() const { return *database_; }
    [[nodiscard]] const std::vector<Attempt>& attempts() const { return attempts_; }
    [[nodiscard]] const SimClock& clock() const { return clock_; }
    /// As the process knows them.
    [[nodiscard]] const Arrangements& arrangements() const { return *arrangements_; }
    [[nodiscard]] Rng& rng() { return rng_; }
    /// Open incidents, oldest first.
    [[nodiscard]] std::vector<Incident> open_incidents() const;
    /// What went wrong with the promises; empty if all were kept.
    [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }
    /// Over everything that left and everything that was written: the same seed gives the same.
    [[nodiscard]] std::uint64_t hash() const;
    [[nodiscard]] std::int64_t steps() const { return steps_; }
    /// After the faults have ended and hours have passed: nobody was forgotten.
    void check_liveness();

    // Notifier
    void send(Notification notification, Deadline deadline, OnOutcome on_outcome) override;
    // Probe
    void committed(std::size_t, std::chrono::nanoseconds) override {}
    void commit_failed(std::size_t, const Error&) override { needs_another_turn_ = true; }
    void happened(const TimelineEntry&, const Incident&) override {}
    void page_attempted(const Page&, const Result<void>&, std::chrono::milliseconds) override {}
    void mailbox_depth(std::size_t) override {}

private:
    void start();
    void post(runtime::Message message);
    void run_until_still();
    void run_posted();
    void run_scheduled();
    void schedule(Duration after, std::function<void()> what);
    [[nodiscard]] bool happens(std::uint64_t one_in) { return one_in != 0 && rng_.one_in(one_in); }
    /// In virtual time from now; nothing if nothing is planned.
    [[nodiscard]] std::optional<Duration> until_next();
    void step_clock();

    void check_safety();
    void check_incident(const Incident& incident);
    void check_members(const Incident& incident);
    void check_silence(const Incident& incident, const Page& page);
    void check_place(const Incident& incident);
    void take_arranged(std::shared_ptr<const Arrangements> arranged);
    void check_leaving(const Notification& notification);
    void check_whom(const Incident& incident, const Page& page);
    void check_digest(const Notification& digest);
    void check_once(const std::string& key);
    void check_relay(const Page& relay);
    void check_accepted(const std::string& trace);
    void broke(std::string what);

    std::shared_ptr<const Roster> rulebook_roster_;
    std::shared_ptr<const Roster> roster_;  ///< With the overrides of the moment.
    std::shared_ptr<const Arrangements> arrangements_;
    Rng rng_;
    Faults faults_;
    SimClock clock_;
    std::shared_ptr<FakeDatabase> database_ = std::make_shared<FakeDatabase>();
    std::int64_t life_ = 0;  ///< Counts crashes: what an earlier life began never answers to a later one.
    std::unique_ptr<FakeStore> store_;
    std::unique_ptr<runtime::Outbox> outbox_;
    std::unique_ptr<runtime::EngineLoop> loop_;
    std::deque<std::function<void()>> posted_;
    std::multimap<MonotonicPoint, std::function<void()>> scheduled_;
    std::multimap<MonotonicPoint, std::function<void()>> outside_;  ///< What no crash of ours ends.
    TimePoint latest_{};                                            ///< Before any step of the clock.
    SilencingOf silencing_;
    engine::TwoWay two_way_;
    std::function<void(const Page&)> arrived_;
    std::set<std::pair<std::string, std::string>> told_now_;  ///< The alerts to which a relay is under way.
    bool needs_another_turn_ = false;
    int rejections_left_ = 0;

    std::vector<Attempt> attempts_;
    std::set<std::string> may_repeat_;  ///< Keys that were under way at a crash or got no clear answer.
    std::set<std::string> under_way_;
    std::vector<std::string> broken_;
    std::int64_t steps_ = 0;
    std::int64_t traces_ = 0;
    std::set<IncidentId> touched_;
};

}  // namespace tocsin::simulation
