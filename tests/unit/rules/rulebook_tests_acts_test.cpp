// Rulebook tests in which people merge, split and judge: each act is about the incident that an alert is in by then.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "rules/check/rulebook_tests.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::check::rulebook_tests_acts_test {
namespace {

using std::chrono::minutes;
using Kind = TestGiven::Kind;
using Lines = std::vector<std::string>;

/// "name key": an alert that its source follows up, of one incident with all others.
ParseAlert followed_up() {
    return [](const Rulebook&, const SentBody& body) -> Result<std::vector<ParsedAlert>> {
        auto made = kit::errors("120", "prod");
        made.alert.key = body.payload;
        made.alert.is_followed_up = true;
        return std::vector<ParsedAlert>{made};
    };
}

Rulebook all_in_one(std::vector<RulebookTest> tests) {
    match::RuleSpec rule;
    rule.name = "all";
    rule.service = "lms";
    rule.severity = Severity::High;
    rule.incident = {"service"};
    const auto like = kit::learner_rulebook({});
    return {like.roster(), match::RuleSet({rule}), std::move(tests), "0123456789abcdef"};
}

TestGiven alert(const std::string& name, Duration at) {
    auto given = kit::alert_at(at, name);
    given.name = name;
    return given;
}

TestGiven act(Kind kind, std::vector<std::string> of, Duration at) {
    auto given = kit::acknowledgement_at(at, "cambridge-a");
    given.kind = kind;
    given.of = std::move(of);
    return given;
}

Lines differences(std::vector<TestGiven> given, const TestExpect& expect, const ParseAlert& parse = followed_up()) {
    const auto rulebook = all_in_one({{"acts", "rules/learner.yaml:60", std::move(given), expect}});
    Lines lines;
    const auto results = run_rulebook_tests(rulebook, parse);
    for (const auto& one : results.at(0).differences) lines.push_back(one.what + ": " + one.expected + ", " + one.got);
    return lines;
}

TestExpect incidents(std::int64_t count, std::string state, std::vector<Reason> reasons) {
    TestExpect expect;
    expect.incidents = count;
    expect.state = std::move(state);
    expect.reasons = std::move(reasons);
    return expect;
}

TEST(RulebookTestActs, WhatWasSplitOffIsWhereItsAlertIs) {
    const auto given = std::vector{alert("a", minutes{0}), alert("b", minutes{1}), act(Kind::Split, {"b"}, minutes{2}),
                                   act(Kind::Resolve, {"b"}, minutes{3})};
    EXPECT_EQ(differences(given, incidents(2, "triggered", {Reason::SplitOff, Reason::Resolved})), Lines{});
}

TEST(RulebookTestActs, WhatWasMergedIsInTheOther) {
    auto merge = act(Kind::Merge, {"a"}, minutes{3});
    merge.into = "b";
    const auto given = std::vector{alert("a", minutes{0}), alert("b", minutes{1}), act(Kind::Split, {"b"}, minutes{2}), merge,
                                   act(Kind::Acknowledge, {"a"}, minutes{4})};
    EXPECT_EQ(differences(given, incidents(2, "resolved", {Reason::SplitOff, Reason::Merged, Reason::Acknowledged})), Lines{});
}

TEST(RulebookTestActs, SeverityByHandIsOfTheIncidentOfItsAlert) {
    auto change = act(Kind::ChangeSeverity, {"a"}, minutes{2});
    change.severity = Severity::Low;  // A worse one would page again.
    const auto given = std::vector{alert("a", minutes{0}), act(Kind::Acknowledge, {}, minutes{1}), change};
    EXPECT_EQ(differences(given, incidents(1, "acknowledged", {Reason::SeverityChanged})), Lines{});
}

TEST(RulebookTestActs, OneThatCannotBeDoneFailsTheTestAndSaysWhy) {
    const auto given = std::vector{alert("a", minutes{0}), act(Kind::Split, {"a"}, minutes{2})};
    EXPECT_EQ(differences(given, incidents(1, "triggered", {})),
              Lines{"what cambridge-a does at +2m: that it can be done, nothing that fires would be left in incident 1"});
}

TEST(RulebookTestActs, OneAboutAnAlertThatOpenedNothingFailsTheTest) {
    const auto rulebook = kit::learner_rulebook(
        {{"acts", "rules/learner.yaml:60", {kit::alert_at(minutes{0}, "1 staging"), act(Kind::Resolve, {"x"}, minutes{1})}, {}}});
    auto results = run_rulebook_tests(rulebook, kit::parser());
    ASSERT_EQ(results.at(0).differences.size(), 1U);
    EXPECT_EQ(results.at(0).differences[0].got, "the alert \"x\" opened no incident and belongs to none");
}

}  // namespace
}  // namespace tocsin::check::rulebook_tests_acts_test
