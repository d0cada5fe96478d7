// The outbox: what waits, what leaves, and what is dropped first.
#include "core/runtime/outbox.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"

namespace tocsin::runtime::outbox_test {
namespace {

class StillClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return wall; }
    [[nodiscard]] MonotonicPoint monotonic() const override { return {}; }
    TimePoint wall{};
};

/// A provider that answers when the test says so.
class SlowNotifier final : public Notifier {
public:
    void send(Notification notification, Deadline, OnOutcome on_outcome) override {
        sent.push_back(notification.page.id.value);
        answers.push_back(std::move(on_outcome));
    }
    void answer_first(Result<Receipt> outcome = Receipt{}) {
        const auto answer = std::move(answers.front());
        answers.pop_front();
        answer(std::move(outcome));
    }
    std::vector<std::int64_t> sent;
    std::deque<OnOutcome> answers;
};

class NoProbe final : public Probe {
public:
    void committed(std::size_t, std::chrono::nanoseconds) override {}
    void commit_failed(std::size_t, const Error&) override {}
    void happened(const TimelineEntry&, const Incident&) override {}
    void page_attempted(const Page&, const Result<void>&, std::chrono::milliseconds) override {}
    void mailbox_depth(std::size_t) override {}
};

class OutboxTest : public testing::Test {
protected:
    static Notification page(std::int64_t id, std::int64_t incident) {
        Notification notification;
        notification.page.id = PageId{id};
        notification.page.incident = IncidentId{incident};
        notification.page.lease_until = TimePoint{} + limits::kLease;
        return notification;
    }
    /// An acknowledgement of an alert, while the incident is in this state.
    static Notification relay(std::int64_t id, const std::string& alert, IncidentState state = IncidentState::Acknowledged) {
        auto notification = page(id, 1);
        notification.page.step = kRelayStep;
        notification.page.via = "acknowledge";
        notification.page.address = alert;
        notification.incident.state = state;
        return notification;
    }
    void take(std::vector<Notification> pages, std::vector<Overtaken> overtaken = {}) {
        outbox_.take(std::move(pages), std::move(overtaken));
        run_posted();
    }
    void run_posted() {
        while (!posted_.empty()) {
            const auto what = std::move(posted_.front());
            posted_.pop_front();
            what();
        }
    }
    /// As many pages of incident 1 as may be under way at once, under ids that count down from -1.
    void fill() {
        std::vector<Notification> pages;
        for (std::size_t i = 0; i < limits::kParallelSendsMax; ++i) pages.push_back(page(-1 - static_cast<std::int64_t>(i), 1));
        take(std::move(pages));
        notifier_.sent.clear();
    }

    StillClock clock_;
    SlowNotifier notifier_;
    NoProbe probe_;
    std::deque<std::function<void()>> posted_;
    std::vector<AttemptMessage> reported_;
    Outbox outbox_{notifier_, probe_, clock_, [this](auto what) { posted_.push_back(std::move(what)); },
                   [this](AttemptMessage attempt) { reported_.push_back(std::move(attempt)); }};
};

TEST_F(OutboxTest, SendsNoMoreAtOnceThanTheLimitAndTheRestAsAnswersCome) {
    fill();
    take({page(1, 1)});
    EXPECT_TRUE(notifier_.sent.empty());
    notifier_.answer_first();
    run_posted();
    EXPECT_EQ(notifier_.sent, std::vector<std::int64_t>{1});
}

TEST_F(OutboxTest, AcknowledgedWhileItWaitedIsNotSent) {
    fill();
    take({page(1, 7), page(2, 8)});
    take({}, {Overtaken{IncidentId{7}}});
    notifier_.answer_first();
    notifier_.answer_first();
    run_posted();
    EXPECT_EQ(notifier_.sent, std::vector<std::int64_t>{2});
}

TEST_F(OutboxTest, PageThatItHoldsAlreadyIsNotTakenTwice) {
    take({page(1, 1)});
    take({page(1, 1)});
    EXPECT_EQ(notifier_.sent.size(), 1U);
    notifier_.answer_first(Error{Errc::Unavailable, "503", Retry::now()});
    run_posted();
    take({page(1, 1)});
    EXPECT_EQ(notifier_.sent.size(), 2U) << "the next attempt is another claim of the same page";
}

TEST_F(OutboxTest, WaitedForLongerThanItsLeaseIsLeftToTheNextClaim) {
    fill();
    take({page(1, 1)});
    clock_.wall += limits::kLease;
    notifier_.answer_first();
    run_posted();
    EXPECT_TRUE(notifier_.sent.empty());
    auto again = page(1, 1);
    again.page.lease_until = clock_.wall + limits::kLease;
    take({again});
    EXPECT_EQ(notifier_.sent, std::vector<std::int64_t>{1});
}

TEST_F(OutboxTest, EveryOutcomeIsReportedOnce) {
    take({page(1, 1), page(2, 1)});
    notifier_.answer_first();
    notifier_.answer_first(Error{Errc::Rejected, "no such number"});
    run_posted();
    ASSERT_EQ(reported_.size(), 2U);
    EXPECT_TRUE(reported_[0].outcome.has_value());
    EXPECT_FALSE(reported_[1].outcome.has_value());
}

TEST_F(OutboxTest, RelaysKeepNoPageWaiting) {
    std::vector<Notification> relays;
    for (std::int64_t i = 0; i < 100; ++i) relays.push_back(relay(100 + i, "alert " + std::to_string(i)));
    take(std::move(relays));
    EXPECT_EQ(notifier_.sent.size(), limits::kParallelRelaysMax);
    notifier_.sent.clear();
    fill();
    take({page(1, 1)});
    EXPECT_TRUE(notifier_.sent.empty()) << "the limit of pages is as it was";
    EXPECT_EQ(outbox_.waiting(), 101U - limits::kParallelRelaysMax);
}

TEST_F(OutboxTest, ARelayWaitsForTheOneBeforeItToTheSameAlert) {
    take({relay(1, "a"), relay(2, "a"), relay(3, "b")});
    EXPECT_EQ(notifier_.sent, (std::vector<std::int64_t>{1, 3}));
    notifier_.answer_first(Error{Errc::Unavailable, "503", Retry::now()});
    run_posted();
    EXPECT_EQ(notifier_.sent, (std::vector<std::int64_t>{1, 3, 2}));
}

TEST_F(OutboxTest, ARelayThatSaysWhatIsTrueNoLongerIsNotSent) {
    take({relay(1, "a", IncidentState::Resolved), relay(2, "a")});
    EXPECT_EQ(notifier_.sent, std::vector<std::int64_t>{2});
    ASSERT_EQ(reported_.size(), 1U);
    EXPECT_EQ(reported_[0].outcome.error().code(), Errc::Cancelled);
}

TEST_F(OutboxTest, ARelayThatWaitedForLongerThanItsLeaseIsLeftToTheNextClaim) {
    take({relay(1, "a"), relay(2, "a")});
    clock_.wall += limits::kLease;
    notifier_.answer_first();
    run_posted();
    EXPECT_EQ(notifier_.sent, std::vector<std::int64_t>{1});
    EXPECT_EQ(outbox_.waiting(), 0U);
    auto again = relay(2, "a");
    again.page.lease_until = clock_.wall + limits::kLease;
    take({again});
    EXPECT_EQ(notifier_.sent, (std::vector<std::int64_t>{1, 2}));
}

TEST_F(OutboxTest, StopsOnceWhatIsUnderWayHasItsAnswer) {
    take({page(1, 1)});
    bool is_idle = false;
    outbox_.stop([&] { is_idle = true; });
    EXPECT_FALSE(is_idle);
    take({page(2, 1)});
    notifier_.answer_first();
    run_posted();
    EXPECT_TRUE(is_idle);
    EXPECT_EQ(reported_.size(), 1U);
    EXPECT_EQ(notifier_.sent.size(), 1U) << "nothing begins after stop()";
}

}  // namespace
}  // namespace tocsin::runtime::outbox_test
