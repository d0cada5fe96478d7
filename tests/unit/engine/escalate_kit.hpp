// What tests of an escalation share: a small team, one incident, and time that passes in the pure engine.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/engine.hpp"

namespace tocsin::engine::kit {

using std::chrono::minutes;
using Names = std::vector<std::string>;

inline const TimePoint kNow = from_unix_ms(1'772'323'200'000);  // 2026-03-01T00:00Z, a Sunday.

inline Target person(std::string id) { return {Target::Kind::Person, std::move(id)}; }
inline Target schedule(std::string id) { return {Target::Kind::Schedule, std::move(id)}; }

/// ana, bob and cid with one contact each, `dora` with none; `primary` is ana until 04:00 and bob from then on.
class EscalateTest : public testing::Test {
protected:
    EscalateTest() {
        for (const auto* id : {"ana", "bob", "cid", "chief"}) {
            auto& somebody = roster_.people[id];
            somebody.id = id;
            somebody.contacts = {{"push", "ntfy", id}};
            somebody.paged = {{Duration{0}, "push"}};
        }
        roster_.people["dora"].id = "dora";
        Schedule primary;
        primary.id = "primary";
        primary.layers = {{"day", {"bob"}, {}, {}}, {"night", {"ana"}, {}, parse_weekly_window("20:00-04:00")}};
        roster_.schedules["primary"] = primary;
        policy().id = "policy";
        policy().repeat_after = minutes{5};
        policy().fallback = person("chief");
    }

    Escalation& policy() { return roster_.escalations["policy"]; }
    Person& someone(const std::string& id) { return roster_.people.at(id); }

    void open(std::int64_t id = 1, Urgency urgency = Urgency::Page) {
        Alert alert;
        alert.source = "source";
        Verdict verdict;
        verdict.rule = "a rule";
        verdict.severity = Severity::Moderate;
        verdict.urgency = urgency;
        verdict.escalation = "policy";
        take(engine::open(IncidentId{id}, alert, verdict, roster_, now_));
    }
    void happens(const Event& event) { take(advance(incident_, event, roster_, now_)); }
    /// Time goes on, and the engine is woken whenever it asked for that.
    void pass(Duration by) {
        const auto end = now_ + by;
        for (auto due = incident_.wake_at(); due && *due <= end; due = incident_.wake_at()) {
            now_ = std::max(now_, *due);
            happens(Woke{});
        }
        now_ = end;
    }
    /// The people paged since the last call.
    Names paged() {
        Names people;
        for (const auto& page : std::exchange(pages_, {})) people.push_back(page.person);
        return people;
    }
    [[nodiscard]] Names details(Reason reason) const {
        Names all;
        for (const auto& entry : timeline_) {
            if (entry.reason == reason) all.push_back(entry.detail);
        }
        return all;
    }

    Roster roster_;
    Incident incident_;
    TimePoint now_ = kNow;
    std::vector<Page> pages_;
    Names overtaken_;
    std::vector<TimelineEntry> timeline_;

private:
    void take(Transition t) {
        incident_ = std::move(t.incident);
        overtaken_ = std::move(t.overtaken_people);
        std::move(t.pages.begin(), t.pages.end(), std::back_inserter(pages_));
        std::move(t.timeline.begin(), t.timeline.end(), std::back_inserter(timeline_));
    }
};

}  // namespace tocsin::engine::kit
