// Schedules and escalations, as they are written and as the daemon gets them.
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::language_schedules_test {
namespace {

using namespace std::chrono_literals;

/// The schedule `x` with these lines, beside the base.
Schedule schedule(const std::string& lines) {
    CompileContext context;
    context.read_sample = [](std::string_view, std::string_view named) -> Result<std::string> {
        const auto calendar = [](const std::string& events) { return "BEGIN:VCALENDAR\n" + events + "END:VCALENDAR\n"; };
        if (named == "calendars/holidays.ics") return calendar("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n");
        return calendar(
            "BEGIN:VEVENT\nDTSTART:20260105T090000\nDURATION:PT8H\nSUMMARY:A, b\nEND:VEVENT\n"
            "BEGIN:VEVENT\nDTSTART:20260106T090000\nDURATION:PT8H\nSUMMARY:Triage\nATTENDEE:mailto:C@example.org\nEND:VEVENT\n");
    };
    const auto rulebook = kit::compiled({{"a.yaml", kit::base()}, {"b.yaml", "schedules:\n  x:" + lines}}, context);
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

TEST(LanguageSchedules, PassTheTurnAtTimesOfTheWeek) {
    const auto x = schedule(
        " { time_zone: UTC, layers: [{ people: [a, b], rotate: { every: [fri 17:30, mon-tue 09:00], from: 2026-01-06 09:00 } }] "
        "}\n");
    const auto& rotation = *x.layers.at(0).rotation;
    EXPECT_EQ(rotation.unit, Rotation::Unit::TimesOfWeek);
    EXPECT_EQ(rotation.hand_overs, (std::vector<std::int32_t>{540, 1440 + 540, 4 * 1440 + 1050}));
    EXPECT_EQ(rotation.from, parse_civil("2026-01-06 09:00"));
}

TEST(LanguageSchedules, HaveRolesClocksOfTheirOwnAndHolidays) {
    const auto x = schedule(R"(
    time_zone: UTC
    holidays: calendars/holidays.ics
    layers:
      - { people: a, time_zone: Asia/Karachi, during: 09:00-17:00 }
      - { people: b, role: secondary }
      - { people: c, role: shadow, on: holidays }
    overrides:
      - { person: a, from: 2026-12-24 12:00, until: 2026-12-26 12:00, role: secondary }
)");
    ASSERT_EQ(x.layers.size(), 3U);
    EXPECT_EQ(x.layers[0].time_zone->name(), "Asia/Karachi");
    EXPECT_EQ(x.layers[0].role, Role::Primary);
    EXPECT_EQ(x.layers[1].role, Role::Secondary);
    EXPECT_EQ(x.layers[2].role, Role::Shadow);
    EXPECT_EQ(x.layers[2].on, Layer::Days::Holidays);
    EXPECT_EQ(x.overrides.at(0).role, Role::Secondary);
    ASSERT_FALSE(x.holidays.empty());
    EXPECT_EQ(x.holidays[0], (Interval{*parse_rfc3339("2026-01-01T00:00:00Z"), *parse_rfc3339("2026-01-02T00:00:00Z")}));
}

TEST(LanguageSchedules, MayBeKeptInACalendar) {
    const auto x = schedule(" { time_zone: UTC, ical: calendars/team.ics }\n");
    ASSERT_EQ(x.layers.size(), 1U);
    EXPECT_EQ(x.layers[0].name, "calendar");
    ASSERT_TRUE(x.layers[0].calendar.has_value());
    const auto& shifts = *x.layers[0].calendar;
    ASSERT_GE(shifts.size(), 2U);
    EXPECT_EQ(shifts[0].people, (std::vector<std::string>{"a", "b"})) << "by the title, in line";
    EXPECT_EQ(shifts[1].people, std::vector<std::string>{"c"}) << "by the address of who is invited";
}

TEST(LanguageSchedules, KnowTheVacationsOfTheirPeopleOnly) {
    const auto rulebook = kit::compiled(
        "people:\n"
        "  x: { email: x@example.org, paged: [{ via: email }], time_zone: Asia/Karachi,\n"
        "       vacations: [{ from: 2026-12-24, until: 2027-01-02 09:00 }] }\n"
        "  y: { email: y@example.org, paged: [{ via: email }],\n"
        "       vacations: [{ from: 2026-12-24, until: 2027-01-02 }] }\n"
        "schedules: { s: { time_zone: UTC, layers: [{ people: x }] } }\n");
    ASSERT_NE(rulebook, nullptr);
    const auto& vacations = rulebook->roster().schedule("s")->vacations;
    ASSERT_EQ(vacations.size(), 1U);
    EXPECT_EQ(vacations[0].person, "x");
    EXPECT_EQ(vacations[0].from, parse_rfc3339("2026-12-23T19:00:00Z"));
    EXPECT_EQ(vacations[0].until, parse_rfc3339("2027-01-02T04:00:00Z"));
}

TEST(LanguageEscalations, PageARoleOfASchedule) {
    const auto x = escalation(" { steps: [{ page: primary/secondary }], fallback: primary/primary }\n");
    EXPECT_EQ(x.steps[0].page, (std::vector<Target>{{Target::Kind::Schedule, "primary", Role::Secondary}}));
    EXPECT_EQ(x.fallback, (Target{Target::Kind::Schedule, "primary"}));
}

}  // namespace
}  // namespace tocsin::language_schedules_test
