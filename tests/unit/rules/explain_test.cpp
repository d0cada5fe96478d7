// Tests of explain: what it says of an alert, to people and to programs.
#include "rules/check/explain.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>

#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::check {
namespace {

Explanation explained(const std::string& count, const std::string& environment) {
    const auto rulebook = kit::learner_rulebook({});
    const auto [alert, fields] = kit::errors(count, environment);
    return explain(rulebook, alert, fields, kit::start());
}

TEST(Explain, ListsEveryField) {
    const auto e = explained("120", "prod");
    ASSERT_EQ(e.fields.size(), 7U);
    EXPECT_EQ(e.fields[5].path, "labels.environment");
    EXPECT_EQ(e.fields[6].value, "120");
    EXPECT_EQ(e.fields[6].type, FieldType::Number);
}

TEST(Explain, SaysWhyEachRuleMatchedOrDidNot) {
    const auto e = explained("120", "prod");
    ASSERT_EQ(e.rules.size(), 2U);
    EXPECT_EQ(e.rules[0].step.failed_condition, "labels.environment one_of [staging, sandbox]");
    EXPECT_EQ(e.rules[0].step.seen, "prod");
    EXPECT_EQ(e.rules[1].reasons,
              (std::vector<std::string>{"source is splunk: saw splunk", "payload.count at_least 100: saw 120"}));
    EXPECT_EQ(e.rules[1].sets, "service lms, severity critical, a summary");
    EXPECT_EQ(e.rules_not_asked, 1U);
}

TEST(Explain, PlaysThePagesThatWouldFollow) {
    const auto e = explained("120", "prod");
    ASSERT_GE(e.pages.size(), 3U);
    EXPECT_EQ(e.pages[1].offset, std::chrono::minutes{1});
    EXPECT_EQ(recipient_text(e.pages[1]), "cambridge-a via text");
    EXPECT_EQ(e.pages[2].person, "cambridge-b");
    EXPECT_EQ(e.pages[2].reason, Reason::StepTimedOut);
    EXPECT_FALSE(e.timeline.empty());
}

TEST(Explain, MarksNotices) {
    const auto e = explained("1", "prod");
    ASSERT_EQ(e.pages.size(), 1U);
    EXPECT_EQ(recipient_text(e.pages[0]), "cambridge-b via push (notice)");
}

TEST(ExplainText, IsLaidOutForPeople) {
    auto e = explained("120", "prod");
    e.pages.resize(1);
    e.timeline.resize(1);
    e.timeline[0].detail = "two\nlines";
    EXPECT_EQ(
        to_text(e),
        "Alert lms-5xx of splunk at 2026-03-08T07:30:00Z\n"
        "\n"
        "Fields\n"
        "  source              splunk\n"
        "  kind                splunk\n"
        "  status              firing\n"
        "  title               LMS 5xx\n"
        "  key                 lms-5xx\n"
        "  labels.environment  prod\n"
        "  payload.count       120\n"
        "\n"
        "Trail\n"
        "    1  no            staging never wakes anyone  (rules/learner.yaml:31)\n"
        "                     labels.environment one_of [staging, sandbox]: saw prod\n"
        "    2  YES, decides  LMS answers with 5xx  (rules/learner.yaml:35)\n"
        "                     source is splunk: saw splunk\n"
        "                     payload.count at_least 100: saw 120\n"
        "                     sets service lms, severity critical, a summary\n"
        "  1 rule behind it was not asked\n"
        "\n"
        "Verdict\n"
        "  rule        LMS answers with 5xx\n"
        "  service     lms, Courseware (LMS)\n"
        "  severity    critical\n"
        "  urgency     page\n"
        "  summary     120 server errors\n"
        "  incident    source=splunk,key=lms-5xx\n"
        "  escalation  learner\n"
        "  runbook     https://runbooks.example.org/lms\n"
        "\n"
        "Who is told when, if nobody answers\n"
        "  +0s  2026-03-08T07:30:00Z  Sun 2026-03-08 03:30 America/New_York  cambridge-a via push  first_step, named by the "
        "policy\n"
        "\n"
        "Timeline\n"
        "  +0s  opened  two lines\n");
}

TEST(ExplainText, SaysThatARecordTellsNobody) {
    const auto text = to_text(explained("120", "staging"));
    EXPECT_NE(text.find("  nobody: it is kept and nobody is told\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  2 rules behind it were not asked\n"), std::string::npos) << text;
}

TEST(ExplainText, LetsNoTerminalCodesThrough) {
    auto [alert, fields] = kit::errors("120", "prod");
    fields.add("payload.note", "\x1b[2Jgone\nand more");
    const auto text = to_text(explain(kit::learner_rulebook({}), alert, fields, kit::start()));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("[2Jgone and more\n"), std::string::npos) << text;
}

TEST(ExplainJson, HoldsEverything) {
    const auto e = boost::json::parse(to_json(explained("120", "prod")));
    EXPECT_EQ(e.at("verdict").at("service").as_string(), "lms");
    EXPECT_EQ(e.at("verdict").at("severity").as_string(), "critical");
    EXPECT_EQ(e.at("fields").at(6).at("type").as_string(), "number");
    EXPECT_EQ(e.at("trail").at(0).at("seen").as_string(), "prod");
    EXPECT_EQ(e.at("trail").at(1).at("reasons").as_array().size(), 2U);
    EXPECT_EQ(e.at("pages").at(2).at("offset").as_string(), "+5m");
    EXPECT_EQ(e.at("pages").at(2).at("local").as_string(), "Sun 2026-03-08 03:35 America/New_York");
    EXPECT_EQ(e.at("timeline").at(0).at("reason").as_string(), "opened");
}

}  // namespace
}  // namespace tocsin::check
