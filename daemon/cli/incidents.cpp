// tocsin incidents, ack, resolve, note: what is going on, and doing something about it.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>

#include "core/base/text.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct IncidentsArguments {
    ServerOptions server;
    std::string output = "text";
    std::int64_t id = 0;
    std::string state = "open";
    std::string service;
    std::size_t limit = 100;
    std::string by;
    std::string text;
    std::string digest;
};

std::string list_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("incidents").as_array()) {
        const auto& incident = value.as_object();
        rows.push_back({text_at(incident, "id"), state_of(incident), text_at(incident, "severity"), text_at(incident, "service"),
                        text_at(incident, "opened_at"), text_at(incident, "alerts"), text_at(incident, "acknowledged_by"),
                        truncated(text_at(incident, "summary"), 80)});
    }
    if (rows.empty()) return "no incidents\n";
    return table({"ID", "STATE", "SEVERITY", "SERVICE", "OPENED", "ALERTS", "TAKEN BY", "SUMMARY"}, rows);
}

int list(const IncidentsArguments& arguments) {
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    if (arguments.id != 0) {
        return show_answer(client->get(fmt::format("/api/v1/incidents/{}", arguments.id)), arguments.output, incident_text);
    }
    auto target = fmt::format("/api/v1/incidents?limit={}", arguments.limit);
    if (arguments.state != "all") target += "&state=" + arguments.state;
    if (!arguments.service.empty()) target += "&service=" + encoded(arguments.service);
    return show_answer(client->get(target), arguments.output, list_text);
}

int act(const IncidentsArguments& arguments, const std::string& verb) {
    if (arguments.id == 0 && arguments.digest.empty()) {
        fmt::print(stderr, "tocsin: which incident? Give its number, or --digest NAME for all that a digest holds\n");
        return kUsage;
    }
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    json::object body;
    if (!arguments.by.empty()) body["by"] = arguments.by;
    if (!arguments.text.empty()) body["text"] = arguments.text;
    if (!arguments.digest.empty()) {
        const auto target = fmt::format("/api/v1/digests/{}/{}", encoded(arguments.digest), verb);
        return show_answer(client->post(target, json::serialize(body)), arguments.output, list_text);
    }
    const auto target = fmt::format("/api/v1/incidents/{}/{}", arguments.id, verb);
    return show_answer(client->post(target, json::serialize(body)), arguments.output, incident_text);
}

void add_act(CLI::App& app, int& exit_code, const std::string& name, const std::string& verb, const std::string& about) {
    auto arguments = std::make_shared<IncidentsArguments>();
    auto* command = app.add_subcommand(name, about);
    auto* incident = command->add_option("incident", arguments->id, "The incident's number");
    if (verb == "acknowledge") {
        auto* digest = command->add_option("--digest", arguments->digest, "Instead of one incident: all in this digest");
        incident->excludes(digest);
    } else {
        incident->required();
    }
    if (verb == "note") {
        command->add_option("text", arguments->text, "What to write down")->required();
    } else if (verb == "resolve") {
        command->add_option("--note", arguments->text, "What it was, for the timeline");
    }
    command->add_option("--by", arguments->by, "Who you are, for the timeline [the token's name]");
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, verb, &exit_code] { exit_code = act(*arguments, verb); });
}

}  // namespace

void add_incidents(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<IncidentsArguments>();
    auto* command = app.add_subcommand("incidents", "List incidents, or show one with its timeline and pages");
    command->add_option("incident", arguments->id, "An incident's number: show that one");
    command->add_option("--state", arguments->state, "open, triggered, acknowledged, resolved or all")
        ->check(CLI::IsMember({"open", "triggered", "acknowledged", "resolved", "all"}))
        ->capture_default_str();
    command->add_option("--service", arguments->service, "Only of this service");
    command->add_option("--limit", arguments->limit, "At most so many, newest first")->capture_default_str();
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, &exit_code] { exit_code = list(*arguments); });

    add_act(app, exit_code, "ack", "acknowledge", "Acknowledge an incident: you have it, and nobody else is paged");
    add_act(app, exit_code, "resolve", "resolve", "Resolve an incident: it is over");
    add_act(app, exit_code, "note", "note", "Write a note into an incident's timeline");
}

}  // namespace tocsin::cli
