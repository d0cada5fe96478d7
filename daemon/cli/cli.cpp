#include "daemon/cli/cli.hpp"

#include <CLI/CLI.hpp>

#include "daemon/app/application.hpp"
#include "daemon/cli/commands.hpp"

namespace tocsin::cli {
namespace {

constexpr auto kAbout =
    "tocsin: routes alerts to the people who must act.\n\n"
    "A daemon that takes alerts from monitoring (Splunk, Opsgenie), decides by a YAML rulebook which service and\n"
    "severity each one means, and pages whoever is on call until somebody acknowledges.\n\n"
    "To begin:\n"
    "  tocsin check rules/                      is the rulebook right?\n"
    "  tocsin test rules/                       do its tests pass?\n"
    "  tocsin serve --config tocsin.yaml        run the daemon\n"
    "  tocsin send --source splunk alert.json   send it an alert, as the sender would\n"
    "  tocsin incidents                         what is going on?\n"
    "  tocsin ack 42 --by lahore-a              I have it";

constexpr auto kExitCodes =
    "Exit codes: 0 done; 1 it failed, or the rulebook has errors; 2 warnings only (check --strict) or a change (replay\n"
    "--fail-on-change); 64 wrong arguments;\n"
    "69 the server does not answer; 78 the settings or the rulebook keep the daemon from starting.\n"
    "`tocsin COMMAND --help` says more about each command.";

}  // namespace

int run(int argc, const char* const* argv) {
    CLI::App cli{kAbout, "tocsin"};
    cli.footer(kExitCodes);
    cli.set_version_flag("--version", std::string("tocsin ") + app::version());
    cli.require_subcommand(1);
    int exit_code = kOk;
    add_serve(cli, exit_code);
    add_check(cli, exit_code);
    add_test(cli, exit_code);
    add_explain(cli, exit_code);
    add_replay(cli, exit_code);
    add_schema(cli, exit_code);
    add_send(cli, exit_code);
    add_incidents(cli, exit_code);
    add_incident_changes(cli, exit_code);
    add_handing_on(cli, exit_code);
    add_people(cli, exit_code);
    add_keys(cli, exit_code);
    add_on_call(cli, exit_code);
    add_schedule(cli, exit_code);
    add_watching(cli, exit_code);
    add_overrides(cli, exit_code);
    add_silences(cli, exit_code);
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& error) {  // How CLI11 says "show the help" and "wrong arguments" alike.
        return cli.exit(error) == 0 ? kOk : kUsage;
    }
    return exit_code;
}

}  // namespace tocsin::cli
