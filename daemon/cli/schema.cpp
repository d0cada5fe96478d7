// tocsin schema: what editors need to complete and check a rulebook while it is written.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/config/schema.hpp"
#include "rules/language/schema.hpp"

namespace tocsin::cli {
namespace {

constexpr auto kUse =
    "For VS Code (YAML extension), neovim, Emacs and others with yaml-language-server:\n"
    "  tocsin schema > rules/rulebook.schema.json\n"
    "and as the first line of each rulebook file in rules/\n"
    "  # yaml-language-server: $schema=rulebook.schema.json";

}  // namespace

void add_schema(CLI::App& app, int& exit_code) {
    auto is_of_settings = std::make_shared<bool>(false);
    auto* command = app.add_subcommand("schema", "Print the JSON Schema of a rulebook file, for editors");
    command->add_flag("--settings", *is_of_settings, "The schema of tocsin.yaml instead");
    command->footer(kUse);
    command->callback([is_of_settings, &exit_code] {
        fmt::print("{}", *is_of_settings ? config::settings_schema() : language::rulebook_schema());
        exit_code = kOk;
    });
}

}  // namespace tocsin::cli
