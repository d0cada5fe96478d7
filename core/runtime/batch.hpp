// One batch: messages stepped through the engine over the incidents that the store has locked for them. No I/O, no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/rng.hpp"
#include "core/engine/alert_event.hpp"
#include "core/engine/digest.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/relay.hpp"
#include "core/model/roster.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/message.hpp"
#include "core/runtime/others.hpp"

namespace tocsin::runtime {

/// Adds what a message needs to be locked for it. The views are into the message.
void add_refs(const Message& message, TimePoint now, std::vector<IncidentRef>& refs);
void add_refs(const ArrangeMessage& message, std::vector<IncidentRef>& refs);
void add_refs(const AlertMessage& message, TimePoint now, std::vector<IncidentRef>& refs);
/// The same for the timer of an incident.
[[nodiscard]] IncidentRef ref_of(IncidentId woken);
/// The same for a watch that is due; the view is into `key`.
[[nodiscard]] IncidentRef ref_of_watch(std::string_view key);

/// What the silences in force say of something that no alert says and no rule judges.
using SilencingOf = std::function<std::optional<Silencing>(const Alert&, const Verdict&, TimePoint)>;

/// Whether only the message is to blame: NotFound, Conflict. Any other error is the store's.
[[nodiscard]] bool is_of_message(const Error& error);

class Batch {
public:
    /// `next_incident_id` is called for each incident that is opened.
    struct Context {
        const Roster& roster;
        TimePoint now;
        std::string_view node;
        Rng& rng;
        std::function<Result<IncidentId>()> next_incident_id;
        Store& store;                      ///< Asked for what is not locked, only where that matters.
        const Arrangements& arrangements;  ///< In force before the batch.
        SilencingOf silencing{};           ///< May be empty.
        engine::TwoWay two_way{};
    };

    Batch(Context context, Locked locked);

    /// Steps the engine over one message, and takes what the store keeps out of it. An error is the message's alone, see
    /// is_of_message(), or the store's (no id could be had), after which the batch must not be committed.
    [[nodiscard]] Result<Answer> apply(Message& message);
    /// The timer of an incident.
    void wake(IncidentId id);
    /// A watch that may be due, by its key. An error is the store's.
    [[nodiscard]] Result<void> wake_watch(const std::string& key);
    /// After the last of these: what the store refused to say meanwhile; then the batch must not be committed.
    [[nodiscard]] const Result<void>& asked() const { return others_.asked(); }

    /// Gives the new alerts and pages their ids and takes all writes. Pages that are due are born under `node`'s lease until
    /// `lease_until`.
    struct Numbering {
        std::int64_t first_alert = 0;
        std::int64_t first_page = 0;
        TimePoint lease_until;
    };
    [[nodiscard]] std::size_t new_alerts() const { return writes_.alerts.size(); }
    [[nodiscard]] std::size_t new_pages() const { return writes_.pages.size(); }
    [[nodiscard]] Writes finish(const Numbering& numbering);

    /// After finish(): the pages that may leave now, with their incidents as written.
    [[nodiscard]] std::vector<Notification> leaving(const Writes& writes) const;
    /// After finish(): an incident as written, or null.
    [[nodiscard]] const Incident* incident(IncidentId id) const;
    /// What is arranged once the writes are committed; nothing if that has not changed.
    [[nodiscard]] std::optional<Arrangements> take_arranged() { return std::exchange(arranged_, {}); }

private:
    struct Work {
        Incident incident;
        engine::Sheltered sheltered;  ///< As it is now: who could rely on it before what comes next.
        engine::Standing standing;    ///< The same for relays.
        bool is_changed = false;
    };
    struct MemberWork {
        Member member;
        bool is_changed = false;
    };

    [[nodiscard]] Result<Answer> dispatch(Message& message);
    [[nodiscard]] Result<Answer> apply_alert(AlertMessage& message);
    /// Both say which incident the alert belongs to, if any.
    [[nodiscard]] Result<Answer> apply_fire(const AlertMessage& message, IncidentId& incident);
    [[nodiscard]] Answer apply_follow_up(const AlertMessage& message, IncidentId& incident);
    [[nodiscard]] Result<Answer> apply_action(const ActionMessage& message);
    // batch_relays.cpp
    /// Who says what is being applied: what two-way sources say is relayed to nobody.
    enum class Voice : std::uint8_t { Ours, OfTwoWaySource };
    [[nodiscard]] Voice voice_of(const Message& message) const;
    /// The alerts of two-way sources that fire in the incident.
    [[nodiscard]] std::vector<Member> relayable(IncidentId id);
    void relay(const engine::Relay& what, const Incident& incident, const std::vector<Member>& alerts);
    void relay(const std::vector<engine::Relay>& what, const Incident& incident);
    // batch_dossiers.cpp
    [[nodiscard]] Result<Answer> apply_dossier(DossierMessage& message);
    [[nodiscard]] const Dossier* find_dossier(const DossierName& name);
    [[nodiscard]] DossierStanding standing(const Dossier& dossier);
    [[nodiscard]] engine::DossierStep step_dossier(const DossierMessage& message);
    void put(Dossier dossier);
    // batch_arrange.cpp
    [[nodiscard]] Result<Answer> apply_arrangement(ArrangeMessage& message);
    [[nodiscard]] Result<Answer> arrange(MakeOverrides& make);
    [[nodiscard]] Result<Answer> arrange(const EndOverride& end);
    [[nodiscard]] Result<Answer> arrange(MakeSilence& make);
    [[nodiscard]] Result<Answer> arrange(const EndSilence& end);
    [[nodiscard]] Result<Answer> arrange(const ExtendSilence& extend);
    [[nodiscard]] Result<Answer> arrange(Tell& tell);
    [[nodiscard]] const Arrangements& arrangements() const { return arranged_ ? *arranged_ : context_.arrangements; }
    Arrangements& changed_arrangements();
    [[nodiscard]] Result<MadeSilence> standing_silence(ArrangementId id) const;
    void write(const MadeSilence& made);
    void apply_judgements(const MadeSilence& made, const std::vector<JudgedIncident>& judged, const std::string& by);
    /// All that is to be handed over is looked at, as shifts begin and end otherwise from now on.
    void look_at_hand_overs();
    /// What it still silences once everything that was judged has been.
    void lift(const MadeSilence& made, const std::string& by);
    /// Forgets a silence that was ended while the alert waited.
    void drop_ended_silence(Verdict& verdict) const;

    [[nodiscard]] Answer apply_attempt(const AttemptMessage& message);
    [[nodiscard]] Result<Answer> apply_merge(const MergeMessage& message);
    [[nodiscard]] Result<Answer> apply_split(const SplitMessage& message);
    [[nodiscard]] Result<Answer> open(const AlertMessage& message, IncidentId& incident);
    void join_into(Work& work, const AlertMessage& message);
    void reopen(Work& work, const AlertMessage& message);
    [[nodiscard]] Answer apply_digest_attempt(const AttemptMessage& message);
    [[nodiscard]] Answer apply_stale(const StaleMessage& message);

    /// The open incident with this key, or what that was merged into, else one that is resolved.
    Work* find_latest(std::string_view key);
    /// The open incident with this key or origin key in which the alert is firing.
    Work* home_of(const Alert& alert, std::string_view key);
    // Watches: batch_watches.cpp.
    [[nodiscard]] Result<Answer> apply_beat(const std::string& key);
    [[nodiscard]] Result<Answer> apply_watches(const WatchesMessage& message);
    [[nodiscard]] Result<Answer> apply_drill(const DrillMessage& message);
    [[nodiscard]] Result<void> heartbeat_is_due(const Heartbeat& heartbeat, const Watch& watch);
    [[nodiscard]] Result<void> drill_is_due(const PlannedDrill& drill, const Watch& watch);
    /// The open incident of the watch, or what that was merged into.
    [[nodiscard]] Work* open_of(std::string_view key);
    [[nodiscard]] const Watch* watch(std::string_view key) const;
    void put(Watch watch);
    void forget(const std::string& key);
    [[nodiscard]] Answer adopt_opened(engine::Transition transition);
    Work* find(IncidentId id);
    Work& adopt(Incident incident);
    void take(Work& work, engine::Transition transition, engine::Lateness lateness = engine::Lateness::OnTime);
    void advance(Work& work, const engine::Event& event, engine::Lateness lateness = engine::Lateness::OnTime);
    [[nodiscard]] engine::Surroundings around(std::string_view service);
    void overtake(Overtaken overtaken);
    /// The members of one alert: positions in members_.
    [[nodiscard]] std::vector<std::size_t>* members_of(const Alert& alert);
    engine::Membership join(const Alert& alert, IncidentId id);
    void put_member(Member member);
    /// Positions in members_.
    [[nodiscard]] std::vector<std::size_t> members_in(IncidentId id) const;
    /// The members of one incident are those of the other too from now on, and fire only there; says how many began to.
    std::int64_t move_members(IncidentId from, IncidentId into);
    [[nodiscard]] static Answer answer_about(const Work& work);

    Context context_;
    std::vector<Work> works_;
    ByName<std::size_t> by_key_;  ///< The open one with a key, else the newest.
    std::unordered_map<IncidentId, std::size_t> by_id_;
    std::vector<MemberWork> members_;
    ByName<std::vector<std::size_t>> members_by_alert_;
    struct WatchWork {
        Watch watch;
        bool is_changed = false;
        bool is_forgotten = false;
    };
    std::map<std::string, WatchWork, std::less<>> watches_;
    struct DossierWork {
        Dossier dossier;
        bool is_changed = false;
    };
    std::vector<DossierWork> dossiers_;  ///< New ones behind those that they take the place of.
    Writes writes_;
    Others others_;
    Voice voice_ = Voice::Ours;
    std::optional<Arrangements> arranged_;
};

}  // namespace tocsin::runtime
