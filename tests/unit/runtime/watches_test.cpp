// What a batch makes of a watch that is due.
#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.hpp"
#include "core/runtime/batch.hpp"
#include "tests/support/fake_store.hpp"

namespace tocsin::runtime::watches_test {
namespace {

const TimePoint kDue = from_unix_ms(1'772'446'800'000);  // 2026-03-02T10:20Z, a Monday.

Roster roster() {
    Roster roster;
    roster.people["ana"].id = "ana";
    PlannedDrill drill;
    drill.id = "monday";
    drill.target = {DrillTarget::Kind::Person, "ana"};
    drill.at = 10 * 60 + 20;
    roster.drills["monday"] = drill;
    return roster;
}

Writes woken(const Watch& watch, TimePoint now) {
    const auto team = roster();
    Rng rng{1};
    FakeStore store;
    const Arrangements nothing;
    Batch batch({team, now, "node", rng, [] { return Result<IncidentId>{IncidentId{7}}; }, store, nothing},
                Locked{{}, {}, {watch}});
    EXPECT_TRUE(batch.wake_watch(watch.key));
    return batch.finish({1, 1, now});
}

TEST(DueWatch, OfADrillOpensItAndMovesToTheNextTime) {
    const auto writes = woken({"drill:monday", kDue, {}, {}}, kDue + std::chrono::minutes{3});
    ASSERT_EQ(writes.incidents.size(), 1U);
    EXPECT_TRUE(writes.incidents.front().is_drill);
    ASSERT_EQ(writes.watches.size(), 1U);
    EXPECT_EQ(writes.watches.front(), (Watch{"drill:monday", kDue + std::chrono::weeks{1}, kDue, {}}));
}

TEST(DueWatch, OfADrillWhoseTimeIsLongOverIsLeftOut) {
    const auto writes = woken({"drill:monday", kDue, {}, {}}, kDue + limits::kDrillLateMax + Duration{1});
    EXPECT_TRUE(writes.incidents.empty());
    EXPECT_EQ(writes.watches.front().due_at, kDue + std::chrono::weeks{1});
}

TEST(DueWatch, ThatIsNotDueAfterAllIsLeftAlone) {
    EXPECT_TRUE(woken({"drill:monday", kDue, {}, {}}, kDue - Duration{1}).is_empty());
}

TEST(DueWatch, ThatTheRulebookDoesNotHaveIsForgotten) {
    EXPECT_EQ(woken({"drill:tuesday", kDue, {}, {}}, kDue).forgotten_watches, std::vector<std::string>{"drill:tuesday"});
}

}  // namespace
}  // namespace tocsin::runtime::watches_test
