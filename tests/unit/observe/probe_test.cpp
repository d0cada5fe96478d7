// What is counted and said of what the runtime does.
#include "daemon/observe/probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::observe::probe_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ObservedProbeTest : public testing::Test {
protected:
    ObservedProbeTest() {
        log::Options options{.level = log::Level::Info, .format = log::Format::Journald};
        options.write = [this](std::string_view line) { lines_.emplace_back(line); };
        EXPECT_TRUE(log::start(std::move(options)));
        incident_.id = IncidentId{42};
        incident_.severity = Severity::High;
        incident_.service = "checkout";
        incident_.summary = "checkout errors";
        page_.incident = IncidentId{42};
        page_.person = "lahore-a";
        page_.via = "push";
        page_.channel = "hook";
        page_.why = "on call in learner-primary";
    }
    ~ObservedProbeTest() override { log::stop(); }

    const std::vector<std::string>& said() {
        log::stop();
        return lines_;
    }

    std::vector<std::string> lines_;
    Metrics metrics_{{.version = "0", .sources = {}, .channels = {"hook"}}};
    ObservedProbe probe_{metrics_};
    Incident incident_;
    Page page_;
};

TEST_F(ObservedProbeTest, LogsADecisionWithItsReason) {
    probe_.happened({IncidentId{42}, {}, Reason::StepTimedOut, "", "step 2: lahore-b"}, incident_);
    EXPECT_THAT(said(),
                ElementsAre("<6>event=decided reason=step_timed_out incident=42 severity=high service=checkout actor=\"\" "
                            "msg=\"step 2: lahore-b\"\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_decisions_total{reason=\"step_timed_out\"} 1\n"));
}

TEST_F(ObservedProbeTest, IsLoudestWhenNobodyCanBePaged) {
    probe_.happened({IncidentId{42}, {}, Reason::NobodyReachable, "", "no contact"}, incident_);
    probe_.happened({IncidentId{42}, {}, Reason::EscalationMissing, "", "no policy"}, incident_);
    ASSERT_EQ(lines_.size(), 2U) << "critical lines do not wait in the queue";
    EXPECT_THAT(lines_[0], testing::StartsWith("<2>event=nobody_reachable "));
    EXPECT_THAT(lines_[1], testing::StartsWith("<2>event=escalation_missing "));
}

TEST_F(ObservedProbeTest, CountsADeliveryAndHowLongItTook) {
    probe_.page_attempted(page_, {}, 40ms);
    EXPECT_THAT(said(), ElementsAre("<6>event=page_delivered incident=42 page=42-0-0-0-lahore-a-push channel=hook took_ms=40\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_page_attempts_total{channel=\"hook\",outcome=\"delivered\"} 1\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_accept_to_page_seconds_count 1\n"));
}

TEST_F(ObservedProbeTest, DoesNotMeasureAPageThatWasToWait) {
    auto later = page_;
    later.due_at = later.decided_at + 5min;
    probe_.page_attempted(later, {}, 5min);
    auto second_step = page_;
    second_step.reason = Reason::StepTimedOut;
    probe_.page_attempted(second_step, {}, 10ms);
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_accept_to_page_seconds_count 0\n"));
}

TEST_F(ObservedProbeTest, CountsAFailureThatMayBeRetriedAsADelay) {
    probe_.page_attempted(page_, Error{Errc::Unavailable, "answered 503", Retry::now()}, 10ms);
    EXPECT_THAT(said(), ElementsAre("<4>event=page_delayed incident=42 page=42-0-0-0-lahore-a-push channel=hook attempt=1 "
                                    "error=\"answered 503\"\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("{channel=\"hook\",outcome=\"delayed\"} 1\n"));
}

TEST_F(ObservedProbeTest, CountsARefusalAsAFailure) {
    probe_.page_attempted(page_, Error{Errc::Rejected, "answered 404"}, 10ms);
    EXPECT_THAT(said(), ElementsAre(testing::StartsWith("<3>event=page_failed ")));
    EXPECT_THAT(metrics_.text(), HasSubstr("{channel=\"hook\",outcome=\"failed\"} 1\n"));
}

TEST_F(ObservedProbeTest, SaysNothingOfAnAttemptThatWasCutOffByStopping) {
    probe_.page_attempted(page_, Error{Errc::Cancelled, "stopping"}, 10ms);
    EXPECT_THAT(said(), IsEmpty());
    EXPECT_THAT(metrics_.text(), HasSubstr("{channel=\"hook\",outcome=\"failed\"} 0\n"));
}

TEST_F(ObservedProbeTest, SaysWhatTheStoreRefused) {
    probe_.commit_failed(25, Error{Errc::Unavailable, "disk full"});
    EXPECT_THAT(said(), ElementsAre("<3>event=commit_failed messages=25 error=\"disk full\" "
                                    "msg=\"the senders were told to come again\"\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_commit_failures_total 1\n"));
}

TEST_F(ObservedProbeTest, CountsCommitsAndDepthWithoutALine) {
    probe_.committed(25, 400us);
    probe_.mailbox_depth(9);
    EXPECT_THAT(said(), IsEmpty());
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_commit_seconds_count 1\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("tocsin_mailbox_messages 9\n"));
}

TEST_F(ObservedProbeTest, WritesTheLineThatIsAPage) {
    log::set_level(log::Level::Error);
    log_page({page_, incident_});
    EXPECT_THAT(lines_, ElementsAre("<2>event=page key=42-0-0-0-lahore-a-push urgency=page person=lahore-a via=push incident=42 "
                                    "severity=high service=checkout reason=first_step why=\"on call in learner-primary\" "
                                    "msg=\"checkout errors\"\n"));
}

}  // namespace
}  // namespace tocsin::observe::probe_test
