// Triage: the queue of notices, what is missing, and what the sender is told.
#include "core/engine/triage.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::engine::triage_test {
namespace {

using std::chrono::hours;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);  // 2026-03-01T00:00Z

/// ana has the triage of the team web, bob that of the team data.
Roster roster() {
    Roster roster;
    for (const auto* id : {"ana", "bob"}) {
        Person person;
        person.id = id;
        person.contacts = {{"push", "ntfy", id}};
        roster.people[id] = person;
        Schedule schedule;
        schedule.id = std::string("triage-of-") + id;
        schedule.layers = {{"always", {id}, {}, {}}};
        roster.schedules[schedule.id] = schedule;
    }
    roster.services["shop"].team = "web";
    roster.services["shop"].triage = "triage-of-ana";
    roster.services["warehouse"].team = "data";
    roster.services["warehouse"].triage = "triage-of-bob";
    return roster;
}

Transition noticed(const std::vector<std::string>& missing = {}) {
    Alert alert;
    alert.source = "splunk";
    Verdict verdict;
    verdict.rule = "a rule";
    verdict.service = "shop";
    verdict.urgency = Urgency::Notice;
    verdict.summary = "slow";
    verdict.incident_key = "slow";
    verdict.missing = missing;
    verdict.reply_to = "https://sender.example.org/callback";
    return open({1}, alert, verdict, roster(), kNow);
}

Transition after(const Transition& before, const Event& event, Duration wait = hours{1}) {
    return advance(before.incident, event, roster(), kNow + wait);
}

Triage to(TriageState state, std::string detail = {}, std::optional<TimePoint> until = {}) {
    return {"ana", state, std::move(detail), until};
}

std::vector<std::string> told(const Transition& t) {
    std::vector<std::string> people;
    for (const auto& page : t.pages) people.push_back(page.person);
    return people;
}

using People = std::vector<std::string>;

TEST(TriageQueue, ANoticeIsNewInItAndToldToTheTriageOfItsService) {
    const auto notice = noticed();
    EXPECT_EQ(notice.incident.triage, TriageState::New);
    EXPECT_TRUE(notice.incident.is_queued());
    EXPECT_EQ(told(notice), People{"ana"});
}

TEST(TriageQueue, WhatIsTransferredIsToldToTheTriageOfThatTeamUnderAKeyOfItsOwn) {
    const auto notice = noticed();
    const auto moved = after(notice, to(TriageState::Transferred, "data"));
    EXPECT_EQ(told(moved), People{"bob"});
    EXPECT_NE(moved.pages.front().key(), notice.pages.front().key());
    EXPECT_EQ(moved.timeline.front().reason, Reason::TriageChanged);
    EXPECT_EQ(moved.timeline.front().detail, "new -> transferred: data");
    EXPECT_TRUE(moved.incident.is_queued());
}

TEST(TriageQueue, WhatIsScheduledIsNewAgainAndToldAgainThen) {
    const auto scheduled = after(noticed(), to(TriageState::Scheduled, "", kNow + hours{24}));
    EXPECT_EQ(scheduled.incident.state, IncidentState::Acknowledged);
    EXPECT_EQ(scheduled.incident.triage_detail, "2026-03-02T00:00:00Z");
    EXPECT_EQ(told(scheduled), People{});
    const auto again = after(scheduled, Woke{}, hours{24});
    EXPECT_EQ(again.incident.triage, TriageState::New);
    EXPECT_EQ(told(again), People{"ana"});
}

TEST(TriageQueue, WhatIsNotOursLeavesItAndIsNotToldAgain) {
    const auto gone = after(noticed(), to(TriageState::NotOurs, "the provider's"));
    EXPECT_FALSE(gone.incident.is_queued());
    EXPECT_TRUE(gone.incident.is_open());
    EXPECT_EQ(gone.incident.wake_at(), std::nullopt);
}

TEST(TriageQueue, WhatPagesIsLeftAlone) {
    auto paging = noticed();
    paging.incident.urgency = Urgency::Page;
    paging.incident.triage = TriageState::None;
    const auto same = after(paging, to(TriageState::NotOurs));
    EXPECT_EQ(same.incident, paging.incident);
    EXPECT_TRUE(same.timeline.empty());
}

TEST(TriageQueue, ANoticeThatBecomesAPageLeavesIt) {
    Fired louder;
    louder.urgency = Urgency::Page;
    EXPECT_EQ(after(noticed(), louder).incident.triage, TriageState::None);
}

TEST(Actionable, IsWhatNoAlertHadAndALaterOneMayBringIt) {
    auto notice = noticed({"payload.a", "payload.b"});
    EXPECT_EQ(notice.incident.missing, "payload.a, payload.b");
    Fired fired;
    fired.urgency = Urgency::Notice;
    fired.missing = {"payload.b", "payload.c"};
    notice = after(notice, fired);
    EXPECT_EQ(notice.incident.missing, "payload.b");
    fired.missing = {};
    EXPECT_EQ(after(notice, fired).incident.missing, "");
}

TEST(Communicating, IsNotedAndARemarkSendsNothing) {
    const auto remark = after(noticed(), Communicate{"ana", "told by phone", Communicate::How::Remark});
    EXPECT_EQ(remark.incident.communicated_at, kNow + hours{1});
    EXPECT_TRUE(remark.pages.empty());
    ASSERT_EQ(remark.timeline.size(), 1U);
    EXPECT_EQ(remark.timeline.front().reason, Reason::Communicated);
    EXPECT_EQ(remark.timeline.front().actor, "ana");
}

TEST(Communicating, AReplyGoesToTheSenderUnderANumberOfItsOwnAlsoAfterTheEnd) {
    const auto notice = noticed();
    const auto first = after(notice, Communicate{"ana", "we look at it", Communicate::How::Reply});
    ASSERT_EQ(first.pages.size(), 1U);
    EXPECT_EQ(first.pages.front().key(), "1-0-1-reply-sender-reply");
    EXPECT_EQ(first.pages.front().address, "https://sender.example.org/callback");
    EXPECT_FALSE(first.pages.front().can_be_overtaken());
    const auto over = after(first, Resolve{"ana", ""});
    const auto second = after(over, Communicate{"ana", "mended", Communicate::How::Reply});
    ASSERT_EQ(second.pages.size(), 1U);
    EXPECT_EQ(second.pages.front().key(), "1-0-2-reply-sender-reply");
    EXPECT_FALSE(second.incident.is_open());
}

TEST(Communicating, AReplyToNobodyIsARemark) {
    auto notice = noticed();
    notice.incident.reply_to.clear();
    EXPECT_TRUE(after(notice, Communicate{"ana", "hello", Communicate::How::Reply}).pages.empty());
}

}  // namespace
}  // namespace tocsin::engine::triage_test
