// One batch: messages stepped through the engine over the incidents that the store has locked for them. No I/O, no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/rng.hpp"
#include "core/engine/alert_event.hpp"
#include "core/engine/engine.hpp"
#include "core/model/roster.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/message.hpp"

namespace tocsin::runtime {

/// What a message needs to be locked for it. The views are into the message.
[[nodiscard]] IncidentRef ref_of(const Message& message);

class Batch {
public:
    /// `next_incident_id` is called for each incident that is opened.
    struct Context {
        const Roster& roster;
        TimePoint now;
        std::string_view node;
        Rng& rng;
        std::function<Result<IncidentId>()> next_incident_id;
    };

    Batch(Context context, Locked locked);

    /// Steps the engine over one message, and takes what the store keeps out of it. An error is the message's alone (NotFound),
    /// or the store's (no id could be had), after which the batch must not be committed.
    [[nodiscard]] Result<Answer> apply(Message& message);
    /// The timer of an incident.
    void wake(IncidentId id);

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

private:
    struct Work {
        Incident incident;
        bool is_changed = false;
    };
    struct MemberWork {
        Member member;
        bool is_changed = false;
    };

    [[nodiscard]] Result<Answer> apply_alert(AlertMessage& message);
    /// Both say which incident the alert belongs to, if any.
    [[nodiscard]] Result<Answer> apply_fire(const AlertMessage& message, IncidentId& incident);
    [[nodiscard]] Answer apply_follow_up(const AlertMessage& message, IncidentId& incident);
    [[nodiscard]] Result<Answer> apply_action(const ActionMessage& message);
    [[nodiscard]] Answer apply_attempt(const AttemptMessage& message);

    Work* find_open(std::string_view key);
    Work* find(IncidentId id);
    Work& adopt(Incident incident);
    void take(Work& work, engine::Transition transition);
    void overtake(Overtaken overtaken);
    void advance(Work& work, const engine::Event& event);
    /// The members of one alert: positions in members_.
    [[nodiscard]] std::vector<std::size_t>* members_of(const Alert& alert);
    engine::Membership join(const Alert& alert, IncidentId id);
    [[nodiscard]] static Answer answer_about(const Work& work);

    /// Looks a view up without making a string of it.
    struct KeyHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
    };
    template <class Value>
    using ByName = std::unordered_map<std::string, Value, KeyHash, std::equal_to<>>;

    Context context_;
    std::vector<Work> works_;
    ByName<std::size_t> by_key_;  ///< The newest with a key; open or resolved in this batch.
    std::unordered_map<IncidentId, std::size_t> by_id_;
    std::vector<MemberWork> members_;
    ByName<std::vector<std::size_t>> members_by_alert_;
    Writes writes_;
};

}  // namespace tocsin::runtime
