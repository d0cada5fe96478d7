// `tocsin test` as people and CI systems run it.
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/stopwatch.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::test_command_test {
namespace {

Outcome tocsin_test(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {built_path("tocsin"), "test"});
    return run({std::move(arguments)});
}

/// One rule, and a test that expects this severity of it.
std::string rulebook(const std::string& severity) {
    return "rules:\n"
           "  - name: disks\n"
           "    match: { title: { prefix: disk } }\n"
           "    urgency: notice\n"
           "    severity: high\n"
           "  - { name: the rest, urgency: notice }\n"
           "tests:\n"
           "  - name: a full disk\n"
           "    given: { source: splunk, kind: splunk, payload: { search_name: disk full }, at: 2026-03-08T08:30:00Z }\n"
           "    expect: { severity: " +
           severity + " }\n";
}

TEST(TestCommand, ShowsWhatWasExpectedBesideWhatCame) {
    TempDir folder;
    folder.write("rules.yaml", rulebook("critical"));
    const auto outcome = tocsin_test({folder.path()});
    EXPECT_EQ(outcome.exit.code, 1);
    EXPECT_NE(outcome.out.find("      severity  expected  critical\n                got       high\n"), std::string::npos)
        << outcome.out;
    EXPECT_NE(outcome.out.find("1 test: 0 passed, 1 failed"), std::string::npos) << outcome.out;
}

TEST(TestCommand, MarksTheLineForGitHub) {
    TempDir folder;
    folder.write("rules.yaml", rulebook("critical"));
    const auto outcome = tocsin_test({folder.path(), "-o", "github"});
    EXPECT_EQ(outcome.exit.code, 1);
    EXPECT_NE(outcome.out.find("::error file=" + folder.path("rules.yaml") + ",line=8,title=tocsin test%3A a full disk::"),
              std::string::npos)
        << outcome.out;
}

TEST(TestCommand, FailsBelowTheCoverageThatIsAskedForAndSaysWhatIsMissing) {
    TempDir folder;
    folder.write("rules.yaml", rulebook("high"));
    EXPECT_EQ(tocsin_test({folder.path()}).exit.code, 0);
    const auto outcome = tocsin_test({folder.path(), "--min-coverage", "60"});
    EXPECT_EQ(outcome.exit.code, 1);
    EXPECT_NE(outcome.error.find("50% of the rules and 0% of the conditions"), std::string::npos) << outcome.error;
    EXPECT_NE(outcome.error.find("rules.yaml:3: title prefix disk never failed"), std::string::npos) << outcome.error;
    EXPECT_EQ(tocsin_test({folder.path(), "--min-coverage", "60", "--filter", "disk"}).exit.code, 64);
}

TEST(TestCommand, RunsTheTestsThatTheFilterChooses) {
    TempDir folder;
    folder.write("rules.yaml", rulebook("critical"));
    EXPECT_EQ(tocsin_test({folder.path(), "--filter", "FULL"}).exit.code, 1);
    const auto none = tocsin_test({folder.path(), "--filter", "nothing"});
    EXPECT_EQ(none.exit.code, 1);
    EXPECT_NE(none.error.find("no test's name contains \"nothing\", of the 1 in the rulebook"), std::string::npos) << none.error;
}

TEST(TestCommand, WatchesTheFilesUntilItIsInterrupted) {
    TempDir folder;
    folder.write("rules/rules.yaml", rulebook("critical"));
    Process process(
        {{built_path("tocsin"), "test", "--watch", folder.path("rules")}, {}, {}, folder.path("out"), folder.path("err")});
    const auto has_said = [&](const std::string& text) {
        const auto until = monotonic_now() + kPatience;
        while (read_file(folder.path("out")).find(text) == std::string::npos) {
            if (monotonic_now() > until) return false;
            wait_a_moment();
        }
        return true;
    };
    ASSERT_TRUE(has_said("FAILED; watching")) << read_file(folder.path("err"));
    folder.write("rules/rules.yaml", rulebook("hgih"));
    ASSERT_TRUE(has_said("FAILED; watching " + folder.path("rules") + " (Ctrl-C ends)\nFAILED")) << read_file(folder.path("out"));
    folder.write("rules/rules.yaml", rulebook("high"));
    ASSERT_TRUE(has_said("passed; watching")) << read_file(folder.path("out"));
    process.signal(SIGINT);
    const auto exit = process.wait(std::chrono::seconds{10});
    ASSERT_TRUE(exit);
    EXPECT_EQ(exit->code, 0);
}

}  // namespace
}  // namespace tocsin::test::test_command_test
