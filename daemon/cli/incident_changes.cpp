// tocsin merge, split, severity: what people decide about an incident as a whole.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>
#include <vector>

#include "core/model/severity.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_text.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct IncidentChangesArguments {
    ServerOptions server;
    std::string output = "text";
    std::vector<std::int64_t> ids;
    std::int64_t into = 0;
    std::vector<std::string> alerts;
    std::string severity;
    std::string note;
    std::string by;
};

/// The same body for each incident, one after the other, until one is refused; what is shown is the last answer.
int change(const IncidentChangesArguments& arguments, std::string_view verb, json::object body) {
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    if (!arguments.by.empty()) body["by"] = arguments.by;
    const auto text = json::serialize(body);
    for (std::size_t i = 0; i < arguments.ids.size(); ++i) {
        const auto answer = client->post(fmt::format("/api/v1/incidents/{}/{}", arguments.ids[i], verb), text);
        const bool is_last = i + 1 == arguments.ids.size();
        const bool is_done = answer && answer->status < 300;
        if (is_last || !is_done) return show_answer(answer, arguments.output, incident_text);
    }
    return kOk;
}

CLI::App* add_change(CLI::App& app, const std::string& name, const std::string& about, IncidentChangesArguments& arguments) {
    auto* command = app.add_subcommand(name, about);
    command->add_option("--by", arguments.by, "Who you are, for the timeline [the token's name]");
    add_server_options(*command, arguments.server);
    add_output_option(*command, arguments.output);
    return command;
}

void add_merge(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<IncidentChangesArguments>();
    auto* command = add_change(
        app, "merge", "Merge incidents into another: they are resolved, and what fires in them goes on there", *arguments);
    command->add_option("incident", arguments->ids, "The numbers of those that end")->required();
    command->add_option("--into", arguments->into, "The number of the one that goes on")->required();
    command->callback([arguments, &exit_code] { exit_code = change(*arguments, "merge", {{"into", arguments->into}}); });
}

void add_split(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<IncidentChangesArguments>();
    auto* command =
        add_change(app, "split", "Take alerts out of an incident into one of their own, which escalates by itself", *arguments);
    command->add_option("incident", arguments->ids, "The incident's number")->required()->expected(1);
    command
        ->add_option("--alert", arguments->alerts,
                     "The key of an alert that leaves, as `tocsin incidents ID` shows it; repeatable")
        ->required();
    command->callback([arguments, &exit_code] {
        exit_code = change(*arguments, "split", {{"alerts", json::value_from(arguments->alerts)}});
    });
}

void add_severity(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<IncidentChangesArguments>();
    auto* command =
        add_change(app, "severity", "Set how bad an incident is; raising it pages again if somebody has it", *arguments);
    arguments->ids.resize(1);  // Of a list, the severity would be taken for another number.
    command->add_option("incident", arguments->ids.front(), "The incident's number")->required();
    command->add_option("severity", arguments->severity, "critical, high, moderate, low or info (or P1 to P5)")
        ->required()
        ->check([](const std::string& word) {
            return parse_severity(word) ? std::string() : "no severity; use critical, high, moderate, low or info";
        });
    command->add_option("--note", arguments->note, "Why, for the timeline");
    command->callback([arguments, &exit_code] {
        json::object body{{"severity", arguments->severity}};
        if (!arguments->note.empty()) body["text"] = arguments->note;
        exit_code = change(*arguments, "severity", std::move(body));
    });
}

}  // namespace

void add_incident_changes(CLI::App& app, int& exit_code) {
    add_merge(app, exit_code);
    add_split(app, exit_code);
    add_severity(app, exit_code);
}

}  // namespace tocsin::cli
