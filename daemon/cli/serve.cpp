// tocsin serve: the daemon itself.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "daemon/app/application.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/settings_file.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::cli {
namespace {

int serve(const std::string& path) {
    const auto settings = read_settings_file(path);
    if (!settings) return kBadSettings;
    log::Options options;
    options.level = log::parse_level(settings->log_level).value_or(log::Level::Info);
    options.format = log::parse_format(settings->log_format).value_or(log::Format::Text);
    if (auto started = log::start(options); !started) {
        fmt::print(stderr, "tocsin: {}\n", started.error().message());
        return kFailed;
    }
    const auto ran = app::run_daemon(*settings);
    log::stop();
    if (ran) return kOk;
    fmt::print(stderr, "tocsin: {}\n", ran.error().message());
    return ran.error().code() == Errc::Invalid ? kBadSettings : kFailed;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("serve", "Run the daemon until SIGTERM; SIGHUP reloads the rulebook");
    auto path = std::make_shared<std::string>("tocsin.yaml");
    command->add_option("-c,--config", *path, "The settings file")->capture_default_str();
    command->footer(
        "A rulebook with mistakes never takes effect. Where they stand in some files, the last good version of those stays in\n"
        "force while the others load; a daemon that starts with a bad rulebook takes the last good one, which it keeps in the\n"
        "data directory, and says so in log, metrics, API and by an alert of the source `tocsin`.\n\n"
        "Exit codes: 0 asked to stop; 1 it could not go on; 78 the settings are wrong, or the rulebook is and there is no last\n"
        "good one.");
    command->callback([path, &exit_code] { exit_code = serve(*path); });
}

}  // namespace tocsin::cli
