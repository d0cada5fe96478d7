// tocsin check: is the rulebook right?
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <cstdio>
#include <memory>
#include <string>

#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct Arguments {
    RulebookOptions rulebook;
    std::string output = "text";
    bool is_strict = false;
};

std::string as_json(const CompiledRulebook& compiled) {
    json::array all;
    for (const auto& diagnostic : compiled.diagnostics.all()) {
        json::array hints;
        for (const auto& hint : diagnostic.hints) hints.emplace_back(hint);
        all.push_back(json::object{{"level", diagnostic.level == yaml::Level::Error ? "error" : "warning"},
                                   {"file", diagnostic.place.file},
                                   {"line", diagnostic.place.line},
                                   {"column", diagnostic.place.column},
                                   {"message", diagnostic.message},
                                   {"hints", std::move(hints)}});
    }
    return json::serialize(
        json::object{{"errors", compiled.diagnostics.errors()},
                     {"warnings", compiled.diagnostics.warnings()},
                     {"rulebook", compiled.rulebook ? json::value(compiled.rulebook->hash()) : json::value(nullptr)},
                     {"diagnostics", std::move(all)}});
}

std::string as_text(const CompiledRulebook& compiled) {
    auto text = compiled.diagnostics.render();
    if (!compiled.rulebook) return text + compiled.diagnostics.summary() + "\n";
    const auto& roster = compiled.rulebook->roster();
    text += fmt::format("{}: {} people, {} schedules, {} escalations, {} services, {} rules, {} tests (rulebook {})\n",
                        compiled.diagnostics.all().empty() ? "no errors, no warnings" : compiled.diagnostics.summary(),
                        roster.people.size(), roster.schedules.size(), roster.escalations.size(), roster.services.size(),
                        compiled.rulebook->rules().rules().size(), compiled.rulebook->tests().size(), compiled.rulebook->hash());
    return text;
}

int check(const Arguments& arguments) {
    const auto compiled = compile_from_disk(arguments.rulebook);
    if (!compiled) return kFailed;
    fmt::print("{}", arguments.output == "json" ? as_json(*compiled) + "\n" : as_text(*compiled));
    if (compiled->diagnostics.errors() > 0) return kFailed;
    return arguments.is_strict && compiled->diagnostics.warnings() > 0 ? kWarnings : kOk;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = app.add_subcommand("check", "Check a rulebook: every mistake at its place, with a cure");
    add_rulebook_options(*command, arguments->rulebook);
    add_output_option(*command, arguments->output);
    command->add_flag("--strict", arguments->is_strict, "Exit with 2 if there are warnings");
    command->footer("Exit codes: 0 right; 1 errors; 2 warnings only, with --strict.");
    command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

}  // namespace tocsin::cli
