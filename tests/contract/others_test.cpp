// What a transaction may ask of others than it has locked, and what is told at them: dependencies and digests.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::others_test {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const auto kNow = at(0);

Incident of_service(std::int64_t id, std::string service) {
    auto made = incident(id, "key " + std::to_string(id));
    made.service = std::move(service);
    return made;
}

Page paging(std::int64_t id, std::int64_t about, const std::string& person) {
    Page page;
    page.id = {id};
    page.incident = {about};
    page.person = person;
    page.via = "push";
    page.decided_at = kNow;
    page.due_at = kNow + minutes{2};
    page.give_up_at = kNow + minutes{12};
    return page;
}

/// Page 10 is the digest's own, due in two minutes; `id` of incident `about` is in it.
Page held(std::int64_t id, std::int64_t about) {
    auto page = paging(id, about, "ana");
    page.state = PageState::Digested;
    page.digest = "ana.1-0-0-0";
    return page;
}
Page digest() {
    auto page = paging(10, 0, "ana");
    page.digest = "ana.1-0-0-0";
    return page;
}

class Others : public StoreContract {
private:
    template <class Ask, class Read>
    auto asked(Ask ask, Read read) {
        EXPECT_TRUE(store().lock({}));
        auto answer = ask();
        EXPECT_TRUE(answer);
        store().roll_back();
        return read(*answer);
    }

protected:
    void commit_digest() {
        commit({.incidents = {of_service(1, "mysql"), of_service(2, "mysql")}, .pages = {held(8, 1), held(9, 2), digest()}});
    }
    std::vector<std::int64_t> open_of(std::string_view service) {
        return asked([&] { return store().open_of_service(service); },
                     [](const std::vector<Incident>& found) {
                         std::vector<std::int64_t> ids;
                         for (const auto& incident : found) ids.push_back(incident.id.value);
                         return ids;
                     });
    }
    std::vector<std::string> firing_in(std::int64_t incident) {
        return asked([&] { return store().firing_members(IncidentId{incident}); },
                     [](const std::vector<Member>& found) {
                         std::vector<std::string> alerts;
                         for (const auto& member : found) alerts.push_back(member.source + " " + member.alert_key);
                         return alerts;
                     });
    }
    std::int64_t count(const PagingCount& of) {
        return asked([&] { return store().count_pagings(of); }, [](std::int64_t count) { return count; });
    }
    std::string open_digest(TimePoint now) {
        return asked([&] { return store().open_digest("ana", now); }, [](const std::string& name) { return name; });
    }
    /// What is claimed of the digest's page at the time.
    std::vector<Notification> claimed(TimePoint now) {
        auto claimed = store().claim_due_pages({"node-a", now, now + minutes{1}, 100});
        EXPECT_TRUE(claimed);
        return claimed ? *claimed : std::vector<Notification>{};
    }
    std::vector<PageState> states() {
        std::vector<PageState> states;
        for (const auto& page : *reader().digest("ana.1-0-0-0")) states.push_back(page.state);
        return states;
    }
};
INSTANTIATE_TEST_SUITE_P(All, Others, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

TEST_P(Others, WhichAlertsFireInAnIncidentIsKnownWhileItIsOpen) {
    auto one = of_service(1, "mysql");
    commit({.incidents = {one, of_service(2, "mysql")},
            .members = {{{1}, "opsgenie", "a", true},
                        {{1}, "opsgenie", "b", false},
                        {{1}, "grafana", "a", true},
                        {{2}, "opsgenie", "a", true}}});
    EXPECT_THAT(firing_in(1), UnorderedElementsAre("opsgenie a", "grafana a"));
    EXPECT_THAT(firing_in(2), ElementsAre("opsgenie a"));
    EXPECT_THAT(firing_in(3), IsEmpty());
    commit({.members = {{{1}, "opsgenie", "b", true}, {{1}, "grafana", "a", false}}});
    EXPECT_THAT(firing_in(1), UnorderedElementsAre("opsgenie a", "opsgenie b"));
    one.state = IncidentState::Resolved;
    one.resolved_at = kNow;
    commit({.incidents = {one}});
    EXPECT_THAT(firing_in(1), IsEmpty());
}

TEST_P(Others, GivesEveryOpenIncidentOfAService) {
    commit(
        {.incidents = {of_service(1, "mysql"), of_service(2, "lms"), of_service(3, "mysql"), resolved(of_service(4, "mysql"))}});
    EXPECT_THAT(open_of("mysql"), UnorderedElementsAre(1, 3));
    commit(resolved(of_service(1, "mysql")));
    commit(of_service(3, "lms"));
    EXPECT_THAT(open_of("mysql"), IsEmpty());
    reopen();
    EXPECT_THAT(open_of("lms"), UnorderedElementsAre(2, 3));
}

TEST_P(Others, WhatIsToldAtAnIncidentIsDueWhenThatReleasesIt) {
    auto child = waking(of_service(2, "lms"), kNow + minutes{5});
    child.told_at = {1};
    auto answered = waking(of_service(3, "lms"), kNow + minutes{5});
    commit({.incidents = {of_service(1, "mysql"), child, answered}});
    commit({.incidents = {resolved(of_service(1, "mysql"))}, .released = {{{1}, kNow}}});
    EXPECT_THAT(claimed_incidents(store(), {"node-a", kNow, kNow + minutes{1}, 10}), ElementsAre(2));
    reopen();
    EXPECT_EQ(reader().incident({2})->step_due_at, kNow);
    EXPECT_EQ(reader().incident({3})->step_due_at, kNow + minutes{5});
}

TEST_P(Others, ReleasesWhatTheSameBatchToldThere) {
    auto child = waking(of_service(2, "lms"), kNow + minutes{5});
    child.told_at = {1};
    commit({.incidents = {resolved(of_service(1, "mysql")), child}, .released = {{{1}, kNow}}});
    EXPECT_THAT(claimed_incidents(store(), {"node-a", kNow, kNow + minutes{1}, 10}), ElementsAre(2));
}

TEST_P(Others, CountsThePagesOfOneStepOnce) {
    auto by_text = paging(2, 1, "ana");
    by_text.via = "text";
    auto next_step = paging(4, 1, "bob");
    next_step.step = 1;
    commit({.incidents = {of_service(1, "mysql")}, .pages = {paging(1, 1, "ana"), by_text, paging(3, 1, "bob"), next_step}});
    EXPECT_EQ(count({"ana", {}, kNow}), 1);
    EXPECT_EQ(count({"bob", {}, kNow}), 2);
    EXPECT_EQ(count({{}, "mysql", kNow}), 2);
    EXPECT_EQ(count({{}, "lms", kNow}), 0);
    EXPECT_EQ(count({"ana", {}, kNow + minutes{1}}), 0) << "that was before";
    reopen();
    EXPECT_EQ(count({"bob", {}, kNow}), 2);
    EXPECT_EQ(count({{}, "mysql", kNow}), 2);
}

TEST_P(Others, CountsADigestForItsPersonAndNotWhatItHolds) {
    commit_digest();
    EXPECT_EQ(count({"ana", {}, kNow}), 1);
    EXPECT_EQ(count({{}, "mysql", kNow}), 0);
    reopen();
    EXPECT_EQ(count({"ana", {}, kNow}), 1);
    EXPECT_EQ(count({{}, "mysql", kNow}), 0);
}

TEST_P(Others, ADigestCollectsUntilItsFirstPageIsDue) {
    auto by_text = digest();
    by_text.id = {11};
    by_text.via = "text";
    by_text.due_at = kNow + minutes{3};
    commit_digest();
    commit({.pages = {by_text}});
    EXPECT_EQ(open_digest(kNow), "ana.1-0-0-0");
    EXPECT_EQ(open_digest(kNow + minutes{2}), "");
    auto sent = claimed(kNow + minutes{2}).front().page;
    sent.state = PageState::Delivered;
    commit({.attempted = {sent}});
    EXPECT_EQ(open_digest(kNow), "") << "a part of it has left, whatever the clock says";
    reopen();
    EXPECT_EQ(open_digest(kNow), "");
}

TEST_P(Others, ADigestIsClaimedWithWhatItHolds) {
    commit_digest();
    reopen();
    const auto found = claimed(kNow + minutes{2});
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].held.size(), 2U);
    EXPECT_EQ(found[0].held[0].page.id, PageId{8});
    EXPECT_EQ(found[0].held[1].incident.id, IncidentId{2});
}

TEST_P(Others, WhatIsOvertakenIsHeldNoLonger) {
    commit_digest();
    commit({.overtaken = {{1}}});
    EXPECT_THAT(states(), ElementsAre(PageState::Overtaken, PageState::Digested));
    ASSERT_EQ(claimed(kNow + minutes{2}).front().held.size(), 1U);
}

TEST_P(Others, WhatADigestHoldsGoesItsWay) {
    commit_digest();
    auto sent = claimed(kNow + minutes{2}).front().page;
    sent.state = PageState::Delivered;
    commit({.attempted = {sent}});
    EXPECT_THAT(states(), ElementsAre(PageState::Delivered, PageState::Delivered));
}

TEST_P(Others, APendingPageCanBePutIntoADigestAfterAll) {
    commit({.incidents = {of_service(1, "mysql"), of_service(2, "mysql")}, .pages = {paging(1, 1, "ana"), paging(2, 2, "ana")}});
    auto folded = std::vector<Page>{paging(1, 1, "ana"), paging(2, 2, "ana")};
    for (auto& page : folded) page.digest = "ana.1-0-0-0";
    commit({.overtaken = {{2}}, .folded = folded, .pages = {digest()}});
    const auto found = claimed(kNow + minutes{2});
    ASSERT_EQ(found.size(), 1U) << "the page is not sent beside the digest";
    ASSERT_EQ(found[0].held.size(), 1U) << "what was overtaken stays overtaken";
    EXPECT_EQ(found[0].held[0].page.id, PageId{1});
}

}  // namespace
}  // namespace tocsin::contract::others_test
