// Tests of explain: what it says of an alert, to people and to programs.
#include "rules/check/explain.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>

#include "rules/check/explain_rule.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::check::explain_test {
namespace {

Explanation explained(const std::string& count, const std::string& environment) {
    const auto rulebook = kit::learner_rulebook({});
    const auto parsed = kit::errors(count, environment);
    return explain(rulebook, parsed, kit::start());
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
    e.timeline[0].detail = "two\nlines";
    test::expect_golden("explain.txt", to_text(e));
}

TEST(Explain, OfManyRulesShowsThoseThatMatchedAndTheOnesNearTheDecision) {
    std::vector<match::RuleSpec> rules;
    for (int i = 0; i < 1'000; ++i) {
        auto& rule = rules.emplace_back();
        rule.name = "rule " + std::to_string(i);
        rule.match.kind = match::Expression::Kind::Condition;
        rule.match.condition.path = "payload.count";
        rule.match.condition.operands = {std::to_string(i)};
        rule.goes_on = i == 3;
    }
    rules[3].match.condition.operands = {"900"};
    const Rulebook rulebook(Roster{}, match::RuleSet(std::move(rules)), {}, "hash");
    const auto parsed = kit::errors("900", "prod");
    const auto e = explain(rulebook, parsed, kit::start());
    ASSERT_EQ(e.rules.size(), kRulesMax + 2);
    EXPECT_EQ(e.rules_left_out, 899U - kRulesMax);
    EXPECT_EQ(e.rules_not_asked, 99U);
    EXPECT_EQ(e.rules.front().number, 4U);
    EXPECT_EQ(e.rules.back().number, 901U);
    EXPECT_NE(to_text(e).find("799 rules are left out here"), std::string::npos);
}

Rulebook with_silence() {
    match::SilenceSpec patching;
    patching.name = "weekly patching";
    patching.place = "rules/learner.yaml:90";
    patching.reason = "kernel updates";
    patching.owner = "learner";
    patching.until = kit::start() + std::chrono::hours{2};
    return kit::learner_rulebook({}, match::SilenceSet({patching}));
}

TEST(Explain, TellsWhichSilenceCoversItAndWhoIsPagedAfterIt) {
    const auto parsed = kit::errors("120", "prod");
    const auto e = explain(with_silence(), parsed, kit::start());
    ASSERT_TRUE(e.silence);
    EXPECT_EQ(e.silence->reason, "kernel updates");
    ASSERT_FALSE(e.pages.empty());
    EXPECT_EQ(e.pages[0].offset, std::chrono::hours{2});
    EXPECT_EQ(e.pages[0].reason, Reason::SilenceEnded);
    EXPECT_NE(
        to_text(e).find(
            "silence     weekly patching, until 2026-03-08T09:30:00Z: kernel updates, owner learner (rules/learner.yaml:90)"),
        std::string::npos)
        << to_text(e);
    EXPECT_EQ(boost::json::parse(to_json(e)).at("silence").at("until").as_string(), "2026-03-08T09:30:00Z");
}

TEST(Explain, SaysHowAMappingReadIt) {
    auto parsed = kit::errors("120", "prod");
    const auto json_of = [&] {
        return boost::json::parse(to_json(explain(kit::learner_rulebook({}), parsed, kit::start()))).as_object();
    };
    EXPECT_TRUE(json_of().at("reading").is_null());
    parsed.reading.emplace();
    EXPECT_TRUE(json_of().at("reading").at("mapping").is_null());
    EXPECT_NE(
        to_text(explain(kit::learner_rulebook({}), parsed, kit::start())).find("Read as usual: no mapping of splunk is for it\n"),
        std::string::npos);
    parsed.reading =
        Reading{"Uptime Kuma", "m.yaml:2", {{"key", "", true}, {"title", "as usual: payload.a is not there", false}}, 1};
    const auto reading = json_of().at("reading").as_object();
    EXPECT_EQ(reading.at("mapping").as_string(), "Uptime Kuma");
    EXPECT_EQ(reading.at("place").as_string(), "m.yaml:2");
    EXPECT_TRUE(reading.at("parts").at(0).at("is_mapped").as_bool());
    EXPECT_EQ(reading.at("parts").at(1).at("note").as_string(), "as usual: payload.a is not there");
    const auto text = to_text(explain(kit::learner_rulebook({}), parsed, kit::start()));
    EXPECT_NE(text.find("Read by the mapping \"Uptime Kuma\" at m.yaml:2\n"), std::string::npos) << text;
    EXPECT_NE(text.find("key    as it says\n"), std::string::npos) << text;
}

TEST(Explain, TellsThatNoSilenceCoversIt) {
    const auto parsed = kit::errors("120", "prod");
    const auto e = explain(with_silence(), parsed, kit::start() + std::chrono::hours{3});
    EXPECT_FALSE(e.silence);
    EXPECT_NE(to_text(e).find("none of the 1 covers it"), std::string::npos);
}

TEST(Explain, NamesTheServicesAtWhichItWouldBeToldInstead) {
    const auto alone = kit::learner_rulebook({});
    auto roster = alone.roster();
    for (const auto* id : {"mysql", "disks"}) roster.services[id].id = id;
    roster.services.at("lms").depends_on = {"mysql"};
    roster.services.at("mysql").depends_on = {"disks"};
    const auto parsed = kit::errors("120", "prod");
    const auto e = explain(alone.with(roster, match::SilenceSet()), parsed, kit::start());
    EXPECT_NE(to_text(e).find("needs       mysql, disks: told there while one of these pages for something as bad"),
              std::string::npos)
        << to_text(e);
    EXPECT_EQ(boost::json::serialize(boost::json::parse(to_json(e)).at("needs")), R"(["mysql","disks"])");
}

RuleTree tree_of(const std::string& count, const std::string& rule) {
    const auto parsed = kit::errors(count, "prod");
    return explain_rule(kit::learner_rulebook({}), parsed.fields, kit::start(), rule).value();
}

TEST(ExplainRule, ShowsHowEachConditionCameOut) {
    const auto tree = tree_of("8", "LMS answers with 5xx");
    EXPECT_EQ(to_text(tree),
              "Rule \"LMS answers with 5xx\" (rules/learner.yaml:35) does not match\n"
              "  no   all of\n"
              "  yes    source is splunk            saw splunk\n"
              "  no     payload.count at_least 100  saw 8\n"
              "  sets service lms, severity critical, a summary\n");
    EXPECT_EQ(boost::json::parse(to_json(tree)).at("branches").at(2).at("seen").as_string(), "8");
}

TEST(ExplainRule, SaysThatAnotherDecidedBefore) {
    const auto tree = tree_of("120", "everything else");
    EXPECT_EQ(tree.decided_before, "LMS answers with 5xx");
    EXPECT_FALSE(tree.is_deciding);
    EXPECT_NE(to_text(tree).find("was not asked, as \"LMS answers with 5xx\" decided before; it would match"), std::string::npos);
}

TEST(ExplainRule, KnowsNothingOfARuleThatIsNotThere) {
    const auto parsed = kit::errors("8", "prod");
    EXPECT_FALSE(explain_rule(kit::learner_rulebook({}), parsed.fields, kit::start(), "nothing"));
}

TEST(ExplainText, SaysThatARecordTellsNobody) {
    const auto text = to_text(explained("120", "staging"));
    EXPECT_NE(text.find("  nobody: it is kept and nobody is told\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  2 rules behind it were not asked\n"), std::string::npos) << text;
}

TEST(ExplainText, LetsNoTerminalCodesThrough) {
    auto parsed = kit::errors("120", "prod");
    parsed.fields.add("payload.note", "\x1b[2Jgone\nand more");
    const auto text = to_text(explain(kit::learner_rulebook({}), parsed, kit::start()));
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
}  // namespace tocsin::check::explain_test
