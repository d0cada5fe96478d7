// tocsin test: do the rulebook's tests pass, and what do they cover?
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "daemon/api/read_body.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/cli/watch.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/check/rulebook_tests_report.hpp"

namespace tocsin::cli {
namespace {

/// Soon enough for somebody who looks from the editor to the terminal, and next to no work.
constexpr Duration kLookEvery = std::chrono::milliseconds{300};

struct TestArguments {
    RulebookOptions rulebook;
    std::string output = "text";
    std::string filter;
    std::int64_t min_coverage = 0;
    bool shows_conditions = false;
    bool watches = false;
};

void print(const check::TestReport& report, const TestArguments& arguments) {
    if (arguments.output == "json") {
        fmt::print("{}\n", check::tests_to_json(report));
    } else if (arguments.output == "junit") {
        fmt::print("{}", check::tests_to_junit(report));
    } else if (arguments.output == "github") {
        fmt::print("{}", check::tests_to_github(report));
    } else {
        const auto detail = arguments.shows_conditions ? check::CoverageDetail::Conditions : check::CoverageDetail::Summary;
        fmt::print("{}", check::tests_to_text(report, detail));
    }
}

/// Says what is missing, unless the report has said it.
bool is_covered(const check::TestReport& report, const TestArguments& arguments) {
    if (!report.coverage) return true;
    const auto& coverage = *report.coverage;
    const auto least = std::min(coverage.rules_percent(), coverage.conditions_percent());
    if (least >= arguments.min_coverage) return true;
    fmt::print(stderr, "tocsin: the tests cover {}% of the rules and {}% of the conditions, and --min-coverage asks for {}%\n",
               coverage.rules_percent(), coverage.conditions_percent(), arguments.min_coverage);
    if (!arguments.shows_conditions) fmt::print(stderr, "{}", check::coverage_gaps_to_text(coverage));
    return false;
}

int test_once(const TestArguments& arguments) {
    const auto rulebook = load_from_disk(arguments.rulebook);
    if (!rulebook) return kFailed;
    const auto report = check::test_report(*rulebook, api::parse_alert, arguments.filter);
    if (report.results.empty() && !arguments.filter.empty()) {
        fmt::print(stderr, "tocsin: no test's name contains \"{}\", of the {} in the rulebook\n", arguments.filter,
                   rulebook->tests().size());
        return kFailed;
    }
    print(report, arguments);
    const bool covers_enough = is_covered(report, arguments);
    return report.failed() == 0 && covers_enough ? kOk : kFailed;
}

int test_again_and_again(const TestArguments& arguments) {
    std::vector<std::string> paths{rulebook_path(arguments.rulebook)};
    if (!arguments.rulebook.config.empty()) paths.push_back(arguments.rulebook.config);
    const bool is_terminal = ::isatty(STDOUT_FILENO) != 0;
    int last = kOk;
    const auto round = [&] {
        fmt::print("{}", is_terminal ? "\x1b[2J\x1b[3J\x1b[H" : "");
        last = test_once(arguments);
        fmt::print("{}; watching {} (Ctrl-C ends)\n", last == kOk ? "passed" : "FAILED", paths.front());
        (void)std::fflush(stdout);  // Nothing is lost if this fails: the next round prints again.
    };
    watch({[&] { return stamp_of(paths); }, round, kLookEvery});
    return last;
}

int test(const TestArguments& arguments) {
    if (arguments.min_coverage > 0 && !arguments.filter.empty()) {
        fmt::print(stderr, "tocsin: --min-coverage is about all tests, and --filter chooses some: use one of them\n");
        return kUsage;
    }
    return arguments.watches ? test_again_and_again(arguments) : test_once(arguments);
}

}  // namespace

void add_test(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<TestArguments>();
    auto* command = app.add_subcommand("test", "Run a rulebook's tests: payload in, who is paged when out");
    add_rulebook_options(*command, arguments->rulebook);
    command->add_option("-o,--output", arguments->output, "text for people, json for programs, junit and github for CI")
        ->check(CLI::IsMember({"text", "json", "junit", "github"}))
        ->capture_default_str();
    command->add_option("--filter", arguments->filter, "Only tests whose name contains this");
    command->add_flag("--coverage", arguments->shows_conditions,
                      "Show the conditions that no test has seen both hold and fail, with their places");
    command
        ->add_option("--min-coverage", arguments->min_coverage,
                     "Fail if the tests reach fewer percent of the rules, or see fewer of the conditions both hold and fail")
        ->check(CLI::Range(0, 100));
    command->add_flag("--watch", arguments->watches, "Run them again whenever a file of the rulebook changes");
    command->footer("Exit codes: 0 every test passes; 1 a test fails, the rulebook has errors, or too little is covered.");
    command->callback([arguments, &exit_code] { exit_code = test(*arguments); });
}

}  // namespace tocsin::cli
