// What goes into a digest, and what the digest says.
#include "core/engine/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tocsin::engine::digest_test {
namespace {

using std::chrono::minutes;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);

Roster roster() {
    Roster roster;
    Person ana;
    ana.id = "ana";
    ana.contacts = {{"push", "ntfy", "ana"}, {"text", "sms", "+15005550006"}};
    ana.paged = {{Duration{0}, "push"}, {minutes{1}, "text"}};
    ana.storm = PagingLimit{5, minutes{10}};
    roster.people["ana"] = ana;
    roster.services["lms"].storm = PagingLimit{3, minutes{10}};
    roster.storm.digest_after = minutes{2};
    roster.storm.stale_after = minutes{30};
    return roster;
}

Transition paging_ana() {
    Transition t;
    t.incident.id = {42};
    t.incident.service = "lms";
    for (const auto* via : {"push", "text"}) {
        Page page;
        page.incident = {42};
        page.person = "ana";
        page.via = via;
        t.pages.push_back(page);
    }
    return t;
}

Transition held(const Load& load, Transition t = paging_ana()) {
    const auto team = roster();
    hold_back(t, load, team, kNow);
    return t;
}

std::int64_t count(const Transition& t, PageState state) {
    return std::count_if(t.pages.begin(), t.pages.end(), [&](const Page& page) { return page.state == state; });
}

TEST(Digest, LeavesAloneWhatIsBelowTheLimits) {
    const auto t = held({Lateness::OnTime, 2, {{"ana", {4, {}}}}});
    EXPECT_EQ(t.pages.size(), 2U);
    EXPECT_EQ(count(t, PageState::Digested), 0);
    EXPECT_FALSE(t.incident.is_digested);
}

TEST(Digest, HoldsBackWhatIsAboveAPersonsLimitAndAddsADigestByThePersonalRule) {
    const auto t = held({Lateness::OnTime, 0, {{"ana", {5, {}}}}});
    ASSERT_EQ(t.pages.size(), 4U);
    EXPECT_EQ(count(t, PageState::Digested), 2);
    EXPECT_TRUE(t.incident.is_digested);
    const auto& by_push = t.pages[2];
    const auto& by_text = t.pages[3];
    EXPECT_TRUE(by_push.is_digest());
    EXPECT_EQ(by_push.key(), "digest-ana.42-0-0-0-push");
    EXPECT_EQ(by_push.due_at, kNow + minutes{2});
    EXPECT_EQ(by_text.due_at, kNow + minutes{3});
    EXPECT_EQ(by_text.address, "+15005550006");
    EXPECT_EQ(t.timeline.back().detail, "ana gets it in the digest ana.42-0-0-0: ana was paged 5 times in 10m");
}

TEST(Digest, JoinsTheOneThatCollectsAlready) {
    const auto t = held({Lateness::OnTime, 3, {{"ana", {0, "ana.7-0-0-0"}}}});
    EXPECT_EQ(t.pages.size(), 2U);
    EXPECT_EQ(t.pages[0].digest, "ana.7-0-0-0");
}

TEST(Digest, HoldsBackWhatIsStaleHoweverLittleItIs) {
    const auto t = held({Lateness::Stale, 0, {{"ana", {0, {}}}}});
    EXPECT_EQ(count(t, PageState::Digested), 2);
    EXPECT_LT(t.pages[2].due_at, kNow + minutes{1}) << "people have waited long enough";
}

TEST(Digest, NeverHoldsBackWhatSomebodyAskedForNoticesOrDrills) {
    const Load storm{Lateness::OnTime, 99, {{"ana", {99, {}}}}};
    auto by_hand = paging_ana();
    for (auto& page : by_hand.pages) page.reason = Reason::EscalatedByHand;
    EXPECT_EQ(count(held(storm, by_hand), PageState::Digested), 0);
    auto notice = paging_ana();
    for (auto& page : notice.pages) page.urgency = Urgency::Notice;
    EXPECT_EQ(count(held(storm, notice), PageState::Digested), 0);
    auto drill = paging_ana();
    drill.incident.is_drill = true;
    EXPECT_EQ(count(held(storm, drill), PageState::Digested), 0);
}

TEST(Digest, IsLateOnlyAfterStaleAfter) {
    EXPECT_EQ(lateness(kNow - minutes{29}, roster(), kNow), Lateness::OnTime);
    EXPECT_EQ(lateness(kNow - minutes{30}, roster(), kNow), Lateness::Stale);
    EXPECT_EQ(lateness(kNow - minutes{300}, Roster{}, kNow), Lateness::OnTime) << "no limit is set";
}

HeldPage of(std::int64_t id, std::string service, Severity severity) {
    HeldPage held;
    held.incident.id = {id};
    held.incident.service = std::move(service);
    held.incident.severity = severity;
    held.incident.summary = "summary " + std::to_string(id);
    return held;
}

TEST(Digest, SaysHowManyOfWhatAndListsTheFirstOfEachServiceFirst) {
    const std::vector<HeldPage> held{of(1, "search", Severity::Low), of(2, "search", Severity::Low),
                                     of(3, "mysql", Severity::Critical), of(4, "", Severity::Low)};
    const auto words = words_of(held);
    EXPECT_EQ(words.summary, "4 incidents: mysql (1), search (2), no service (1)");
    EXPECT_EQ(words.severity, Severity::Critical);
    EXPECT_FALSE(words.id.is_set());
    std::vector<std::int64_t> ids;
    for (const auto* incident : listed(held)) ids.push_back(incident->id.value);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 1, 4, 2}));
}

TEST(Digest, OfASingleIncidentIsThatIncident) {
    const std::vector<HeldPage> held{of(1, "search", Severity::Low)};
    EXPECT_EQ(words_of(held).summary, "summary 1");
    EXPECT_EQ(words_of(held).id, IncidentId{1});
}

}  // namespace
}  // namespace tocsin::engine::digest_test
