// tocsin explain: one alert, one instant: fields, trail, verdict, and who would be paged when.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/read_body.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/instant.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/intake/parser.hpp"
#include "rules/check/explain.hpp"
#include "rules/check/explain_rule.hpp"

namespace tocsin::cli {
namespace {

struct ExplainArguments {
    RulebookOptions rulebook;
    std::string payload;
    std::string source;
    std::string kind;
    std::string at;
    std::string rule;
    std::string output = "text";
};

/// False, with the nearest name on stderr, if there is no such rule.
bool print_rule(const Rulebook& rulebook, const Fields& fields, TimePoint at, const ExplainArguments& arguments) {
    const auto tree = check::explain_rule(rulebook, fields, at, arguments.rule);
    if (tree) {
        fmt::print("{}", arguments.output == "json" ? check::to_json(*tree) + "\n" : check::to_text(*tree));
        return true;
    }
    std::vector<std::string> names;
    for (const auto& rule : rulebook.rules().rules()) names.push_back(rule.name);
    const auto near = nearest(arguments.rule, names);
    fmt::print(stderr, "tocsin: no rule is called \"{}\"{}\n", arguments.rule,
               near ? fmt::format("; did you mean \"{}\"?", *near) : std::string());
    return false;
}

int explain(const ExplainArguments& arguments) {
    const auto at = arguments.at.empty() ? app::SystemClock{}.now() : parse_instant(arguments.at, Zone{});
    if (!at) {
        fmt::print(stderr, "tocsin: --at is neither 2026-03-08T08:30:00Z nor \"2026-03-08 03:30 America/New_York\": {}\n",
                   arguments.at);
        return kUsage;
    }
    const auto rulebook = load_from_disk(arguments.rulebook);
    if (!rulebook) return kFailed;
    auto payload = read_payload(arguments.payload);
    if (!payload) return kFailed;
    const auto& source = arguments.source.empty() ? arguments.kind : arguments.source;
    const auto alerts = api::parse_alert(*rulebook, {arguments.kind, source, std::move(*payload), *at});
    if (!alerts) {
        fmt::print(stderr, "tocsin: {}: {}\n", arguments.payload, alerts.error().message());
        return kFailed;
    }
    for (const auto& parsed : *alerts) {
        if (!arguments.rule.empty()) {
            if (!print_rule(*rulebook, parsed.fields, *at, arguments)) return kFailed;
            continue;
        }
        const auto explanation = check::explain(*rulebook, parsed, *at);
        fmt::print("{}", arguments.output == "json" ? check::to_json(explanation) + "\n" : check::to_text(explanation));
    }
    return kOk;
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<ExplainArguments>();
    auto* command =
        app.add_subcommand("explain", "Say what the rulebook makes of one alert, rule by rule, and who is paged when");
    command->add_option("payload", arguments->payload, "The alert as its sender posts it, a file or - for standard input")
        ->required();
    command->add_option("-k,--kind", arguments->kind, "What kind of sender that is")
        ->required()
        ->check(CLI::IsMember(intake::kinds()));
    command->add_option("--source", arguments->source, "The source's name, as rules see it [the kind]");
    command->add_option("--at", arguments->at,
                        "When it comes in: 2026-03-08T08:30:00Z or \"2026-03-08 03:30 America/New_York\" [now]");
    command->add_option("--rule", arguments->rule, "Show this rule alone: each of its conditions, and what it saw");
    command->add_option("-r,--rulebook", arguments->rulebook.path, "The rulebook's directory or file [.]");
    command->add_option("-c,--config", arguments->rulebook.config, "Or the tocsin.yaml that names it")->envname("TOCSIN_CONFIG");
    add_output_option(*command, arguments->output);
    command->callback([arguments, &exit_code] { exit_code = explain(*arguments); });
}

}  // namespace tocsin::cli
