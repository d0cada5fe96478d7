// Tests of rulebook tests: what passes, what fails, and what is said of it.
#include "rules/check/rulebook_tests.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "rules/check/rulebook_tests_report.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::check::rulebook_tests_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Lines = std::vector<std::string>;

RulebookTest test_of(std::vector<TestGiven> given, TestExpect expect) {
    return {"a burst pages", "rules/learner.yaml:60", std::move(given), std::move(expect)};
}

TestResult result_of(std::vector<TestGiven> given, TestExpect expect) {
    const auto rulebook = kit::learner_rulebook({test_of(std::move(given), std::move(expect))});
    return run_rulebook_tests(rulebook, kit::parser()).at(0);
}

/// "severity: expected critical, got moderate", and of pages "- +1m cambridge-a via phone" or "+ +1m ...".
Lines lines_of(const TestResult& result) {
    Lines lines;
    for (const auto& one : result.differences) {
        lines.push_back(one.what + ": expected " + one.expected + ", got " + one.got + (one.why.empty() ? "" : "; " + one.why));
    }
    for (const auto& page : result.compared) {
        if (page.outcome == ComparedPage::Outcome::AsExpected) continue;
        const auto* mark = page.outcome == ComparedPage::Outcome::Missing ? "- " : "+ ";
        lines.push_back(mark + offset_text(page.at) + " " + page.recipient);
    }
    EXPECT_EQ(result.passed(), lines.empty());
    return lines;
}

Lines differences(std::vector<TestGiven> given, TestExpect expect) {
    return lines_of(result_of(std::move(given), std::move(expect)));
}

std::vector<TestGiven> burst() { return {kit::alert_at(minutes{0}, "120 prod")}; }

TestExpect pages(std::vector<ExpectedPage> expected) {
    TestExpect expect;
    expect.pages = std::move(expected);
    return expect;
}

TEST(RulebookTests, PassWhenEverythingHappensAsExpected) {
    auto expect = pages({{minutes{0}, "cambridge-a", "push"},
                         {minutes{1}, "cambridge-a", ""},
                         {minutes{5}, "cambridge-b", "push"},
                         {minutes{6}, "cambridge-b", "text"}});
    expect.verdict.rule = "LMS answers with 5xx";
    expect.verdict.service = "lms";
    expect.verdict.severity = Severity::Critical;
    expect.verdict.urgency = Urgency::Page;
    expect.verdict.summary = "120 server errors";
    expect.verdict.incident = "source=splunk,key=lms-5xx";
    expect.pages_until = {{minutes{4}, 2}, {minutes{5}, 3}};
    EXPECT_EQ(differences(burst(), expect), Lines{});
}

TEST(RulebookTests, LookNoFurtherThanTheLastExpectedPage) {
    EXPECT_EQ(differences(burst(), pages({{minutes{0}, "cambridge-a", "push"}})), Lines{});
}

TEST(RulebookTests, ShowWhatDidNotGoOutAndWhatWentOutInstead) {
    const auto expect =
        pages({{minutes{0}, "cambridge-a", "push"}, {minutes{1}, "cambridge-a", "phone"}, {minutes{5}, "manager", ""}});
    EXPECT_EQ(differences(burst(), expect), (Lines{"- +1m cambridge-a via phone", "+ +1m cambridge-a via text",
                                                   "- +5m manager by any contact", "+ +5m cambridge-b via push"}));
}

TEST(RulebookTests, FailOfAPageThatNobodyExpectedInBetween) {
    const auto expect = pages({{minutes{0}, "cambridge-a", "push"}, {minutes{5}, "cambridge-b", "push"}});
    EXPECT_EQ(differences(burst(), expect), Lines{"+ +1m cambridge-a via text"});
}

TEST(RulebookTests, AnAcknowledgementStopsPaging) {
    TestExpect expect;
    expect.pages_until = {{hours{2}, 2}};
    auto given = burst();
    EXPECT_EQ(differences(given, expect).size(), 1U);
    given.insert(given.begin(), kit::acknowledgement_at(minutes{2}, "cambridge-a"));
    EXPECT_EQ(differences(given, expect), Lines{});
}

TEST(RulebookTests, CountPagesUntilAnInstant) {
    TestExpect expect;
    expect.pages_until = {{hours{2}, 2}};
    EXPECT_EQ(differences(burst(), expect), Lines{"pages until +2h: expected 2, got 6"});
}

TEST(RulebookTests, NoPagesMeansNoneWithinADay) {
    TestExpect expect;
    expect.no_pages = true;
    EXPECT_EQ(differences({kit::alert_at(minutes{0}, "120 staging")}, expect), Lines{});
    EXPECT_EQ(differences(burst(), expect).size(), 6U);
    EXPECT_EQ(differences(burst(), pages({})).size(), 6U);
}

TEST(RulebookTests, SayWhyTheExpectedRuleDidNotDecide) {
    TestExpect expect;
    expect.verdict.rule = "LMS answers with 5xx";
    expect.verdict.service = "lms";
    EXPECT_EQ(differences({kit::alert_at(minutes{0}, "8 prod")}, expect),
              (Lines{
                  "rule: expected LMS answers with 5xx, got everything else; \"LMS answers with 5xx\" did not match: "
                  "payload.count at_least 100, saw 8",
                  "service: expected lms, got none",
              }));
}

TEST(RulebookTests, ExpectTheVerdictOfTheFirstAlert) {
    TestExpect expect;
    expect.verdict.rule = "LMS answers with 5xx";
    EXPECT_EQ(differences({kit::alert_at(minutes{1}, "8 prod"), kit::alert_at(minutes{0}, "120 prod")}, expect), Lines{});
}

TEST(RulebookTests, FailOfAPayloadThatIsNotUnderstood) {
    EXPECT_EQ(differences({kit::alert_at(minutes{0}, "nonsense")}, {}),
              Lines{"the alert of splunk at +0s: expected one that is understood, got two words are wanted"});
}

TEST(RulebookTests, FailWithoutAnyAlert) {
    EXPECT_EQ(differences({kit::acknowledgement_at(minutes{0}, "cambridge-a")}, {}),
              Lines{"given: expected an alert, got none, so nothing can happen"});
}

TEST(RulebookTests, WithoutAnEndLookAsFarAsWhatIsGiven) {
    auto given = burst();
    given.push_back(kit::acknowledgement_at(minutes{7}, "cambridge-a"));
    const auto expect = pages({{minutes{0}, "cambridge-a", "push"}, {minutes{1}, "cambridge-a", "text"}});
    EXPECT_EQ(differences(given, expect), (Lines{"+ +5m cambridge-b via push", "+ +6m cambridge-b via text"}));
}

TEST(RulebookTests, LookAsFarAsTheEndThatIsWritten) {
    auto expect = pages({{minutes{0}, "cambridge-a", "push"}});
    expect.until = minutes{5};
    EXPECT_EQ(differences(burst(), expect), (Lines{"+ +1m cambridge-a via text", "+ +5m cambridge-b via push"}));
    TestExpect nothing;
    nothing.no_pages = true;
    nothing.until = minutes{1};
    EXPECT_EQ(differences(burst(), nothing).size(), 2U);
}

TEST(RulebookTests, TellPagesByChannelAndReasonToo) {
    EXPECT_EQ(differences(burst(), pages({{minutes{0}, "cambridge-a", "", "ntfy", Reason::FirstStep}})), Lines{});
    EXPECT_EQ(differences(burst(), pages({{minutes{0}, "cambridge-a", "", "sms", Reason::Fallback}})),
              (Lines{"- +0s cambridge-a by any contact on sms, fallback", "+ +0s cambridge-a via push"}));
}

TEST(RulebookTests, ExpectTheVerdictOfEachAlertOfMany) {
    auto given = burst();
    given.push_back(kit::alert_at(minutes{1}, "8 prod"));
    given.back().expect.severity = Severity::Critical;
    given.back().expect.silence = "";
    EXPECT_EQ(differences(given, {}), Lines{"severity of the alert at +1m: expected critical, got moderate"});
}

TEST(RulebookTests, ExpectStateIncidentsAndReasonsAtTheEnd) {
    TestExpect expect;
    expect.until = minutes{10};
    expect.state = "acknowledged";
    expect.incidents = 2;
    expect.reasons = {Reason::Opened, Reason::StepTimedOut, Reason::Acknowledged};
    EXPECT_EQ(differences(burst(), expect),
              (Lines{"state at the end: expected acknowledged, got triggered", "incidents: expected 2, got 1",
                     "reasons: expected acknowledged, got opened, first_step, step_timed_out, fallback"}));
    auto given = burst();
    given.push_back(kit::acknowledgement_at(minutes{6}, "cambridge-b"));
    expect.incidents = 1;
    EXPECT_EQ(differences(given, expect), Lines{});
}

TestGiven silence_for(Duration lasts) {
    TestGiven given;
    given.kind = TestGiven::Kind::Silence;
    given.at = kit::start();
    given.silence.name = "patching";
    given.silence.from = given.at;
    given.silence.until = given.at + lasts;
    return given;
}

TEST(RulebookTests, ASilenceHoldsFromTheInstantOfTheFirstAlert) {
    auto given = burst();
    given.push_back(silence_for(hours{2}));
    auto expect = pages({{hours{2}, "cambridge-a", "push", "", Reason::SilenceEnded}});
    expect.verdict.silence = "patching";
    expect.reasons = {Reason::Silenced, Reason::SilenceEnded};
    EXPECT_EQ(differences(given, expect), Lines{});
    TestExpect silent;
    silent.until = hours{1};
    silent.no_pages = true;
    silent.state = "silenced";
    EXPECT_EQ(differences(given, silent), Lines{});
    EXPECT_EQ(differences(burst(), silent).size(), 7U);
}

TEST(RulebookTests, ASnoozeEnds) {
    auto given = burst();
    TestGiven snooze;
    snooze.kind = TestGiven::Kind::Snooze;
    snooze.at = kit::start();
    snooze.person = "cambridge-a";
    snooze.lasts = minutes{30};
    given.push_back(snooze);
    const auto expect = pages({{minutes{0}, "cambridge-a", "push"}, {minutes{30}, "cambridge-a", "push"}});
    EXPECT_EQ(differences(given, expect), Lines{});
}

TEST(RulebookTests, TheFilterChoosesByNameAndLeavesCoverageOut) {
    auto other = test_of(burst(), {});
    other.name = "Something else";
    const auto rulebook = kit::learner_rulebook({test_of(burst(), {}), other});
    const auto report = test_report(rulebook, kit::parser(), "SOME");
    ASSERT_EQ(report.results.size(), 1U);
    EXPECT_EQ(report.results[0].name, "Something else");
    EXPECT_FALSE(report.coverage);
}

CoverageReport coverage_of(std::vector<RulebookTest> tests) {
    return *test_report(kit::learner_rulebook(std::move(tests)), kit::parser(), "").coverage;
}

TEST(RulebookTestsCoverage, KnowsTheRulesThatNoTestReached) {
    const auto coverage = coverage_of({test_of(burst(), {}), test_of({kit::alert_at(minutes{0}, "1 prod")}, {})});
    ASSERT_EQ(coverage.not_reached.size(), 1U);
    EXPECT_EQ(coverage.not_reached[0].rule, "staging never wakes anyone");
    EXPECT_EQ(coverage.rules_percent(), 66);
}

TEST(RulebookTestsCoverage, CountsAConditionOnceItHasHeldAndFailed) {
    auto coverage = coverage_of({test_of(burst(), {})});
    ASSERT_EQ(coverage.not_tried.size(), 3U);
    EXPECT_EQ(coverage.not_tried[2].condition, "payload.count at_least 100");
    EXPECT_TRUE(coverage.not_tried[2].has_held);
    EXPECT_EQ(coverage.conditions_percent(), 0);
    coverage = coverage_of({test_of(burst(), {}), test_of({kit::alert_at(minutes{0}, "1 prod")}, {})});
    ASSERT_EQ(coverage.not_tried.size(), 2U);
    EXPECT_EQ(coverage.conditions_percent(), 33);
}

TEST(RulebookTestsCoverage, OfNothingIsComplete) {
    EXPECT_EQ(CoverageReport{}.rules_percent(), 100);
    EXPECT_EQ(CoverageReport{}.conditions_percent(), 100);
}

/// One test that passes, and two that fail: one of its pages, one of its verdict.
TestReport half_right() {
    auto good = test_of(burst(), pages({{minutes{0}, "cambridge-a", "push"}}));
    good.name = "good & <proper>";
    TestExpect lms;
    lms.verdict.rule = "LMS answers with 5xx";
    lms.verdict.severity = Severity::Critical;
    auto few = test_of({kit::alert_at(minutes{0}, "8 prod")}, lms);
    few.name = "few: 100%, or\nnone";
    return test_report(
        kit::learner_rulebook(
            {good, test_of(burst(), pages({{minutes{0}, "cambridge-a", ""}, {minutes{1}, "cambridge-a", "phone"}})), few}),
        kit::parser(), "");
}

TEST(RulebookTestsReport, IsReadable) {
    test::expect_golden("tests.txt", tests_to_text(half_right(), CoverageDetail::Summary));
    test::expect_golden("tests_coverage.txt", tests_to_text(half_right(), CoverageDetail::Conditions));
    test::expect_golden("tests_failures.txt", failures_to_text(half_right().results));
}

TEST(RulebookTestsReport, IsJUnit) { test::expect_golden("tests_junit.xml", tests_to_junit(half_right())); }

TEST(RulebookTestsReport, IsWorkflowCommandsWithWhatGitHubWantsEscaped) {
    const auto text = tests_to_github(half_right());
    test::expect_golden("tests_github.txt", text);
    EXPECT_NE(text.find("title=tocsin test%3A few%3A 100%25%2C or%0Anone::"), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(RulebookTestsReport, IsJson) {
    const auto report = boost::json::parse(tests_to_json(half_right()));
    EXPECT_EQ(report.at("passed").to_number<int>(), 1);
    EXPECT_EQ(report.at("failed").to_number<int>(), 2);
    const auto& failed = report.at("tests").at(1);
    EXPECT_FALSE(failed.at("passed").as_bool());
    EXPECT_EQ(failed.at("compared").at(1).at("outcome").as_string(), "missing");
    EXPECT_EQ(failed.at("pages").at(0).at("person").as_string(), "cambridge-a");
    EXPECT_EQ(report.at("tests").at(2).at("differences").at(1).at("expected").as_string(), "critical");
    EXPECT_EQ(report.at("coverage").at("not_reached").at(0).at("place").as_string(), "rules/learner.yaml:31");
    EXPECT_EQ(report.at("coverage").at("not_tried").at(0).at("has_held").as_bool(), false);
}

}  // namespace
}  // namespace tocsin::check::rulebook_tests_test
