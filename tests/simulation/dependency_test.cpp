// Stories of services that need each other: who is told at whom, and who is paged after all.
#include <gtest/gtest.h>

#include "tests/simulation/among_others.hpp"

namespace tocsin::simulation::dependency_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Dependency : public AmongOthers {};

TEST_F(Dependency, WhileWhatItNeedsIsAtLeastAsBadAnIncidentIsToldThereAndPagesNobody) {
    const auto mysql = fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
    EXPECT_EQ(incident(lms).told_at, mysql);
    EXPECT_TRUE(happened(lms, Reason::ToldAtParent));
    EXPECT_TRUE(happened(mysql, Reason::ToldAtParent)) << "who looks at mysql must see what else is affected";
    EXPECT_EQ(world_.open_incidents().size(), 2U) << "it stays listed";
}

TEST_F(Dependency, WhatIsStillOpenIsPagedForAtOnceWhenTheParentIsOver) {
    const auto mysql = fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    (void)paged();
    resolve(mysql);
    EXPECT_EQ(paged(), Texts{"ana lms"});
    EXPECT_TRUE(happened(lms, Reason::ParentOver));
    EXPECT_FALSE(incident(lms).told_at.is_set());
    resolve(lms);
}

TEST_F(Dependency, TheParentsEndIsNotForgottenOverACrash) {
    const auto mysql = fire("mysql", Severity::High);
    (void)fire("lms", Severity::High);
    (void)paged();
    world_.act(mysql, engine::Acknowledge{"ana"});
    world_.refuse_next_commits(3);
    resolve(mysql);
    world_.crash();
    resolve(mysql);
    EXPECT_EQ(paged(), Texts{"ana lms"});
    resolve({2});
}

TEST_F(Dependency, WorseThanWhatItNeedsPages) {
    (void)fire("mysql", Severity::Moderate);
    (void)fire("lms", Severity::High);
    EXPECT_EQ(paged(), (Texts{"ana mysql", "ana lms"}));
}

TEST_F(Dependency, BecomingWorseThanTheParentPages) {
    (void)fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    (void)paged();
    (void)fire("lms", Severity::Critical);
    EXPECT_EQ(paged(), Texts{"ana lms"});
    EXPECT_FALSE(incident(lms).told_at.is_set());
}

TEST_F(Dependency, ReachesThroughServicesInBetween) {
    const auto mysql = fire("mysql", Severity::High);
    EXPECT_EQ(incident(fire("shop", Severity::Low)).told_at, mysql);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
}

TEST_F(Dependency, WhoIsToldElsewhereShieldsNobodySoChainsEndAtWhoPages) {
    const auto mysql = fire("mysql", Severity::High);
    (void)fire("lms", Severity::High);
    EXPECT_EQ(incident(fire("shop", Severity::High)).told_at, mysql);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
}

TEST_F(Dependency, WhatNothingNeedsIsNoParent) {
    (void)fire("lms", Severity::Critical);
    (void)fire("search", Severity::High);
    (void)fire("mysql", Severity::High);
    EXPECT_EQ(paged(), (Texts{"ana lms", "ana search", "ana mysql"}));
}

TEST_F(Dependency, AcknowledgedParentSpeaksForItsChildren) {
    const auto mysql = fire("mysql", Severity::High);
    world_.act(mysql, engine::Acknowledge{"ana"});
    EXPECT_EQ(incident(fire("lms", Severity::High)).told_at, mysql);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
    world_.advance(minutes{20});
}

TEST_F(Dependency, SnoozedParentKeepsThoseItHadAndTakesNoOthers) {
    const auto mysql = fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    world_.act(mysql, engine::Snooze{"ana", world_.clock().now() + hours{1}});
    (void)fire("shop", Severity::High);
    EXPECT_EQ(incident(lms).told_at, mysql);
    EXPECT_EQ(paged(), (Texts{"ana mysql", "ana shop"}));
}

TEST_F(Dependency, SilencedParentShieldsNobody) {
    auto said = verdict("mysql", "two-steps");
    said.service = "mysql";
    said.silenced = Silencing{"patching", world_.clock().now() + hours{1}};
    world_.fire(alert("source", "mysql"), said);
    (void)fire("lms", Severity::High);
    EXPECT_EQ(paged(), Texts{"ana lms"});
}

TEST_F(Dependency, ParentThatGaveUpShieldsNobodyAnyMore) {
    (void)fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    world_.advance(minutes{24});
    EXPECT_EQ(paged(), (Texts{"ana mysql", "bob mysql", "ana mysql", "bob mysql", "chief mysql"}));
    world_.advance(minutes{1});
    EXPECT_TRUE(happened({1}, Reason::GaveUp));
    EXPECT_EQ(paged(), Texts{"ana lms"});
    resolve(lms);
}

TEST_F(Dependency, ParentThatComesAfterItsChildTakesItAtItsNextStep) {
    const auto lms = fire("lms", Severity::High);
    world_.advance(minutes{4});
    const auto mysql = fire("mysql", Severity::High);
    EXPECT_FALSE(incident(lms).told_at.is_set()) << "whoever was paged for it is on the way";
    world_.advance(minutes{1});
    EXPECT_EQ(incident(lms).told_at, mysql);
    EXPECT_EQ(paged(), (Texts{"ana lms", "ana mysql"})) << "bob is not woken for both";
}

TEST_F(Dependency, ParentAndChildOfOneBatchKnowEachOther) {
    world_.refuse_next_commits(0);
    auto parent = verdict("mysql", "two-steps");
    parent.service = "mysql";
    auto child = verdict("lms", "two-steps");
    child.service = "lms";
    world_.fire_together({{alert("source", "mysql"), parent}, {alert("source", "lms"), child}});
    EXPECT_EQ(paged(), Texts{"ana mysql"});
}

TEST_F(Dependency, AnswersOfPeopleTakeItOutOfTheParentsHands) {
    const auto mysql = fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    world_.act(lms, engine::Acknowledge{"bob"});
    EXPECT_FALSE(incident(lms).told_at.is_set());
    resolve(mysql);
    EXPECT_EQ(paged(), Texts{"ana mysql"}) << "bob has it";
    resolve(lms);
}

TEST_F(Dependency, AskingForTheNextStepPagesWhateverTheParentDoes) {
    (void)fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    (void)paged();
    world_.act(lms, engine::Escalate{"bob"});
    EXPECT_EQ(paged(), Texts{"ana lms"});
}

TEST_F(Dependency, IncidentOverBeforeItsParentPagesNobody) {
    const auto mysql = fire("mysql", Severity::High);
    const auto lms = fire("lms", Severity::High);
    resolve(lms);
    resolve(mysql);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
}

TEST_F(Dependency, MovesToAnotherParentRatherThanPage) {
    const auto mysql = fire("mysql", Severity::High, "one disk");
    const auto other = fire("mysql", Severity::High, "another disk");
    const auto lms = fire("lms", Severity::High);
    EXPECT_EQ(incident(lms).told_at, mysql) << "of equals the older one";
    (void)paged();
    resolve(mysql);
    EXPECT_EQ(incident(lms).told_at, other);
    EXPECT_EQ(paged(), Texts{});
}

TEST_F(Dependency, WhatIsSplitOffUnderAParentIsToldThereTooAndPagedForWhenThatIsOver) {
    const auto mysql = fire("mysql", Severity::High);
    EXPECT_EQ(paged(), Texts{"ana mysql"});
    const auto lms = fire("lms", Severity::High);
    auto said = verdict("lms", "two-steps");
    said.service = "lms";
    world_.fire(alert("source", "lms, the other"), said);
    world_.split(lms, {"lms, the other"});
    const auto split_off = world_.open_incidents().back();
    EXPECT_EQ(split_off.told_at, mysql);
    EXPECT_EQ(paged(), Texts{});
    resolve(mysql);
    EXPECT_EQ(paged(), (Texts{"ana lms", "ana " + split_off.key}));
}

}  // namespace
}  // namespace tocsin::simulation::dependency_test
