// What a batch asks of others than the incidents that it locked: what is open at the services that one needs, and how often
// somebody was paged lately. Each thing is asked of the store once a batch, and what the batch itself did is added.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/digest.hpp"
#include "core/model/roster.hpp"
#include "core/ports/store.hpp"

namespace tocsin::runtime {

/// Looks a view up without making a string of it.
struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
};
template <class Value>
using ByName = std::unordered_map<std::string, Value, KeyHash, std::equal_to<>>;

class Others {
public:
    /// All must outlive it.
    Others(Store& store, const Roster& roster, TimePoint now) : store_(store), roster_(roster), now_(now) {}

    /// The batch's own state of an incident, or null.
    using Here = std::function<const Incident*(IncidentId)>;
    [[nodiscard]] engine::Surroundings around(std::string_view service, const Here& here);

    /// As the store has them.
    [[nodiscard]] std::vector<Member> firing_members(IncidentId id);

    /// The batch opened it.
    void opened(const Incident& incident);

    /// Puts what is above the limits into digests, and counts what is not.
    void hold_back(engine::Transition& t, engine::Lateness lateness);

    /// The digest that a page which is stale goes into, with its pages if it is new.
    struct Folded {
        std::string digest;
        std::vector<Page> pages;
        std::string detail;
    };
    [[nodiscard]] Folded fold(const Page& stale);

    /// The first error of the store. What was not learnt for it holds nobody back.
    [[nodiscard]] const Result<void>& asked() const { return asked_; }

private:
    template <class Value>
    Value take(Result<Value> answer, std::string_view what);
    const std::vector<engine::Neighbour>& open_of(std::string_view service);
    std::int64_t& pagings_of_service(const Incident& incident);
    std::int64_t& pagings_of(std::string_view person);
    std::string& digest_of(std::string_view person);
    void count(const engine::Transition& t);

    Store& store_;
    const Roster& roster_;
    TimePoint now_;
    Result<void> asked_{};
    ByName<std::vector<engine::Neighbour>> open_;        ///< By service, as the store has them.
    ByName<std::vector<IncidentId>> opened_by_service_;  ///< In this batch.
    ByName<std::int64_t> services_;                      ///< How often they were paged for.
    ByName<std::int64_t> people_;
    ByName<std::string> digests_;  ///< By person; empty: none is open.
};

}  // namespace tocsin::runtime
