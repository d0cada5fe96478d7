// Overrides and silences that are made at run time, what was told, and pages about no incident.
#include "tests/contract/stores.hpp"

namespace tocsin::contract::arrangements_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Arranging : public StoreContract {
protected:
    [[nodiscard]] Arrangements known(TimePoint now) {
        auto arrangements = store().arrangements(now);
        EXPECT_TRUE(arrangements);
        return arrangements ? *arrangements : Arrangements{};
    }
};
INSTANTIATE_TEST_SUITE_P(All, Arranging, testing::ValuesIn(kinds()), [](const auto& kind) { return kind.param.name; });

Origin origin() { return {"lahore-b", at(1), "a wedding", "lahore-a", at(2)}; }
MadeOverride override_until(std::int64_t id, TimePoint until) {
    return {{id}, "learner-primary", "lahore-b", at(3), until, origin(), Role::Secondary};
}
MadeSilence silence_until(std::int64_t id, TimePoint until) {
    MadeSilence made{{id}, R"({"service":"mysql"})", R"("sun 02:00-04:00")", at(4), until, origin()};
    made.origin.ended_by.clear();
    made.origin.ended_at.reset();
    return made;
}
Incident silenced(Incident incident, std::string silence, std::vector<std::string> also) {
    incident.silence = std::move(silence);
    incident.silenced_until = at(100);
    incident.also_silenced_by = std::move(also);
    return incident;
}

TEST_P(Arranging, KeepsEveryFieldOverReopening) {
    const auto made_override = override_until(1, at(50));
    const auto made_silence = silence_until(2, at(60));
    commit({.overrides = {made_override}, .silences = {made_silence}, .told = {{"shift learner-primary", at(9)}}});
    reopen();
    const auto arrangements = known(at(10));
    EXPECT_THAT(arrangements.overrides, ElementsAre(made_override));
    EXPECT_THAT(arrangements.silences, ElementsAre(made_silence));
    EXPECT_THAT(arrangements.told, ElementsAre(std::pair{"shift learner-primary", at(9)}));
    EXPECT_EQ(arrangements.last_id, ArrangementId{2});
}

TEST_P(Arranging, ReplacesWhatIsWrittenAgain) {
    auto made = silence_until(1, at(60));
    commit({.silences = {made}, .told = {{"shift learner-primary", at(9)}}});
    made.until = at(90);
    commit({.silences = {made}, .told = {{"shift learner-primary", at(10)}}});
    EXPECT_THAT(known(at(10)).silences, ElementsAre(made));
    EXPECT_THAT(known(at(10)).told, ElementsAre(std::pair{"shift learner-primary", at(10)}));
}

TEST_P(Arranging, ForgetsWhatIsLongOverButNotItsNumber) {
    auto ended = silence_until(3, at(90'000));
    ended.origin.ended_at = at(5);
    const auto longest = override_until(1, at(50));
    commit({.overrides = {longest}, .silences = {silence_until(2, at(60)), ended}});
    EXPECT_THAT(known(at(59)).silences, ElementsAre(silence_until(2, at(60))));
    EXPECT_THAT(known(at(60)).silences, IsEmpty());
    EXPECT_THAT(known(at(49) + kPastOverridesKnown).overrides, ElementsAre(longest));
    EXPECT_THAT(known(at(50) + kPastOverridesKnown).overrides, IsEmpty());
    EXPECT_EQ(known(at(50) + kPastOverridesKnown).last_id, ArrangementId{3});
}

TEST_P(Arranging, ListsAllOfThemForTheRecordNewestFirst) {
    auto ended = silence_until(2, at(60));
    ended.origin.ended_at = at(5);
    commit({.overrides = {override_until(1, at(50)), override_until(4, at(50))}, .silences = {ended, silence_until(3, at(60))}});
    EXPECT_THAT(*reader().overrides(10), ElementsAre(override_until(4, at(50)), override_until(1, at(50))));
    EXPECT_THAT(*reader().silences(10), ElementsAre(silence_until(3, at(60)), ended));
    EXPECT_THAT(*reader().silences(1), ElementsAre(silence_until(3, at(60))));
}

IncidentRef by(std::string_view silence) {
    IncidentRef ref;
    ref.silence = silence;
    return ref;
}

TEST_P(Arranging, LocksTheOpenIncidentsInWhichASilenceHasAPart) {
    const auto first = silenced(incident(1, "disk"), "silence-7", {});
    const auto later = silenced(incident(2, "cpu"), "weekly", {"silence-7"});
    const auto other = silenced(incident(3, "memory"), "silence-8", {});
    const auto over = resolved(silenced(incident(4, "swap"), "silence-7", {}));
    commit({.incidents = {first, later, other, over}});
    EXPECT_THAT(locked({by("silence-7")}).incidents, UnorderedElementsAre(first, later));
    reopen();
    EXPECT_THAT(locked({by("silence-7")}).incidents, UnorderedElementsAre(first, later));
    EXPECT_THAT(locked({by("silence-9")}).incidents, IsEmpty());
}

TEST_P(Arranging, LocksTheOpenIncidentsThatAreToBeHandedOver) {
    auto first = incident(1, "disk");
    first.state = IncidentState::Acknowledged;
    first.hand_over_due_at = at(50);
    auto over = resolved(incident(3, "swap"));
    over.hand_over_due_at = at(50);
    commit({.incidents = {first, incident(2, "cpu"), over}});
    IncidentRef handed_over;
    handed_over.all = IncidentRef::All::HandOvers;
    EXPECT_THAT(locked({handed_over}).incidents, ElementsAre(first));
    reopen();
    EXPECT_THAT(locked({handed_over}).incidents, ElementsAre(first));
}

TEST_P(Arranging, ListsTheNewestAlertsOfAllIncidents) {
    commit({.incidents = {incident(1, "disk"), incident(2, "cpu")}, .alerts = {alert(1, 1), alert(2, 2), alert(3, 0)}});
    const auto newest = *reader().newest_alerts(2);
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].id, AlertId{3});
    EXPECT_EQ(newest[1].id, AlertId{2});
}

TEST_P(Arranging, GivesOutAPageAboutNoIncident) {
    auto about_topic = page(1, 0, at(5));
    about_topic.topic = "shift-learner-primary-1";
    about_topic.text = "You are on call";
    commit({.pages = {about_topic}});
    reopen();
    const auto claimed = store().claim_due_pages({"node-a", at(6), at(1'000), 10});
    ASSERT_TRUE(claimed) << claimed.error().message();
    ASSERT_EQ(claimed->size(), 1U);
    EXPECT_EQ(claimed->front().page, leased(about_topic, "node-a", at(1'000)));
    EXPECT_EQ(claimed->front().incident, Incident{});
    commit({.attempted = {attempted(claimed->front().page, PageState::Delivered, "node-a")}});
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(10'000), at(20'000), 10}), IsEmpty());
}

TEST_P(Arranging, PrunesPagesAboutNoIncidentWithTheIncidentsOfTheirTime) {
    auto old = page(1, 0, at(5));
    old.state = PageState::Delivered;
    const auto waiting = page(2, 0, at(5));
    auto newest = page(3, 0, at(5));
    newest.state = PageState::Delivered;
    commit({.pages = {old, waiting, newest}});
    EXPECT_EQ(store().prune({.incidents_before = at(0), .rows_max = 10})->rows, 0);
    EXPECT_EQ(store().prune({.incidents_before = at(1), .rows_max = 10})->rows, 1);
    EXPECT_EQ(store().prune({.incidents_before = at(1), .rows_max = 10})->rows, 0);
    EXPECT_THAT(claimed_pages(store(), {"node-a", at(10'000), at(20'000), 10}), ElementsAre(2));
}

}  // namespace
}  // namespace tocsin::contract::arrangements_test
