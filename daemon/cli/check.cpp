// tocsin check: is the rulebook right?
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "daemon/app/system_clock.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "rules/check/check_report.hpp"

namespace tocsin::cli {
namespace {

struct CheckArguments {
    RulebookOptions rulebook;
    std::string output = "text";
    std::string from;
    int weeks = 52;
    bool is_strict = false;
    bool shows_waived = false;
};

constexpr auto kFooter =
    "A warning has a code; one that is known and accepted is waived in the file, on the entry that it is about:\n"
    "  waive: { unused-person: \"begins in March\" }\n"
    "rules/README.md explains every code.\n\n"
    "Exit codes: 0 right; 1 errors, or a time at which an escalation's fallback can be nobody; 2 warnings only, with\n"
    "--strict; 64 wrong arguments.";

/// "2026-11-24", "2026-11-24 10:00" (both in UTC) or RFC 3339.
std::optional<TimePoint> parse_start(const std::string& text) {
    if (const auto instant = parse_rfc3339(text)) return instant;
    const auto civil = parse_civil(text.size() == 10 ? text + " 00:00" : text);
    if (!civil) return {};
    return Zone{}.to_utc(*civil);
}

std::string output_of(const CompiledRulebook& compiled, const CheckArguments& arguments) {
    const auto waived = arguments.shows_waived ? check::WaivedWarnings::Shown : check::WaivedWarnings::Hidden;
    if (arguments.output == "json") return check::check_to_json(compiled);
    return arguments.output == "github" ? check::check_to_github(compiled, waived) : check::check_to_text(compiled, waived);
}

int check(const CheckArguments& arguments) {
    const auto from = arguments.from.empty() ? app::SystemClock{}.now() : parse_start(arguments.from);
    if (!from) {
        fmt::print(stderr,
                   "tocsin: --from must be a date such as 2026-11-24 or an instant such as 2026-11-24T08:00:00Z, but is \"{}\"\n",
                   arguments.from);
        return kUsage;
    }
    const auto compiled = compile_from_disk(arguments.rulebook, Horizon{*from, *from + std::chrono::weeks{arguments.weeks}});
    if (!compiled) return kFailed;
    fmt::print("{}", output_of(*compiled, arguments));
    if (compiled->diagnostics.errors() > 0) return kFailed;
    return arguments.is_strict && compiled->diagnostics.warnings() > 0 ? kWarnings : kOk;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
    constexpr int kWeeksMax = 520;
    auto arguments = std::make_shared<CheckArguments>();
    auto* command = app.add_subcommand("check", "Check a rulebook: every mistake at its place, with a cure");
    add_rulebook_options(*command, arguments->rulebook);
    command
        ->add_option("-o,--output,--format", arguments->output,
                     "text for people, json for programs, github for the annotations of a workflow")
        ->check(CLI::IsMember({"text", "json", "github"}))
        ->capture_default_str();
    command->add_option("--from", arguments->from, "Prove from this date on that somebody can be paged at any time [now]");
    command->add_option("--weeks", arguments->weeks, "For so many weeks")->check(CLI::Range(1, kWeeksMax))->capture_default_str();
    command->add_flag("--strict", arguments->is_strict, "Exit with 2 if there are warnings");
    command->add_flag("--show-waived", arguments->shows_waived, "List the warnings that are waived too, with the reasons");
    command->footer(kFooter);
    command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

}  // namespace tocsin::cli
