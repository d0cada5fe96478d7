// Alerts that only repeat: whatever a store spares itself of writing, readers and whoever opens it next see all of them.
#include <map>

#include "core/base/rng.hpp"
#include "tests/contract/stores.hpp"

namespace tocsin::contract::repeats_test {
namespace {

using testing::ElementsAre;

class Repeats : public StoreContract {
protected:
    /// One batch with one more alert of an incident that changes nothing else.
    void repeat(Incident& incident, std::int64_t alert_id) {
        auto one = alert(alert_id, incident.id.value);
        incident.alerts += 1;
        incident.last_alert_at = one.received_at;
        if (incident.resolve_after.count() > 0) incident.resolve_due_at = one.received_at + incident.resolve_after;
        commit({.incidents = {incident}, .alerts = {one}});
    }
    /// In the file, in the list, and in what the engine is given.
    void expect_everywhere(const Incident& expected) {
        const auto one = reader().incident(expected.id);
        ASSERT_TRUE(one) << one.error().message();
        EXPECT_EQ(*one, expected);
        const auto list = reader().incidents({});
        ASSERT_TRUE(list) << list.error().message();
        EXPECT_THAT(*list, testing::Contains(expected));
        EXPECT_THAT(locked({{.key = {}, .id = expected.id, .source = {}, .alert_key = {}}}).incidents, ElementsAre(expected));
    }
    std::vector<std::int64_t> alert_ids(IncidentId id, std::size_t limit) {
        const auto alerts = reader().alerts(id, limit);
        EXPECT_TRUE(alerts);
        std::vector<std::int64_t> ids;
        if (alerts) {
            for (const auto& one : *alerts) ids.push_back(one.id.value);
        }
        return ids;
    }
};
INSTANTIATE_TEST_SUITE_P(All, Repeats, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Repeats, AreSeenAtOnceAndAfterReopening) {
    auto lms = incident(1, "lms");
    lms.resolve_after = std::chrono::minutes{30};
    commit({.incidents = {lms}, .alerts = {alert(1, 1)}});
    for (std::int64_t id = 2; id <= 4; ++id) repeat(lms, id);
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 3), ElementsAre(4, 3, 2));
    reopen();
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 10), ElementsAre(4, 3, 2, 1));
}

TEST_P(Repeats, GoOnAfterReopening) {
    auto lms = incident(1, "lms");
    commit({.incidents = {lms}, .alerts = {alert(1, 1)}});
    repeat(lms, 2);
    reopen();
    repeat(lms, 3);
    reopen();
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 10), ElementsAre(3, 2, 1));
}

TEST_P(Repeats, AreKeptByAChangeThatFollowsThem) {
    auto lms = incident(1, "lms");
    commit({.incidents = {lms}, .alerts = {alert(1, 1)}});
    repeat(lms, 2);
    lms.state = IncidentState::Acknowledged;
    lms.acknowledged_by = "lahore-a";
    commit(lms);
    repeat(lms, 3);
    reopen();
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 10), ElementsAre(3, 2, 1));
}

TEST_P(Repeats, DoNotCountAnAlertThatTheIncidentDidNotCount) {
    auto lms = incident(1, "lms");
    commit({.incidents = {lms}, .alerts = {alert(1, 1)}});
    repeat(lms, 2);
    commit({.incidents = {lms}, .alerts = {alert(3, 1)}});  // The source said something about it.
    commit({.alerts = {alert(4, 1)}});
    repeat(lms, 5);
    reopen();
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 10), ElementsAre(5, 4, 3, 2, 1));
}

TEST_P(Repeats, AreNotLostWhenTheIncidentFallsSilentForLong) {
    auto quiet = incident(1, "quiet");
    auto loud = incident(2, "loud");
    commit({.incidents = {quiet, loud}, .alerts = {alert(1, 1), alert(2, 2)}});
    repeat(quiet, 3);
    for (std::int64_t id = 1'000; id < 30'000; id += 1'000) repeat(loud, id);
    expect_everywhere(quiet);
    reopen();
    expect_everywhere(quiet);
    expect_everywhere(loud);
}

TEST_P(Repeats, AreNotForgottenWhenTheirAlertsArePruned) {
    auto lms = incident(1, "lms");
    lms.resolve_after = std::chrono::minutes{30};
    commit({.incidents = {lms}, .alerts = {alert(1, 1)}});
    for (std::int64_t id = 2; id <= 4; ++id) repeat(lms, id);
    commit({.incidents = {incident(2, "newest")}, .alerts = {alert(5, 2)}});
    const auto pruned = store().prune({.alerts_before = at(1'000'000), .rows_max = 3});
    ASSERT_TRUE(pruned) << pruned.error().message();
    EXPECT_EQ(pruned->rows, 3);
    expect_everywhere(lms);
    reopen();
    expect_everywhere(lms);
    EXPECT_THAT(alert_ids({1}, 10), ElementsAre(4));
    repeat(lms, 6);
    reopen();
    expect_everywhere(lms);
}

/// What the store should hold, and batches that are valid for it.
class Model {
public:
    explicit Model(std::uint64_t seed) : rng_(seed) {}

    Writes batch() {
        Writes writes;
        std::map<std::int64_t, Incident> changed;
        for (auto left = 1 + rng_.below(6); left > 0; --left) {
            next_alert_ += 1 + static_cast<std::int64_t>(rng_.below(10) == 0 ? rng_.below(5'000) : 0);
            const auto id = 1 + static_cast<std::int64_t>(rng_.below(5));
            const auto is_new = !incidents_.contains(id);
            auto& one = incidents_.try_emplace(id, incident(id, "key-" + std::to_string(id))).first->second;
            writes.alerts.push_back(alert(next_alert_, id));
            if (!is_new) happen_to(one, writes.alerts.back());
            if (rng_.below(8) != 0 || is_new) changed.insert_or_assign(id, one);
            alerts_[id].push_back(next_alert_);
        }
        for (const auto& [id, before] : changed) writes.incidents.push_back(incidents_.at(id));
        for (auto& [id, one] : incidents_) {  // What is not written did not happen.
            if (!changed.contains(id) && written_.contains(id)) one = written_.at(id);
        }
        for (const auto& one : writes.incidents) written_.insert_or_assign(one.id.value, one);
        return writes;
    }
    [[nodiscard]] const std::map<std::int64_t, Incident>& incidents() const { return incidents_; }
    [[nodiscard]] std::vector<std::int64_t> newest_alerts(std::int64_t id) const {
        const auto& all = alerts_.at(id);
        return {all.rbegin(), all.rbegin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(all.size(), 5))};
    }

private:
    void happen_to(Incident& one, const StoredAlert& alert) {
        const auto what = rng_.below(12);
        if (what == 0) return;  // A word of the source that changes nothing.
        one.alerts += 1;
        one.last_alert_at = alert.received_at;
        if (one.resolve_after.count() > 0) one.resolve_due_at = alert.received_at + one.resolve_after;
        if (what == 1) one.firing += 1;
        if (what == 2) one.resolve_after = one.resolve_after + std::chrono::minutes{1};
        if (what == 3) one.summary += "!";
    }

    Rng rng_;
    std::int64_t next_alert_ = 0;
    std::map<std::int64_t, Incident> incidents_;
    std::map<std::int64_t, Incident> written_;
    std::map<std::int64_t, std::vector<std::int64_t>> alerts_;
};

TEST_P(Repeats, AgreeWithAModelWhateverTheOrder) {
    constexpr std::uint64_t kSeed = 20'261'124;
    Model model(kSeed);
    for (int turn = 0; turn < 150; ++turn) {
        SCOPED_TRACE(turn);
        commit(model.batch());
        if (turn % 7 == 0) reopen();
        for (const auto& [id, expected] : model.incidents()) {
            expect_everywhere(expected);
            EXPECT_EQ(alert_ids({id}, 5), model.newest_alerts(id));
        }
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace tocsin::contract::repeats_test
