// Tests of rulebook tests: what passes, what fails, and what is said of it.
#include "rules/check/rulebook_tests.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>

#include "rules/check/rulebook_tests_report.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::check {
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

Lines differences(std::vector<TestGiven> given, TestExpect expect) {
    return result_of(std::move(given), std::move(expect)).differences;
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
    expect.rule = "LMS answers with 5xx";
    expect.service = "lms";
    expect.severity = Severity::Critical;
    expect.urgency = Urgency::Page;
    expect.summary = "120 server errors";
    expect.incident = "source=splunk,key=lms-5xx";
    expect.pages_until = {{minutes{4}, 2}, {minutes{5}, 3}};
    EXPECT_EQ(differences(burst(), expect), Lines{});
}

TEST(RulebookTests, LookNoFurtherThanTheLastExpectedPage) {
    EXPECT_EQ(differences(burst(), pages({{minutes{0}, "cambridge-a", "push"}})), Lines{});
}

TEST(RulebookTests, ShowWhatDidNotGoOutAndWhatWentOutInstead) {
    const auto expect =
        pages({{minutes{0}, "cambridge-a", "push"}, {minutes{1}, "cambridge-a", "phone"}, {minutes{5}, "manager", ""}});
    EXPECT_EQ(differences(burst(), expect),
              (Lines{
                  "expected  +1m  cambridge-a via phone: did not go out",
                  "got       +1m  cambridge-a via text: not expected (first_step, named by the policy)",
                  "expected  +5m  manager by any contact: did not go out",
                  "got       +5m  cambridge-b via push: not expected (step_timed_out, named by the policy)",
              }));
}

TEST(RulebookTests, FailOfAPageThatNobodyExpectedInBetween) {
    const auto expect = pages({{minutes{0}, "cambridge-a", "push"}, {minutes{5}, "cambridge-b", "push"}});
    EXPECT_EQ(differences(burst(), expect),
              Lines{"got       +1m  cambridge-a via text: not expected (first_step, named by the policy)"});
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
    expect.rule = "LMS answers with 5xx";
    expect.service = "lms";
    EXPECT_EQ(differences({kit::alert_at(minutes{0}, "8 prod")}, expect),
              (Lines{
                  "rule: expected \"LMS answers with 5xx\", got \"everything else\"; \"LMS answers with 5xx\" did not match: "
                  "payload.count at_least 100, saw 8",
                  "service: expected \"lms\", got none",
              }));
}

TEST(RulebookTests, ExpectTheVerdictOfTheFirstAlert) {
    TestExpect expect;
    expect.rule = "LMS answers with 5xx";
    EXPECT_EQ(differences({kit::alert_at(minutes{1}, "8 prod"), kit::alert_at(minutes{0}, "120 prod")}, expect), Lines{});
}

TEST(RulebookTests, FailOfAPayloadThatIsNotUnderstood) {
    EXPECT_EQ(differences({kit::alert_at(minutes{0}, "nonsense")}, {}),
              Lines{"the alert of splunk at +0s was not understood: two words are wanted"});
}

TEST(RulebookTests, FailWithoutAnyAlert) {
    EXPECT_EQ(differences({kit::acknowledgement_at(minutes{0}, "cambridge-a")}, {}),
              Lines{"the test gives no alert, so nothing can happen"});
}

TEST(RulebookTests, KnowTheRulesThatNoneOfThemReached) {
    const auto rulebook = kit::learner_rulebook({test_of(burst(), {}), test_of({kit::alert_at(minutes{0}, "1 prod")}, {})});
    const auto missing = rules_not_reached(rulebook, run_rulebook_tests(rulebook, kit::parser()));
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0]->name, "staging never wakes anyone");
}

/// One test that passes and one that fails.
Rulebook half_right() {
    auto good = test_of(burst(), pages({{minutes{0}, "cambridge-a", "push"}}));
    good.name = "good & <proper>";
    return kit::learner_rulebook({good, test_of(burst(), pages({{minutes{0}, "cambridge-b", "push"}}))});
}

TEST(RulebookTestsReport, IsReadable) {
    const auto rulebook = half_right();
    EXPECT_EQ(tests_to_text(rulebook, run_rulebook_tests(rulebook, kit::parser())),
              "ok    good & <proper>\n"
              "FAIL  a burst pages  (rules/learner.yaml:60)\n"
              "      expected  +0s  cambridge-b via push: did not go out\n"
              "      got       +0s  cambridge-a via push: not expected (first_step, named by the policy)\n"
              "      what went out:\n"
              "        +0s  cambridge-a via push  first_step, named by the policy\n"
              "2 of 3 rules no test reached:\n"
              "  staging never wakes anyone  (rules/learner.yaml:31)\n"
              "  everything else  (rules/learner.yaml:50)\n"
              "2 tests: 1 passed, 1 failed\n");
}

TEST(RulebookTestsReport, IsJUnit) {
    const auto rulebook = half_right();
    const auto xml = tests_to_junit(rulebook, run_rulebook_tests(rulebook, kit::parser()));
    EXPECT_NE(xml.find("<testsuite name=\"rulebook\" tests=\"2\" failures=\"1\" errors=\"0\">"), std::string::npos);
    EXPECT_NE(xml.find("<testcase classname=\"rules/learner.yaml\" name=\"good &amp; &lt;proper&gt;\"/>"), std::string::npos);
    EXPECT_NE(xml.find("<failure message=\"expected  +0s  cambridge-b via push: did not go out\">"), std::string::npos);
    EXPECT_NE(xml.find("<system-out>2 of 3 rules no test reached:"), std::string::npos);
    EXPECT_TRUE(xml.ends_with("</testsuites>\n"));
}

TEST(RulebookTestsReport, IsJson) {
    const auto rulebook = half_right();
    const auto report = boost::json::parse(tests_to_json(rulebook, run_rulebook_tests(rulebook, kit::parser())));
    EXPECT_EQ(report.at("passed").to_number<int>(), 1);
    EXPECT_EQ(report.at("failed").to_number<int>(), 1);
    const auto& failed = report.at("tests").at(1);
    EXPECT_FALSE(failed.at("passed").as_bool());
    EXPECT_EQ(failed.at("differences").as_array().size(), 2U);
    EXPECT_EQ(failed.at("pages").at(0).at("person").as_string(), "cambridge-a");
    EXPECT_EQ(report.at("rules_not_reached").at(1).at("place").as_string(), "rules/learner.yaml:50");
}

}  // namespace
}  // namespace tocsin::check
