// What an escalation does with one incident, step by step, in the pure engine.
#include "tests/unit/engine/escalate_kit.hpp"

namespace tocsin::engine::escalation_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using namespace kit;

class Escalate : public EscalateTest {};

TEST_F(Escalate, WaitGoesBySeverityAndWindow) {
    const auto nights = parse_weekly_window("00:00-06:00");
    policy().steps = {
        {{}, {person("ana")}},
        {minutes{10}, {person("bob")}, {{minutes{2}, {Severity::Critical}, {}, {}}, {minutes{20}, {}, nights, Zone{}}}}};
    open();
    EXPECT_EQ(incident_.step_due_at, kNow + minutes{20}) << "it is night";
    now_ = kNow + hours{7};
    open();
    EXPECT_EQ(incident_.step_due_at, now_ + minutes{10});
}

TEST_F(Escalate, WorseAlertShortensTheWaitAndNeverLengthensIt) {
    policy().steps = {
        {{}, {person("ana")}},
        {minutes{10}, {person("bob")}, {{minutes{2}, {Severity::Critical}, {}, {}}, {minutes{30}, {Severity::High}, {}, {}}}}};
    open();
    Fired worse;
    worse.severity = Severity::High;
    happens(worse);
    EXPECT_EQ(incident_.step_due_at, kNow + minutes{10});
    now_ = kNow + minutes{1};
    worse.severity = Severity::Critical;
    happens(worse);
    EXPECT_EQ(incident_.step_due_at, kNow + minutes{3});
}

TEST_F(Escalate, OneByTurnsIsTheNextWithEveryIncidentAndRound) {
    policy().steps = {{{}, {person("ana"), person("bob"), person("cid")}}};
    policy().steps[0].pick = EscalationStep::Pick::OneByTurns;
    policy().repeat = 1;
    Names first;
    for (std::int64_t id = 1; id <= 6; ++id) {
        open(id);
        const auto one = paged();
        ASSERT_EQ(one.size(), 1U);
        first.push_back(one.front());
    }
    EXPECT_EQ(first, (Names{"bob", "cid", "ana", "bob", "cid", "ana"}));
    pass(minutes{5});
    EXPECT_EQ(paged(), Names{"bob"}) << "ana did not answer: the next round is somebody else's";
}

TEST_F(Escalate, SecondStepByTurnsIsSomebodyElses) {
    policy().steps = {{{}, {person("ana"), person("bob")}}, {minutes{5}, {person("ana"), person("bob")}}};
    for (auto& step : policy().steps) step.pick = EscalationStep::Pick::OneByTurns;
    open(2);
    pass(minutes{5});
    EXPECT_EQ(paged(), (Names{"ana", "bob"}));
}

TEST_F(Escalate, TurnOfSomebodyWhoCannotBePagedGoesToTheNext) {
    policy().steps = {{{}, {person("ana"), person("dora"), person("bob")}}};
    policy().steps[0].pick = EscalationStep::Pick::OneByTurns;
    open(1);
    EXPECT_EQ(paged(), Names{"bob"});
    EXPECT_EQ(details(Reason::PersonSkipped), Names{"dora has no contact: skipped"});
}

TEST_F(Escalate, ScheduleByTurnsStandsForThePeopleOfTheLayersThatHold) {
    policy().steps = {{{}, {schedule("primary")}}};
    policy().steps[0].pick = EscalationStep::Pick::OneByTurns;
    open(1);
    open(2);
    EXPECT_EQ(paged(), (Names{"ana", "bob"})) << "both layers hold at night";
    now_ = kNow + hours{10};
    open(3);
    open(4);
    EXPECT_EQ(paged(), (Names{"bob", "bob"})) << "by day ana is not one of them";
}

TEST_F(Escalate, TwoPeopleMustAcknowledgeWhereThePolicyAsksForTwo) {
    policy().steps = {{{}, {person("ana"), person("bob")}}, {minutes{5}, {person("ana"), person("cid")}}};
    policy().acknowledgements = 2;
    open();
    (void)paged();
    happens(Acknowledge{"ana"});
    EXPECT_EQ(incident_.state, IncidentState::Triggered);
    EXPECT_EQ(details(Reason::AcknowledgedInPart), Names{"1 of 2: the others are paged on"});
    EXPECT_EQ(overtaken_, Names{"ana"}) << "what was to come for ana is called off";
    happens(Acknowledge{"ana"});
    EXPECT_EQ(incident_.state, IncidentState::Triggered) << "the same person twice is one person";
    EXPECT_EQ(details(Reason::AcknowledgedInPart).size(), 1U);
    pass(minutes{5});
    EXPECT_EQ(paged(), Names{"cid"}) << "ana has answered already";
    happens(Acknowledge{"cid"});
    EXPECT_EQ(incident_.state, IncidentState::Acknowledged);
    EXPECT_EQ(incident_.acknowledged_by, "ana");
    EXPECT_EQ(incident_.acknowledgers, (Names{"ana", "cid"}));
    happens(Unacknowledge{"cid"});
    EXPECT_EQ(incident_.acknowledgers, Names{}) << "a new cycle asks everybody again";
    EXPECT_EQ(paged(), (Names{"ana", "bob"}));
}

TEST_F(Escalate, StepMayAskForMorePeopleThanThePolicy) {
    policy().steps = {{{}, {person("ana")}}, {minutes{5}, {person("bob"), person("cid")}}};
    policy().steps[1].acknowledgements = 2;
    open();
    pass(minutes{5});
    happens(Acknowledge{"bob"});
    EXPECT_EQ(incident_.state, IncidentState::Triggered);
    open();
    happens(Acknowledge{"ana"});
    EXPECT_EQ(incident_.state, IncidentState::Acknowledged) << "the second step was not reached";
}

TEST_F(Escalate, StaysWithWhoAcknowledgedWhenNobodyElseCanBePaged) {
    policy().steps = {{{}, {person("ana")}}};
    policy().fallback = person("ana");
    policy().acknowledgements = 2;
    open();
    happens(Acknowledge{"ana"});
    pass(hours{2});
    EXPECT_EQ(paged(), Names{"ana"});
    EXPECT_EQ(details(Reason::GaveUp), Names{"nobody else can be paged; it stays with ana"});
    EXPECT_TRUE(details(Reason::NobodyReachable).empty()) << "somebody has it";
}

TEST_F(Escalate, StepSaysWhyItPagesNobody) {
    roster_.schedules["primary"].layers = {{"night", {"ana"}, {}, parse_weekly_window("20:00-23:00")}};
    policy().steps = {{{}, {schedule("primary"), person("dora"), person("gone")}}, {minutes{5}, {person("bob")}}};
    open();
    EXPECT_EQ(paged(), Names{"bob"}) << "at once";
    EXPECT_EQ(details(Reason::StepEmpty).front(),
              "step 1 of policy has nobody who can be paged (nobody is on call in primary, "
              "dora has no contact, gone is not in the rulebook): skipped");
}

TEST_F(Escalate, PersonWhoCannotBePagedIsSkippedBesideOthersWhoCan) {
    policy().steps = {{{}, {person("ana"), person("dora")}}};
    open();
    EXPECT_EQ(paged(), Names{"ana"});
    EXPECT_EQ(details(Reason::PersonSkipped), Names{"dora has no contact: skipped"});
}

TEST_F(Escalate, FollowHandsAnAcknowledgedIncidentToWhoBegins) {
    policy().steps = {{{}, {person("cid")}}, {minutes{5}, {schedule("primary")}}};
    policy().hand_over = Escalation::HandOver::Follow;
    open();
    pass(minutes{5});
    happens(Acknowledge{"ana"});
    (void)paged();
    EXPECT_EQ(incident_.hand_over_due_at, kNow + hours{4});
    pass(hours{4});
    EXPECT_EQ(paged().front(), "bob") << "whoever begins, not the first step";
    EXPECT_EQ(details(Reason::HandedOver),
              (Names{"the shift of ana in primary is over: from ana to bob", "paged bob by push: on call in primary (day)"}));
    EXPECT_EQ(incident_.state, IncidentState::Triggered);
}

TEST_F(Escalate, HandedOverAndNotAnsweredGoesOnWithTheFirstStep) {
    policy().steps = {{{}, {schedule("primary")}}, {minutes{5}, {person("cid")}}};
    policy().hand_over = Escalation::HandOver::Follow;
    open();
    happens(Acknowledge{"ana"});
    (void)paged();
    pass(hours{4} + minutes{5});
    EXPECT_EQ(paged(), (Names{"bob", "bob"}));
    pass(minutes{5});
    EXPECT_EQ(paged(), Names{"cid"});
}

TEST_F(Escalate, StayKeepsAnAcknowledgedIncidentWithWhoHasIt) {
    policy().steps = {{{}, {schedule("primary")}}};
    open();
    happens(Acknowledge{"ana"});
    EXPECT_FALSE(incident_.wake_at());
}

TEST_F(Escalate, FollowKeepsItWithWhoeverIsNotOnCall) {
    policy().steps = {{{}, {schedule("primary")}}};
    policy().hand_over = Escalation::HandOver::Follow;
    open();
    happens(Acknowledge{"chief"});
    EXPECT_FALSE(incident_.hand_over_due_at);
}

TEST_F(Escalate, FollowWaitsWhileNobodyBeginsWhoCanBePaged) {
    roster_.schedules["primary"].layers = {{"later", {"bob"}, {}, parse_weekly_window("09:00-17:00")},
                                           {"night", {"ana"}, {}, parse_weekly_window("20:00-04:00")}};
    policy().steps = {{{}, {schedule("primary")}}};
    policy().hand_over = Escalation::HandOver::Follow;
    open();
    happens(Acknowledge{"ana"});
    (void)paged();
    pass(hours{8});
    EXPECT_EQ(incident_.state, IncidentState::Acknowledged);
    pass(hours{1});
    EXPECT_EQ(paged(), Names{"bob"});
}

}  // namespace
}  // namespace tocsin::engine::escalation_test
