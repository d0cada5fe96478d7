#include "daemon/cli/rulebook_command.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <iterator>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/app/calendar_copies.hpp"
#include "daemon/app/files.hpp"
#include "daemon/app/rulebook_holder.hpp"
#include "daemon/cli/settings_file.hpp"

namespace tocsin::cli {

void add_rulebook_options(CLI::App& command, RulebookOptions& options) {
    command.add_option("rulebook", options.path, "The rulebook's directory, or one file [the one that --config names, else .]");
    command.add_option("-c,--config", options.config, "A tocsin.yaml: check the rulebook against its channels and sources too")
        ->envname("TOCSIN_CONFIG");
    command.add_option(
        "--calendar-dir", options.calendar_folder,
        "Where calendars at an address are, each called like the last part of it [what the daemon of --config keeps]");
}

std::string rulebook_path(const RulebookOptions& options) {
    if (!options.path.empty()) return options.path;
    const auto settings = options.config.empty() ? std::nullopt : read_settings_file(options.config);
    return settings ? settings->rulebook_directory : ".";
}

std::optional<CompiledRulebook> compile_from_disk(const RulebookOptions& options, std::optional<Horizon> horizon) {
    CompileContext context;
    app::CalendarPlaces places{.folder = options.calendar_folder};
    auto path = options.path;
    if (!options.config.empty()) {
        const auto settings = read_settings_file(options.config);
        if (!settings) return {};
        context = app::compile_context(*settings);
        places.data_directory = settings->data_directory;
        if (path.empty()) path = settings->rulebook_directory;
    }
    if (path.empty()) path = ".";
    context.read_sample =
        app::reading_calendars_by([places](const std::string& address) { return app::read_fetched(places, address); });
    context.horizon = horizon;
    const auto files = app::read_rulebook(path);
    if (!files) {
        fmt::print(stderr, "tocsin: {}\n", files.error().message());
        return {};
    }
    return compile_rulebook(*files, context);
}

std::shared_ptr<const Rulebook> load_from_disk(const RulebookOptions& options) {
    const auto compiled = compile_from_disk(options);
    if (!compiled) return nullptr;
    if (!compiled->rulebook) fmt::print(stderr, "{}{}\n", compiled->diagnostics.render(), compiled->diagnostics.summary());
    return compiled->rulebook;
}

const Schedule* find_schedule(const Roster& roster, const std::string& name) {
    if (const auto* schedule = roster.schedule(name)) return schedule;
    std::vector<std::string> names;
    for (const auto& [id, schedule] : roster.schedules) names.push_back(id);
    const auto near = nearest(name, names);
    fmt::print(stderr, "tocsin: no schedule is called \"{}\"{}\n", printable(name),
               near ? fmt::format("; did you mean \"{}\"?", *near) : std::string());
    return nullptr;
}

std::optional<std::string> read_payload(const std::string& path) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    auto text = app::read_file(path);
    if (text) return std::move(*text);
    fmt::print(stderr, "tocsin: {}\n", text.error().message());
    return {};
}

}  // namespace tocsin::cli
