// The rulebook that is shipped for the seed team: it compiles without a word, its own tests pass, and its rota is the team's.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/oncall/on_call.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/check/rulebook_tests_report.hpp"
#include "rules/rulebook.hpp"
#include "tests/support/calendar.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::learner_test {
namespace {

const std::filesystem::path kFolder = test::source_path("rules/examples/learner");

Result<std::string> text_of(const std::filesystem::path& path) {
    const std::ifstream file(path);
    if (!file) return Error{Errc::NotFound, "there is no file " + path.string()};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<RulebookFile> files() {
    std::vector<RulebookFile> found;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        if (entry.path().extension() == ".yaml") found.push_back({entry.path().string(), text_of(entry.path()).value()});
    }
    std::sort(found.begin(), found.end(), [](const RulebookFile& a, const RulebookFile& b) { return a.path < b.path; });
    return found;
}

const CompiledRulebook& compiled() {
    static const auto kCompiled = [] {
        CompileContext context;
        context.read_sample = [](std::string_view rulebook_path, std::string_view named) {
            return text_of(std::filesystem::path(rulebook_path).parent_path() / named);
        };
        context.channels = {"log"};
        context.sources = {{"splunk", "splunk"}, {"opsgenie", "opsgenie"}};
        context.horizon = {calendar_kit::utc("2026-02-02T00:00:00Z"), calendar_kit::utc("2029-01-01T00:00:00Z")};
        return compile_rulebook(files(), context);
    }();
    return kCompiled;
}

TEST(LearnerRulebookFiles, CompileWithoutErrorsOrWarnings) {
    EXPECT_NE(compiled().rulebook, nullptr);
    EXPECT_TRUE(compiled().diagnostics.all().empty()) << compiled().diagnostics.render();
}

class LearnerRulebook : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_NE(compiled().rulebook, nullptr) << compiled().diagnostics.render(); }

    static const Rulebook& rulebook() { return *compiled().rulebook; }

    static std::string who(std::string_view schedule, std::string_view new_york) {
        const auto duty =
            oncall::on_call(*rulebook().roster().schedule(schedule), calendar_kit::at(new_york, "America/New_York"));
        return duty ? duty->person : "nobody";
    }
};

TEST_F(LearnerRulebook, PassesItsOwnTests) {
    const auto results = check::run_rulebook_tests(rulebook(), check::kit::real_parser());
    EXPECT_GE(results.size(), 20U);
    for (const auto& result : results) {
        EXPECT_TRUE(result.passed()) << check::failures_to_text({result});
    }
}

TEST_F(LearnerRulebook, EveryRuleIsReachedAndEveryConditionTriedByATest) {
    const auto report = check::test_report(rulebook(), check::kit::real_parser(), "");
    for (const auto& rule : report.coverage->not_reached) ADD_FAILURE() << rule.place << ": " << rule.rule;
    for (const auto& one : report.coverage->not_tried) ADD_FAILURE() << one.place << ": " << one.condition;
}

TEST_F(LearnerRulebook, ThirteenServicesEachHaveARunbookAndTheTriageRota) {
    EXPECT_EQ(rulebook().roster().services.size(), 13U);
    for (const auto& [id, service] : rulebook().roster().services) {
        EXPECT_EQ(service.runbook, "https://runbooks.example.org/learner/" + id);
        EXPECT_EQ(service.triage, "learner-triage") << id;
        EXPECT_EQ(service.escalation, "learner") << id;
    }
}

struct Moment {
    std::string_view new_york;
    std::string_view primary;
    std::string_view secondary;
    std::string_view triage;
};

TEST_F(LearnerRulebook, TheRotaIsTheTeams) {
    constexpr Moment kMoments[] = {
        {"2026-01-02 20:00", "cambridge-a", "lahore-a", "cambridge-a"},
        {"2026-01-04 19:59", "cambridge-a", "lahore-a", "cambridge-a"},
        {"2026-01-04 20:00", "lahore-a", "cambridge-a", "lahore-c"},  // Week 1: A day, B night.
        {"2026-01-05 11:59", "lahore-a", "cambridge-a", "lahore-c"},
        {"2026-01-05 12:00", "lahore-b", "cambridge-a", "lahore-c"},
        {"2026-01-05 19:59", "lahore-b", "cambridge-a", "lahore-c"},
        {"2026-01-05 20:00", "lahore-a", "cambridge-a", "lahore-c"},
        {"2026-01-09 19:59", "lahore-b", "cambridge-a", "lahore-c"},
        {"2026-01-09 20:00", "cambridge-b", "lahore-c", "cambridge-b"},
        {"2026-01-11 20:00", "lahore-c", "cambridge-b", "lahore-b"},  // Week 2: C day, A night.
        {"2026-01-12 12:00", "lahore-a", "cambridge-b", "lahore-b"},
        {"2026-01-16 20:00", "cambridge-a", "lahore-b", "cambridge-a"},
        {"2026-01-18 20:00", "lahore-b", "cambridge-a", "lahore-a"},  // Week 3: B day, C night.
        {"2026-01-19 12:00", "lahore-c", "cambridge-a", "lahore-a"},
        {"2026-01-23 20:00", "cambridge-b", "lahore-a", "cambridge-b"},
        {"2026-01-25 20:00", "lahore-a", "cambridge-b", "lahore-c"},  // Week 4 repeats week 1.
        {"2026-01-26 12:00", "lahore-b", "cambridge-b", "lahore-c"},
        {"2026-03-08 03:00", "cambridge-b", "lahore-a", "cambridge-b"},  // Clocks have just gone forward.
        {"2026-03-08 19:59", "cambridge-b", "lahore-a", "cambridge-b"},
        {"2026-03-08 20:00", "lahore-a", "cambridge-b", "lahore-c"},
        {"2026-03-09 12:00", "lahore-b", "cambridge-b", "lahore-c"},
        {"2026-11-01 19:59", "cambridge-b", "lahore-c", "cambridge-b"},  // Clocks went back that morning.
        {"2026-11-01 20:00", "lahore-c", "cambridge-b", "lahore-b"},
    };
    for (const auto& moment : kMoments) {
        EXPECT_EQ(who("learner-primary", moment.new_york), moment.primary) << moment.new_york;
        EXPECT_EQ(who("learner-secondary", moment.new_york), moment.secondary) << moment.new_york;
        EXPECT_EQ(who("learner-triage", moment.new_york), moment.triage) << moment.new_york;
    }
}

/// What the rota of the team says of a weekday: the day shift begins at 20:00 the evening before, the night shift at 12:00.
struct WeekOfTheTable {
    std::string_view day;
    std::string_view night;
    std::string_view triage;
};

TEST_F(LearnerRulebook, EveryWeekdayOfAYearIsAsTheTableSays) {
    constexpr WeekOfTheTable kWeeks[] = {
        {"lahore-a", "lahore-b", "lahore-c"}, {"lahore-c", "lahore-a", "lahore-b"}, {"lahore-b", "lahore-c", "lahore-a"}};
    const auto zone = calendar_kit::zone("America/New_York");
    const auto first_monday = calendar_kit::civil("2026-01-05 00:00");
    const auto shift_at = [&](CivilTime civil) {
        const auto t = zone.to_utc(civil);
        for (const auto& shift : oncall::shifts(*rulebook().roster().schedule("learner-primary"), t - std::chrono::days{2},
                                                t + std::chrono::days{2})) {
            if (shift.from <= t && t < shift.until) return shift;
        }
        return oncall::Shift{};
    };
    for (int week = 0; week < 53; ++week) {
        const auto& table = kWeeks[week % 3];
        const std::string cambridge = week % 2 == 0 ? "cambridge-a" : "cambridge-b";
        const std::string at_the_weekend = week % 2 == 0 ? "cambridge-b" : "cambridge-a";
        for (int day = 0; day < 5; ++day) {
            const auto midnight = first_monday + std::chrono::days{week * 7 + day};
            SCOPED_TRACE(format_civil(midnight));
            const auto by_day = shift_at(midnight + std::chrono::hours{3});
            EXPECT_EQ(by_day.duty.person, table.day);
            EXPECT_EQ(by_day.duty.by, "day");
            EXPECT_EQ(by_day.from, zone.to_utc(midnight - std::chrono::hours{4}));
            EXPECT_EQ(by_day.until, zone.to_utc(midnight + std::chrono::hours{12}));
            const auto by_night = shift_at(midnight + std::chrono::hours{15});
            EXPECT_EQ(by_night.duty.person, table.night);
            EXPECT_EQ(by_night.from, zone.to_utc(midnight + std::chrono::hours{12}));
            EXPECT_EQ(by_night.until, zone.to_utc(midnight + std::chrono::hours{20}));
            for (const int hour : {0, 9, 14, 19}) {
                const auto t = format_civil(midnight + std::chrono::hours{hour});
                EXPECT_EQ(who("learner-secondary", t), cambridge) << t;
                EXPECT_EQ(who("learner-triage", t), table.triage) << t;
            }
        }
        const auto saturday = first_monday + std::chrono::days{week * 7 + 5};
        const auto weekend = shift_at(saturday);
        EXPECT_EQ(weekend.duty.person, at_the_weekend);
        EXPECT_EQ(weekend.from, zone.to_utc(saturday - std::chrono::hours{4}));
        EXPECT_EQ(weekend.until, zone.to_utc(saturday + std::chrono::hours{44}));
    }
}

TEST_F(LearnerRulebook, NoMinuteOfTheNextYearsIsUncoveredAndNobodyStandsBehindThemselves) {
    const auto from = calendar_kit::utc("2026-01-05T01:00:00Z");
    const auto until = calendar_kit::utc("2029-01-01T00:00:00Z");
    const auto& roster = rulebook().roster();
    for (const auto* id : {"learner-primary", "learner-secondary", "learner-triage"}) {
        auto covered_until = from;
        for (const auto& shift : oncall::shifts(*roster.schedule(id), from, until)) {
            EXPECT_EQ(shift.from, covered_until) << id << ": a gap from " << format_utc(covered_until);
            covered_until = shift.until;
        }
        EXPECT_EQ(covered_until, until) << id;
    }
    for (const auto& shift : oncall::shifts(*roster.schedule("learner-primary"), from, until)) {
        const auto behind = oncall::on_call(*roster.schedule("learner-secondary"), shift.from);
        EXPECT_NE(behind->person, shift.duty.person) << format_utc(shift.from);
    }
}

}  // namespace
}  // namespace tocsin::learner_test
