// What `tocsin check` prints in its three formats.
#include "rules/check/check_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::check::check_report_test {
namespace {

using testing::HasSubstr;
using testing::Not;

CompiledRulebook compiled(const std::string& text) {
    const std::vector<RulebookFile> files{{"a, b:c.yaml", text}};
    return compile_rulebook(files, {});
}

/// One warning, and one that is waived.
CompiledRulebook with_a_waiver() {
    return compiled(
        "people:\n"
        "  a: { email: a@example.org, paged: [{ via: email }] }\n"
        "  100%: {}\n"
        "  new: { email: n@example.org, paged: [{ via: email }], waive: { unused-person: begins in March } }\n"
        "  old: { email: o@example.org, paged: [{ via: email }] }\n"
        "escalations: { learner: { steps: [{ page: a }], fallback: a } }\n"
        "services: { lms: { escalation: learner } }\n"
        "rules: [{ name: all, service: lms }]\n");
}

TEST(CheckReport, ForGitHubIsAWorkflowCommandForEach) {
    EXPECT_EQ(check_to_github(compiled("rules: [{ name: x, severty: high, urgency: record }]"), WaivedWarnings::Hidden),
              "::error file=a%2C b%3Ac.yaml,line=1,col=20,endColumn=27::there is no key \"severty\" here%0Adid you mean "
              "\"severity\"?\n1 error\n");
}

TEST(CheckReport, ForGitHubEscapesPercentSigns) {
    EXPECT_THAT(check_to_github(with_a_waiver(), WaivedWarnings::Hidden), HasSubstr("::error file=a%2C b%3Ac.yaml,line=3"));
    EXPECT_THAT(check_to_github(with_a_waiver(), WaivedWarnings::Hidden), HasSubstr("\"100%25\" cannot be the name"));
}

TEST(CheckReport, ShowsWhatIsWaivedOnRequest) {
    auto text = compiled(
        "people: { new: { email: n@example.org, waive: { unused-person: begins in March } } }\n"
        "rules: [{ name: all, urgency: record }]\n");
    EXPECT_EQ(text.diagnostics.waived(), 1U);
    EXPECT_THAT(check_to_text(text, WaivedWarnings::Hidden), Not(HasSubstr("begins in March")));
    EXPECT_THAT(check_to_text(text, WaivedWarnings::Hidden), HasSubstr("no errors, no warnings, 1 waived: 1 people"));
    EXPECT_THAT(check_to_text(text, WaivedWarnings::Shown), HasSubstr("waived: begins in March"));
    EXPECT_THAT(check_to_github(text, WaivedWarnings::Hidden), Not(HasSubstr("::notice")));
    EXPECT_THAT(check_to_github(text, WaivedWarnings::Shown), HasSubstr("::notice file=a%2C b%3Ac.yaml,line=1,col=11,"));
}

TEST(CheckReport, AsJsonHasTheCodeOfEach) {
    const auto all =
        boost::json::parse(check_to_json(compiled("people: { new: {} }\nrules: [{ name: all, urgency: record }]\n")));
    EXPECT_EQ(all.at("warnings").to_number<int>(), 1);
    EXPECT_EQ(all.at("waived").to_number<int>(), 0);
    EXPECT_EQ(all.at("diagnostics").at(0).at("code").as_string(), "unused-person");
    EXPECT_EQ(all.at("diagnostics").at(0).at("level").as_string(), "warning");
}

}  // namespace
}  // namespace tocsin::check::check_report_test
