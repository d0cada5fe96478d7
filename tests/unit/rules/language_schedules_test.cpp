// Schedules and escalations, as they are written and as the daemon gets them.
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

/// The schedule `x` with these lines, beside the base.
Schedule schedule(const std::string& lines) {
    const auto rulebook = kit::compiled({{"a.yaml", kit::base()}, {"b.yaml", "schedules:\n  x:" + lines}});
    if (rulebook == nullptr) return {};
    return *rulebook->roster().schedule("x");
}

Escalation escalation(const std::string& lines) {
    const auto rulebook = kit::compiled({{"a.yaml", kit::base()}, {"b.yaml", "escalations:\n  x:" + lines}});
    if (rulebook == nullptr) return {};
    return *rulebook->roster().escalation("x");
}

TEST(LanguageSchedules, AreReadWhole) {
    const auto x = schedule(R"(
    title: The rota
    time_zone: America/New_York
    layers:
      - name: day
        rotate: { every: 2w, from: 2026-01-04 20:00 }
        people: [a, nobody, b]
        during: [sun-thu 20:00-12:00]
      - people: c
)");
    EXPECT_EQ(x.title, "The rota");
    EXPECT_EQ(x.time_zone.name(), "America/New_York");
    ASSERT_EQ(x.layers.size(), 2U);
    EXPECT_EQ(x.layers[0].name, "day");
    EXPECT_EQ(x.layers[0].people, (std::vector<std::string>{"a", "", "b"}));
    EXPECT_EQ(x.layers[0].rotation->unit, Rotation::Unit::Weeks);
    EXPECT_EQ(x.layers[0].rotation->every, 2);
    EXPECT_EQ(x.layers[0].rotation->from, parse_civil("2026-01-04 20:00"));
    EXPECT_EQ(x.layers[0].during, parse_weekly_window("sun-thu 20:00-12:00"));
    EXPECT_EQ(x.layers[1].name, "layer 2");
    EXPECT_FALSE(x.layers[1].rotation.has_value());
    EXPECT_FALSE(x.layers[1].during.has_value());
}

TEST(LanguageSchedules, TurnByHoursDaysWeeksAndMonths) {
    const auto turn = [](const std::string& every) {
        const auto x = schedule(" { time_zone: UTC, layers: [{ people: [a, b], rotate: { every: " + every +
                                ", from: 2026-01-01 00:00 } }] }\n");
        const auto rotation = x.layers.at(0).rotation.value_or(Rotation{});
        return std::pair{rotation.unit, rotation.every};
    };
    EXPECT_EQ(turn("12h"), std::pair(Rotation::Unit::Hours, 12));
    EXPECT_EQ(turn("1d"), std::pair(Rotation::Unit::Days, 1));
    EXPECT_EQ(turn("3w"), std::pair(Rotation::Unit::Weeks, 3));
    EXPECT_EQ(turn("1mo"), std::pair(Rotation::Unit::Months, 1));
}

TEST(LanguageSchedules, HaveOverridesInTheirOwnZone) {
    const auto x = schedule(R"(
    time_zone: America/New_York
    layers: [{ people: a }]
    overrides: [{ person: b, from: 2026-12-24 12:00, until: 2026-12-26 12:00 }]
)");
    ASSERT_EQ(x.overrides.size(), 1U);
    EXPECT_EQ(x.overrides[0].person, "b");
    EXPECT_EQ(format_utc(x.overrides[0].from), "2026-12-24T17:00:00Z");
    EXPECT_EQ(format_utc(x.overrides[0].until), "2026-12-26T17:00:00Z");
}

TEST(LanguageSchedules, ReadAnOverrideInTheGapOfSpringAsTheEndOfTheGapAndInTheFoldAsTheFirst) {
    const auto x = schedule(R"(
    time_zone: America/New_York
    layers: [{ people: a }]
    overrides: [{ person: b, from: 2026-03-08 02:30, until: 2026-11-01 01:30 }]
)");
    EXPECT_EQ(format_utc(x.overrides.at(0).from), "2026-03-08T07:00:00Z");
    EXPECT_EQ(format_utc(x.overrides.at(0).until), "2026-11-01T05:30:00Z");
}

TEST(LanguageEscalations, AreReadWhole) {
    const auto x = escalation(R"(
    steps:
      - page: primary
      - { after: 5m, page: [b, primary] }
    repeat: { times: 3, after: 2m }
    acknowledged_for: 30m
    fallback: manager
)");
    ASSERT_EQ(x.steps.size(), 2U);
    EXPECT_EQ(x.steps[0].after, Duration{0});
    EXPECT_EQ(x.steps[0].page, (std::vector<Target>{{Target::Kind::Schedule, "primary"}}));
    EXPECT_EQ(x.steps[1].after, Duration{5min});
    EXPECT_EQ(x.steps[1].page, (std::vector<Target>{{Target::Kind::Person, "b"}, {Target::Kind::Schedule, "primary"}}));
    EXPECT_EQ(x.repeat, 3);
    EXPECT_EQ(x.repeat_after, Duration{2min});
    EXPECT_EQ(x.acknowledged_for, Duration{30min});
    EXPECT_EQ(x.fallback, (Target{Target::Kind::Person, "manager"}));
}

TEST(LanguageEscalations, RepeatAfterTheWaitOfTheLastStep) {
    const auto x = escalation(" { steps: [{ page: a }, { after: 7m, page: b }], repeat: 2, fallback: manager }\n");
    EXPECT_EQ(x.repeat, 2);
    EXPECT_EQ(x.repeat_after, Duration{7min});
}

TEST(LanguageEscalations, RepeatAfterFiveMinutesWhereTheLastStepHasNoWait) {
    EXPECT_EQ(escalation(" { steps: [{ page: a }], repeat: 1, fallback: manager }\n").repeat_after, Duration{5min});
    EXPECT_EQ(escalation(" { steps: [{ page: a }, { after: 0, page: b }], fallback: manager }\n").repeat_after, Duration{5min});
}

TEST(LanguageEscalations, DoNotRepeatUnlessTheySaySo) {
    const auto x = escalation(" { steps: [{ page: a }], fallback: manager }\n");
    EXPECT_EQ(x.repeat, 0);
    EXPECT_EQ(x.acknowledged_for, Duration{0});
}

TEST(LanguageServices, AreReadWhole) {
    const auto rulebook = kit::compiled({{"a.yaml", kit::base()}, {"b.yaml", R"(services:
  x:
    title: The X
    team: learner
    escalation: learner
    runbook: https://runbooks.example.org/x
    depends_on: [mysql, lms]
    triage: primary
  y: {}
default_escalation: learner
default_triage: primary
)"}});
    ASSERT_NE(rulebook, nullptr);
    const auto& x = *rulebook->roster().service("x");
    EXPECT_EQ(x.title, "The X");
    EXPECT_EQ(x.team, "learner");
    EXPECT_EQ(x.escalation, "learner");
    EXPECT_EQ(x.runbook, "https://runbooks.example.org/x");
    EXPECT_EQ(x.depends_on, (std::vector<std::string>{"mysql", "lms"}));
    EXPECT_EQ(x.triage, "primary");
    EXPECT_EQ(rulebook->roster().service("y")->title, "y");
    EXPECT_EQ(rulebook->roster().default_escalation, "learner");
    EXPECT_EQ(rulebook->roster().default_triage, "primary");
}

}  // namespace
}  // namespace tocsin
