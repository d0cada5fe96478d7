// The command line: help for newcomers, exit codes for programs, JSON where something is listed.
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <string>
#include <vector>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::command_line_test {
namespace {

const std::string kLearner = source_path("rules/examples/learner");

Outcome tocsin(std::vector<std::string> arguments, std::vector<std::string> environment = {}, std::string input = {}) {
    arguments.insert(arguments.begin(), built_path("tocsin"));
    return run({std::move(arguments), std::move(environment), std::move(input)});
}

TEST(CommandLine, HelpNamesEveryCommandAndEachExplainsItself) {
    const auto help = tocsin({"--help"});
    EXPECT_EQ(help.exit.code, 0);
    for (const auto* command :
         {"serve",     "check",  "test",        "explain", "replay",     "schema",   "send",  "oncall", "schedule",
          "incidents", "ack",    "resolve",     "note",    "escalate",   "reassign", "unack", "snooze", "people",
          "contact",   "triage", "communicate", "report",  "heartbeats", "drill",    "drills"}) {
        EXPECT_NE(help.out.find(std::string("\n  ") + command), std::string::npos) << command;
        const auto own = tocsin({command, "--help"});
        EXPECT_EQ(own.exit.code, 0) << command;
        EXPECT_NE(own.out.find("--"), std::string::npos) << command;
    }
}

TEST(CommandLine, WrongArgumentsExitWith64) {
    EXPECT_EQ(tocsin({"chek"}).exit.code, 64);
    EXPECT_EQ(tocsin({}).exit.code, 64);
    EXPECT_EQ(tocsin({"ack"}).exit.code, 64);
}

TEST(CommandLine, CheckTellsErrorsFromWarningsByItsExitCode) {
    TempDir folder;
    folder.write("bad/rules.yaml", "rules: [ { name: x, severty: high } ]\n");
    const auto bad = tocsin({"check", folder.path("bad")});
    EXPECT_EQ(bad.exit.code, 1);
    EXPECT_NE(bad.out.find("rules.yaml:1:21: error"), std::string::npos) << bad.out;
    EXPECT_NE(bad.out.find("did you mean \"severity\""), std::string::npos) << bad.out;
    folder.write("odd/rules.yaml", "rules: [ { name: x, urgency: notice, match: { kind: splunk } } ]\n");
    EXPECT_EQ(tocsin({"check", folder.path("odd")}).exit.code, 0);
    EXPECT_EQ(tocsin({"check", "--strict", folder.path("odd")}).exit.code, 2);
    EXPECT_EQ(tocsin({"check", folder.path("nowhere")}).exit.code, 1);
}

TEST(CommandLine, CheckProvesThatTheFallbackCanBePagedInTheWeeksThatAreAskedFor) {
    TempDir folder;
    folder.write("rules.yaml",
                 "people: { a: { email: a@example.org, paged: [{ via: email }] } }\n"
                 "schedules:\n"
                 "  some: { time_zone: UTC, layers: [{ people: a, rotate: { every: 1w, from: 2026-01-05 00:00 } }] }\n"
                 "escalations: { one: { steps: [{ page: a }], fallback: some } }\n"
                 "services: { lms: { escalation: one } }\n"
                 "rules: [{ name: all, service: lms }]\n");
    EXPECT_EQ(tocsin({"check", "--strict", "--from", "2026-01-05", "--weeks", "2", folder.path()}).exit.code, 0);
    const auto gap = tocsin({"check", "--from", "2026-01-04", "--weeks", "1", "--format", "github", folder.path()});
    EXPECT_EQ(gap.exit.code, 1);
    EXPECT_NE(gap.out.find(",line=4,col=55,endColumn=59,title=fallback-gap::"), std::string::npos) << gap.out;
    EXPECT_EQ(tocsin({"check", "--from", "soon", folder.path()}).exit.code, 64);
    EXPECT_EQ(tocsin({"check", "--weeks", "0", folder.path()}).exit.code, 64);
}

TEST(CommandLine, CheckTestAndExplainAnswerInJson) {
    const auto check = boost::json::parse(tocsin({"check", "-o", "json", kLearner}).out);
    EXPECT_EQ(check.at("errors").to_number<int>(), 0);
    const auto test = boost::json::parse(tocsin({"test", "-o", "json", kLearner}).out);
    EXPECT_EQ(test.at("failed").to_number<int>(), 0);
    EXPECT_GT(test.at("passed").to_number<int>(), 20);
    const auto explain = tocsin({"explain", "-o", "json", "--kind", "splunk", "--rulebook", kLearner, "--at",
                                 "2026-03-08 03:30 America/New_York", std::string(kLearner) + "/samples/lms-5xx.json"});
    EXPECT_EQ(boost::json::parse(explain.out).at("verdict").at("service").as_string(), "lms") << explain.error;
}

TEST(CommandLine, AFailingTestOfARulebookExitsWith1) {
    TempDir folder;
    folder.write("rules.yaml",
                 "rules:\n  - { name: all, urgency: notice }\n"
                 "tests:\n  - name: wrong\n"
                 "    given: { source: splunk, kind: splunk, payload: { search_name: x }, at: 2026-03-08T08:30:00Z }\n"
                 "    expect: { severity: critical }\n");
    const auto outcome = tocsin({"test", folder.path()});
    EXPECT_EQ(outcome.exit.code, 1) << outcome.out << outcome.error;
    EXPECT_NE(outcome.out.find("critical"), std::string::npos) << outcome.out;
}

TEST(CommandLine, SendPostsAnAlertAndIncidentsListsIt) {
    Daemon daemon(Rulebook::tiny());
    TempDir folder;
    folder.write("token", kApiToken);
    folder.write("secret", kSplunkSecret);
    const std::vector<std::string> environment{"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon.port()),
                                               "TOCSIN_TOKEN_FILE=" + folder.path("token")};
    const auto sent = tocsin({"send", "--source", "splunk", "--secret-file", folder.path("secret"), "-"}, environment,
                             splunk_alert("disk full"));
    EXPECT_EQ(sent.exit.code, 0) << sent.error;
    EXPECT_NE(sent.out.find("accepted: incident 1"), std::string::npos) << sent.out;
    const auto listed = boost::json::parse(tocsin({"incidents", "-o", "json"}, environment).out);
    EXPECT_EQ(listed.at("incidents").as_array().size(), 1U);
    EXPECT_EQ(tocsin({"incidents", "7"}, environment).exit.code, 1) << "there is no such incident";
}

TEST(CommandLine, AServerThatDoesNotAnswerExitsWith69) {
    TempDir folder;
    folder.write("token", kApiToken);
    const auto outcome = tocsin({"incidents", "--server", "http://127.0.0.1:1", "--token-file", folder.path("token")});
    EXPECT_EQ(outcome.exit.code, 69);
    EXPECT_NE(outcome.error.find("127.0.0.1:1"), std::string::npos) << outcome.error;
}

}  // namespace
}  // namespace tocsin::test::command_line_test
