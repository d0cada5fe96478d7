// An incident that somebody gives on by hand.
#include "tests/unit/engine/escalate_kit.hpp"

namespace tocsin::engine::assignment_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using namespace kit;

class Assignment : public EscalateTest {
protected:
    Assignment() { policy().steps = {{{}, {person("ana")}}, {minutes{5}, {person("bob")}}}; }
};

TEST_F(Assignment, ToAPersonPagesThemAtOnceAndTheStepsFollow) {
    open();
    (void)paged();
    happens(Reassign{"ana", "cid", {}});
    EXPECT_EQ(paged(), Names{"cid"});
    EXPECT_EQ(incident_.assigned_to, "cid");
    EXPECT_EQ(details(Reason::Reassigned).front(), "to cid");
    pass(minutes{10});
    EXPECT_EQ(paged(), (Names{"ana", "bob"})) << "cid does not answer";
}

TEST_F(Assignment, ToAScheduleGoesToWhoeverIsOnCallThen) {
    open();
    (void)paged();
    happens(Reassign{"ana", "primary", {}});
    EXPECT_EQ(paged(), Names{"ana"});
    now_ = kNow + hours{10};
    happens(Unacknowledge{"ana"});  // Triggered: changes nothing.
    happens(Acknowledge{"ana"});
    happens(Unacknowledge{"ana"});
    EXPECT_EQ(paged(), Names{"bob"}) << "asked again in every cycle";
}

TEST_F(Assignment, ToAnotherEscalationBeginsThatOne) {
    auto& other = roster_.escalations["other"];
    other.id = "other";
    other.steps = {{{}, {person("cid")}}};
    other.fallback = person("chief");
    other.repeat_after = minutes{5};
    open();
    (void)paged();
    happens(Reassign{"ana", {}, "other"});
    EXPECT_EQ(incident_.escalation, "other");
    EXPECT_EQ(paged(), Names{"cid"});
}

TEST_F(Assignment, EndsAnAcknowledgement) {
    open();
    happens(Acknowledge{"ana"});
    (void)paged();
    happens(Reassign{"ana", "cid", {}});
    EXPECT_EQ(incident_.state, IncidentState::Triggered);
    EXPECT_EQ(paged(), Names{"cid"});
    happens(Acknowledge{"cid"});
    EXPECT_EQ(incident_.acknowledged_by, "cid");
}

TEST_F(Assignment, ToSomebodyWhoCannotBePagedSaysSoAndGoesOnAtOnce) {
    open();
    (void)paged();
    happens(Reassign{"ana", "dora", {}});
    EXPECT_EQ(details(Reason::PersonSkipped), Names{"dora has no contact: skipped"});
    EXPECT_EQ(paged(), Names{"ana"});
}

TEST_F(Assignment, ToNobodyWhomTheRulebookKnowsChangesNothing) {
    open();
    (void)paged();
    const auto before = incident_;
    happens(Reassign{"ana", "cidd", {}});
    EXPECT_EQ(incident_, before);
    EXPECT_EQ(details(Reason::Reassigned), Names{"to cidd, whom the rulebook does not know: nothing is changed"});
}

TEST_F(Assignment, FailedPagesToWhomItWasGivenGoOnAtOnce) {
    open();
    happens(Reassign{"ana", "cid", {}});
    auto lost = pages_.back();
    (void)paged();
    lost.state = PageState::Failed;
    happens(Undelivered{lost});
    EXPECT_EQ(paged(), Names{"ana"});
}

TEST_F(Assignment, OfANoticeTellsThePersonAndPagesNobody) {
    someone("cid").noticed = {{Duration{0}, "push"}};
    open(1, Urgency::Notice);
    happens(Reassign{"ana", "cid", {}});
    ASSERT_EQ(pages_.size(), 1U);
    EXPECT_EQ(pages_.front().urgency, Urgency::Notice);
    EXPECT_EQ(pages_.front().key(), "1-1-0-assigned-cid-push");
    EXPECT_FALSE(incident_.wake_at());
}

TEST_F(Assignment, EndsASilence) {
    open();
    incident_.silence = "maintenance";
    incident_.silenced_until = kNow + hours{1};
    (void)paged();
    happens(Reassign{"ana", "cid", {}});
    EXPECT_FALSE(incident_.is_silenced());
    EXPECT_EQ(paged(), Names{"cid"});
}

TEST_F(Assignment, EscalatingByHandPagesTheNextStep) {
    open();
    happens(Escalate{"ana"});
    EXPECT_EQ(paged(), (Names{"ana", "bob"}));
}

TEST_F(Assignment, WhoeverHasItMayAskForTheNextStep) {
    open();
    happens(Acknowledge{"ana"});
    (void)paged();
    happens(Escalate{"ana"});
    EXPECT_EQ(paged(), Names{"bob"}) << "not ana, who asks for help";
    EXPECT_EQ(incident_.state, IncidentState::Triggered);
    happens(Acknowledge{"bob"});
    happens(Escalate{"bob"});
    EXPECT_EQ(paged(), Names{"chief"});
    happens(Acknowledge{"chief"});
    happens(Escalate{"chief"});
    EXPECT_EQ(paged(), Names{"ana"}) << "everybody was paged: from the first step again";
}

}  // namespace
}  // namespace tocsin::engine::assignment_test
