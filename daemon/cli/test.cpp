// tocsin test: do the rulebook's tests pass?
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "daemon/app/parse_alert.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/check/rulebook_tests_report.hpp"

namespace tocsin::cli {
namespace {

struct Arguments {
    RulebookOptions rulebook;
    std::string output = "text";
};

int test(const Arguments& arguments) {
    const auto rulebook = load_from_disk(arguments.rulebook);
    if (!rulebook) return kFailed;
    const auto results = check::run_rulebook_tests(*rulebook, app::parse_alert);
    if (arguments.output == "json") {
        fmt::print("{}\n", check::tests_to_json(*rulebook, results));
    } else if (arguments.output == "junit") {
        fmt::print("{}", check::tests_to_junit(*rulebook, results));
    } else {
        fmt::print("{}", check::tests_to_text(*rulebook, results));
    }
    const bool all_pass = std::all_of(results.begin(), results.end(), [](const auto& result) { return result.passed(); });
    return all_pass ? kOk : kFailed;
}

}  // namespace

void add_test(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = app.add_subcommand("test", "Run a rulebook's tests: payload in, who is paged when out");
    add_rulebook_options(*command, arguments->rulebook);
    command->add_option("-o,--output", arguments->output, "text for people, json for programs, junit for CI")
        ->check(CLI::IsMember({"text", "json", "junit"}))
        ->capture_default_str();
    command->footer("Exit codes: 0 every test passes; 1 a test fails, or the rulebook has errors.");
    command->callback([arguments, &exit_code] { exit_code = test(*arguments); });
}

}  // namespace tocsin::cli
