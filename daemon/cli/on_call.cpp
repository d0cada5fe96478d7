// tocsin oncall: who is on call, from a running daemon or straight from a rulebook.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>

#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct Arguments {
    ServerOptions server;
    std::string output = "text";
    std::string at;
    std::string schedule;
};

std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise) {
    const auto* value = object.if_contains(key);
    return std::string(value != nullptr && value->is_string() ? std::string_view(value->get_string()) : otherwise);
}

std::string on_call_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("schedules").as_array()) {
        const auto& schedule = value.as_object();
        const auto until = text_or(schedule, "until", "-");
        if (const auto* duty = schedule.at("on_call").if_object()) {
            rows.push_back({text_or(schedule, "schedule", ""), text_or(*duty, "person", ""), text_or(*duty, "name", ""),
                            text_or(*duty, "by", ""), until});
        } else {
            rows.push_back({text_or(schedule, "schedule", ""), "nobody", "", "", until});
        }
    }
    return fmt::format("at {}\n", text_or(answer.as_object(), "at", "")) +
           table({"SCHEDULE", "ON CALL", "NAME", "BY", "UNTIL"}, rows);
}

int on_call(const Arguments& arguments) {
    auto client = ApiClient::make(arguments.server);
    if (!client) {
        fmt::print(stderr, "tocsin: {}\n", client.error().message());
        return kUsage;
    }
    std::string target = "/api/v1/oncall?schedule=" + encoded(arguments.schedule);
    if (!arguments.at.empty()) target += "&at=" + encoded(arguments.at);
    return show_answer(client->get(target), arguments.output, on_call_text);
}

}  // namespace

void add_on_call(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = app.add_subcommand("oncall", "Who is on call, in every schedule");
    command->add_option("--at", arguments->at, "At this instant, such as 2026-03-08T08:30:00Z [now]");
    command->add_option("--schedule", arguments->schedule, "Only this schedule");
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, &exit_code] { exit_code = on_call(*arguments); });
}

}  // namespace tocsin::cli
