// tocsin oncall: who is on call, from a running daemon or straight from a rulebook.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>

#include "daemon/api/schedule_json.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/instant.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct OnCallArguments {
    ServerOptions server;
    std::string output = "text";
    std::string at;
    std::string schedule;
    RulebookOptions rulebook;
};

std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise) {
    const auto* value = object.if_contains(key);
    return std::string(value != nullptr && value->is_string() ? std::string_view(value->get_string()) : otherwise);
}

std::string shadows_of(const json::object& schedule) {
    std::string names;
    for (const auto& shadow : schedule.at("shadows").as_array()) {
        names += (names.empty() ? "" : ", ") + text_or(shadow.as_object(), "person", "");
    }
    return names;
}

std::string on_call_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("schedules").as_array()) {
        const auto& schedule = value.as_object();
        const auto until = text_or(schedule, "until", "-");
        const auto* second = schedule.at("secondary").if_object();
        const auto secondary = second == nullptr ? std::string("-") : text_or(*second, "person", "");
        if (const auto* duty = schedule.at("on_call").if_object()) {
            rows.push_back({text_or(schedule, "schedule", ""), text_or(*duty, "person", ""), text_or(*duty, "name", ""),
                            text_or(*duty, "by", ""), until, secondary, shadows_of(schedule)});
        } else {
            rows.push_back({text_or(schedule, "schedule", ""), "nobody", "", "", until, secondary, shadows_of(schedule)});
        }
    }
    return fmt::format("at {}\n", text_or(answer.as_object(), "at", "")) +
           table({"SCHEDULE", "ON CALL", "NAME", "BY", "UNTIL", "SECONDARY", "SHADOWS"}, rows);
}

int on_call_from_disk(const OnCallArguments& arguments) {
    const auto at = arguments.at.empty() ? app::SystemClock{}.now() : parse_instant(arguments.at, Zone{});
    if (!at) {
        fmt::print(stderr, "tocsin: --at is neither 2026-03-08T08:30:00Z nor \"2026-03-08 03:30 America/New_York\": {}\n",
                   arguments.at);
        return kUsage;
    }
    const auto rulebook = load_from_disk(arguments.rulebook);
    if (!rulebook) return kFailed;
    const auto& roster = rulebook->roster();
    if (!arguments.schedule.empty() && find_schedule(roster, arguments.schedule) == nullptr) return kFailed;
    const auto body = json::serialize(api::on_call_json(roster, *at, arguments.schedule));
    fmt::print("{}", arguments.output == "json" ? body + "\n" : on_call_text(body));
    return kOk;
}

int on_call(const OnCallArguments& arguments) {
    if (!arguments.rulebook.path.empty()) return on_call_from_disk(arguments);
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    std::string target = "/api/v1/oncall?schedule=" + encoded(arguments.schedule);
    if (!arguments.at.empty()) {
        const auto at = parse_instant(arguments.at, Zone{});
        target += "&at=" + encoded(at ? format_utc(*at) : arguments.at);
    }
    return show_answer(client->get(target), arguments.output, on_call_text);
}

}  // namespace

void add_on_call(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<OnCallArguments>();
    auto* command = app.add_subcommand("oncall", "Who is on call, in every schedule");
    command->add_option("--at", arguments->at, "At this instant, such as 2026-03-08T08:30:00Z [now]");
    command->add_option("--schedule", arguments->schedule, "Only this schedule");
    command->add_option("--rulebook", arguments->rulebook.path, "From this rulebook's directory or file, without a daemon");
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, &exit_code] { exit_code = on_call(*arguments); });
}

}  // namespace tocsin::cli
