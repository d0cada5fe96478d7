// The mailbox: bounds, order, closing, and waking the engine.
#include "core/runtime/mailbox.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace tocsin::runtime::mailbox_test {
namespace {

Message about(std::int64_t incident) { return {ActionMessage{IncidentId{incident}, engine::Woke{}}, {}}; }

std::int64_t incident_of(const Message& message) { return std::get<ActionMessage>(message.what).incident.value; }

TEST(Mailbox, GivesEverythingThatWaitsInOrder) {
    Mailbox mailbox{10};
    for (std::int64_t i = 1; i <= 3; ++i) {
        auto message = about(i);
        ASSERT_EQ(mailbox.post(message), Mailbox::Posted::Taken);
    }
    std::vector<Message> taken;
    EXPECT_TRUE(mailbox.take_now(taken, 2));
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(incident_of(taken[1]), 2);
    EXPECT_TRUE(mailbox.take_now(taken, 2));
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(incident_of(taken[0]), 3);
}

TEST(Mailbox, RefusesWhatIsTooMuchAndLeavesItAsItWas) {
    Mailbox mailbox{1};
    auto first = about(1);
    auto second = about(2);
    ASSERT_EQ(mailbox.post(first), Mailbox::Posted::Taken);
    EXPECT_TRUE(mailbox.is_full());
    EXPECT_EQ(mailbox.post(second), Mailbox::Posted::Full);
    EXPECT_EQ(incident_of(second), 2);
    EXPECT_TRUE(mailbox.post_always(std::move(second))) << "an outcome must not be lost";
    EXPECT_EQ(mailbox.depth(), 2U);
}

TEST(Mailbox, ClosedTakesNothingNewAndGivesTheRest) {
    Mailbox mailbox{10};
    auto message = about(1);
    ASSERT_EQ(mailbox.post(message), Mailbox::Posted::Taken);
    mailbox.close();
    auto late = about(2);
    EXPECT_EQ(mailbox.post(late), Mailbox::Posted::Closed);
    EXPECT_FALSE(mailbox.post_always(about(3)));
    std::vector<Message> taken;
    EXPECT_TRUE(mailbox.take(taken, 10, {}));
    EXPECT_EQ(taken.size(), 1U);
    EXPECT_FALSE(mailbox.take(taken, 10, {}));
}

TEST(Mailbox, EveryMessageOfManyThreadsArrivesOnce) {
    constexpr std::int64_t kThreads = 4;
    constexpr std::int64_t kEach = 2'000;
    Mailbox mailbox{static_cast<std::size_t>(kThreads * kEach)};
    std::vector<std::thread> senders;
    for (std::int64_t t = 0; t < kThreads; ++t) {
        senders.emplace_back([&mailbox, t] {
            for (std::int64_t i = 0; i < kEach; ++i) {
                auto message = about(t * kEach + i);
                ASSERT_EQ(mailbox.post(message), Mailbox::Posted::Taken);
            }
        });
    }
    std::vector<bool> seen(kThreads * kEach);
    std::vector<Message> taken;
    for (std::size_t arrived = 0; arrived < seen.size(); arrived += taken.size()) {
        ASSERT_TRUE(mailbox.take(taken, 100, {}));
        for (const auto& message : taken) {
            const auto which = static_cast<std::size_t>(incident_of(message));
            EXPECT_FALSE(seen[which]);
            seen[which] = true;
        }
    }
    for (auto& sender : senders) sender.join();
}

}  // namespace
}  // namespace tocsin::runtime::mailbox_test
