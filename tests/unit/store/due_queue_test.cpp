// Who gets what is due.
#include "daemon/store/due_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::store::due_queue_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TimePoint at(std::int64_t ms) { return from_unix_ms(ms); }

TEST(DueQueue, GivesWhatIsDueLongestDueFirst) {
    DueQueue queue;
    queue.put(1, at(30), {});
    queue.put(2, at(10), {});
    queue.put(3, at(31), {});
    EXPECT_THAT(queue.free_and_due(at(30), 10), ElementsAre(2, 1));
}

TEST(DueQueue, AnotherPutMovesAThingAndEndsItsLease) {
    DueQueue queue;
    queue.put(1, at(10), {"node-a", at(100)});
    queue.put(1, at(20), {});
    EXPECT_THAT(queue.free_and_due(at(19), 10), IsEmpty());
    EXPECT_THAT(queue.free_and_due(at(20), 10), ElementsAre(1));
}

TEST(DueQueue, ALeaseThatRanOutIsOrderedByWhenTheThingWasDue) {
    DueQueue queue;
    queue.put(1, at(20), {});
    queue.put(2, at(10), {"node-a", at(50)});
    EXPECT_THAT(queue.free_and_due(at(50), 10), ElementsAre(2, 1));
}

TEST(DueQueue, ALeaseThatHadRunOutHoldsAgainWhenTheClockStepsBack) {
    DueQueue queue;
    queue.put(1, at(10), {"node-a", at(50)});
    ASSERT_THAT(queue.free_and_due(at(60), 10), ElementsAre(1));
    EXPECT_THAT(queue.free_and_due(at(40), 10), IsEmpty());
    EXPECT_EQ(queue.next(), at(50));
    EXPECT_THAT(queue.free_and_due(at(50), 10), ElementsAre(1));
}

TEST(DueQueue, ForgetsWhatIsErased) {
    DueQueue queue;
    queue.put(1, at(10), {});
    queue.put(2, at(10), {"node-a", at(50)});
    queue.erase(1);
    queue.erase(2);
    queue.erase(3);
    EXPECT_EQ(queue.next(), std::nullopt);
    EXPECT_FALSE(queue.contains(1));
}

TEST(DueQueue, ReleasesOneOwnersLeasesOnly) {
    DueQueue queue;
    queue.put(1, at(10), {"node-a", at(50)});
    queue.put(2, at(10), {"node-b", at(50)});
    queue.release("node-a");
    EXPECT_THAT(queue.free_and_due(at(10), 10), ElementsAre(1));
    EXPECT_EQ(queue.next(), at(10));
}

}  // namespace
}  // namespace tocsin::store::due_queue_test
