// A rehearsal plays incidents among each other: told at parents, and in a storm folded into digests.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/engine/rehearsal.hpp"

namespace tocsin::engine::rehearsal_others_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint kNow = from_unix_ms(1'772'323'200'000);  // 2026-03-01T00:00Z

/// ana is paged at once and bob after five minutes, who is the fallback too; lms needs mysql.
Roster roster() {
    Roster roster;
    for (const auto* id : {"ana", "bob"}) {
        Person person;
        person.id = id;
        person.contacts = {{"push", "ntfy", id}, {"text", "sms", id}};
        person.paged = {{Duration{0}, "push"}};
        roster.people[id] = person;
    }
    Escalation escalation;
    escalation.id = "site";
    escalation.steps = {{Duration{0}, {{Target::Kind::Person, "ana"}}}, {minutes{5}, {{Target::Kind::Person, "bob"}}}};
    escalation.repeat_after = minutes{5};
    escalation.fallback = {Target::Kind::Person, "bob"};
    roster.escalations["site"] = escalation;
    for (const auto* id : {"mysql", "lms"}) {
        roster.services[id].id = id;
        roster.services[id].escalation = "site";
    }
    roster.services["lms"].depends_on = {"mysql"};
    roster.storm.digest_after = minutes{2};
    return roster;
}

class RehearsalOthers : public testing::Test {
protected:
    void fire(const std::string& key, const std::string& service, TimePoint at, Severity severity = Severity::High) {
        Alert alert;
        alert.source = "opsgenie";
        alert.key = key;
        alert.is_followed_up = true;
        Verdict verdict;
        verdict.rule = "all";
        verdict.urgency = Urgency::Page;
        verdict.severity = severity;
        verdict.service = service;
        verdict.summary = key;
        verdict.incident_key = key;
        verdict.escalation = "site";
        rehearsal_.alert(alert, verdict, at);
    }
    void end(const std::string& key, TimePoint at) {
        Alert alert;
        alert.source = "opsgenie";
        alert.key = key;
        alert.action = AlertAction::Resolve;
        alert.is_followed_up = true;
        rehearsal_.alert(alert, {}, at);
    }
    [[nodiscard]] const Incident& incident(std::int64_t id) const { return rehearsal_.incidents().at(IncidentId{id}); }
    /// "ana 2 +5m": whom it is about, or what a digest says, and when.
    [[nodiscard]] std::vector<std::string> sent() const {
        std::vector<std::string> all;
        for (const auto& [page, at] : rehearsal_.sent()) {
            const auto what = page.is_digest() ? "(" + page.why + ")" : std::to_string(page.incident.value);
            all.push_back(page.person + " " + what + " +" + format_duration(at - kNow));
        }
        return all;
    }

    Roster team_ = roster();
    Rehearsal rehearsal_{team_};
};

using Pages = std::vector<std::string>;

TEST_F(RehearsalOthers, WhatNeedsAnotherIsToldThereAndPagedForWhenThatIsOver) {
    fire("db", "mysql", kNow);
    fire("5xx", "lms", kNow + minutes{1});
    EXPECT_EQ(incident(2).told_at, IncidentId{1});
    end("db", kNow + minutes{3});
    EXPECT_FALSE(incident(2).told_at.is_set());
    end("5xx", kNow + minutes{4});
    rehearsal_.run_until(kNow + hours{2});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "ana 2 +3m"}));
}

TEST_F(RehearsalOthers, WhatIsWorseThanItsParentIsPagedForItself) {
    fire("db", "mysql", kNow, Severity::High);
    fire("5xx", "lms", kNow + minutes{1}, Severity::Critical);
    rehearsal_.run_until(kNow + minutes{2});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "ana 2 +1m"}));
}

TEST_F(RehearsalOthers, AParentThatGivesUpSpeaksForNobody) {
    fire("db", "mysql", kNow);
    fire("5xx", "lms", kNow + minutes{1});
    rehearsal_.run_until(kNow + minutes{15});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "bob 1 +5m", "bob 1 +10m", "ana 2 +15m"}));
}

TEST_F(RehearsalOthers, SurplusOfAServiceLeavesInOneDigest) {
    team_.services["lms"].storm = PagingLimit{2, minutes{10}};
    for (const auto* key : {"a", "b", "c", "d"}) fire(key, "lms", kNow);
    rehearsal_.act_on_all(Acknowledge{"ana"}, kNow + minutes{3});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "ana 2 +0s", "ana (2 incidents: lms (2)) +2m"}));
    EXPECT_TRUE(incident(3).is_digested);
}

TEST_F(RehearsalOthers, SurplusOfAPersonLeavesInOneDigestAndALaterOneInAnother) {
    team_.people["ana"].storm = PagingLimit{1, minutes{10}};
    fire("a", "lms", kNow);
    fire("b", "mysql", kNow + seconds{30});
    end("a", kNow + minutes{1});
    end("b", kNow + minutes{3});
    fire("c", "mysql", kNow + minutes{4});
    end("c", kNow + minutes{7});
    fire("d", "mysql", kNow + minutes{14} + seconds{1});
    rehearsal_.run_until(kNow + minutes{15});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "ana (b) +2m30s", "ana (c) +6m", "ana 4 +14m1s"}))
        << "a digest of one says what that one does; they count from when they were begun";
}

TEST_F(RehearsalOthers, WhatIsAnsweredMeanwhileIsNotInTheDigestAndAnEmptyOneIsNotSent) {
    team_.services["lms"].storm = PagingLimit{1, minutes{10}};
    for (const auto* key : {"a", "b", "c"}) fire(key, "lms", kNow);
    end("b", kNow + minutes{1});
    end("a", kNow + minutes{1});
    end("c", kNow + minutes{1});
    rehearsal_.run_until(kNow + hours{1});
    EXPECT_EQ(sent(), Pages{"ana 1 +0s"});
}

TEST_F(RehearsalOthers, EachContactOfADigestSaysWhatIsHeldForIt) {
    team_.people["ana"].paged = {{Duration{0}, "push"}, {minutes{1}, "text"}};
    team_.services["lms"].storm = PagingLimit{1, minutes{10}};
    for (const auto* key : {"a", "b", "c"}) fire(key, "lms", kNow);
    end("a", kNow + seconds{1});
    rehearsal_.run_until(kNow + minutes{2} + seconds{30});
    end("b", kNow + minutes{2} + seconds{40});
    rehearsal_.run_until(kNow + minutes{4});
    EXPECT_EQ(sent(), (Pages{"ana 1 +0s", "ana (2 incidents: lms (2)) +2m", "ana (c) +3m"}));
}

TEST_F(RehearsalOthers, WhoeverGetsADigestAnswersAllThatItHolds) {
    team_.services["lms"].storm = PagingLimit{1, minutes{10}};
    Rehearsal rehearsal(team_, minutes{1});
    for (const auto* key : {"a", "b", "c"}) {
        Alert alert;
        alert.key = key;
        Verdict verdict;
        verdict.urgency = Urgency::Page;
        verdict.service = "lms";
        verdict.incident_key = key;
        verdict.escalation = "site";
        rehearsal.alert(alert, verdict, kNow);
    }
    rehearsal.run_until(kNow + minutes{3});
    for (const auto& [id, one] : rehearsal.incidents()) EXPECT_EQ(one.acknowledged_by, "ana") << id.value;
}

}  // namespace
}  // namespace tocsin::engine::rehearsal_others_test
