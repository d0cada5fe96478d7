// tocsin override, tocsin swap: who is on call, changed at run time.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>
#include <vector>

#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct OverrideArguments {
    ServerOptions server;
    std::string output = "text";
    std::string schedule;
    std::string person;
    std::string from;
    std::string until;
    std::string at;
    std::string reason;
    std::string by;
    std::string role;
    std::int64_t id = 0;
    bool is_all = false;
    bool is_dry_run = false;
};

std::string shifts_text(const json::object& answer, std::string_view key) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at(key).as_array()) {
        const auto& shift = value.as_object();
        rows.push_back({text_at(shift, "from"), text_at(shift, "until"), text_at(shift, "person"), text_at(shift, "by")});
    }
    return fmt::format("\n{}:\n{}", key, rows.empty() ? "nobody\n" : table({"FROM", "UNTIL", "ON CALL", "BY"}, rows));
}

std::string made_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::string text;
    for (const auto& value : answer.at("overrides").as_array()) {
        const auto& made = value.as_object();
        const auto id = text_at(made, "id");
        const auto role = text_at(made, "role");
        text += fmt::format("{}: {} is {} in {} from {} until {}\n", id == "0" ? "not made" : "override " + id,
                            text_at(made, "person"), role == "primary" ? "on call" : role, text_at(made, "schedule"),
                            text_at(made, "from"), text_at(made, "until"));
    }
    return text + shifts_text(answer.as_object(), "before") + shifts_text(answer.as_object(), "after");
}

std::string list_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("overrides").as_array()) {
        const auto& made = value.as_object();
        const auto idle = text_at(made, "no_effect");
        const auto id = text_at(made, "id");
        rows.push_back({id.empty() ? "-" : id, text_at(made, "schedule"), text_at(made, "role"), text_at(made, "person"),
                        text_at(made, "from"), text_at(made, "until"), id.empty() ? "in the rulebook" : text_at(made, "state"),
                        text_at(made, "made_by"), idle.empty() ? text_at(made, "reason") : "no effect: " + idle});
    }
    if (rows.empty()) return "no overrides\n";
    return table({"ID", "SCHEDULE", "ROLE", "PERSON", "FROM", "UNTIL", "STATE", "BY", "REASON"}, rows);
}

json::object body_of(const OverrideArguments& arguments) {
    json::object body{{"schedule", arguments.schedule}, {"dry_run", arguments.is_dry_run}};
    if (!arguments.reason.empty()) body["reason"] = arguments.reason;
    if (!arguments.by.empty()) body["by"] = arguments.by;
    if (!arguments.role.empty()) body["role"] = arguments.role;
    return body;
}

int add(const OverrideArguments& arguments) {
    auto body = body_of(arguments);
    body["person"] = arguments.person;
    body["from"] = arguments.from;
    body["until"] = arguments.until;
    return with_server(
        arguments.server, arguments.output,
        [&](ApiClient& client) { return client.post("/api/v1/overrides", json::serialize(body)); }, made_text);
}

int swap(const OverrideArguments& arguments) {
    auto body = body_of(arguments);
    body["with"] = arguments.person;
    body["at"] = arguments.at;
    return with_server(
        arguments.server, arguments.output,
        [&](ApiClient& client) { return client.post("/api/v1/swaps", json::serialize(body)); }, made_text);
}

int list(const OverrideArguments& arguments) {
    const auto target =
        fmt::format("/api/v1/overrides?schedule={}{}", encoded(arguments.schedule), arguments.is_all ? "&all=true" : "");
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.get(target); }, list_text);
}

int remove(const OverrideArguments& arguments) {
    const auto target = fmt::format("/api/v1/overrides/{}?by={}", arguments.id, encoded(arguments.by));
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.remove(target); },
        [](const std::string& body) {
            return fmt::format("override {} has ended; it is kept for the record\n",
                               text_at(json::parse(body).as_object(), "id"));
        });
}

constexpr auto kInstant = "such as now, +2h, \"2026-03-08 20:00\" (in the schedule's zone) or 2026-03-08T20:00:00Z";

void add_common(CLI::App& command, const std::shared_ptr<OverrideArguments>& arguments) {
    add_server_options(command, arguments->server);
    add_output_option(command, arguments->output);
}

void add_why(CLI::App& command, const std::shared_ptr<OverrideArguments>& arguments) {
    command.add_option("--reason", arguments->reason, "Why, for the record");
    command.add_option("--by", arguments->by, "Who you are, for the record [the token's name]");
    command.add_option("--role", arguments->role, "primary, secondary or shadow: whose shift it is [primary]")
        ->check(CLI::IsMember({"primary", "secondary", "shadow"}));
    command.add_flag("--dry-run", arguments->is_dry_run, "Show what it would change, and change nothing");
}

void add_swap(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<OverrideArguments>();
    auto* command = app.add_subcommand("swap", "Two people change places: a shift, and the other's next one");
    command->add_option("schedule", arguments->schedule, "The schedule")->required();
    command->add_option("--at", arguments->at, fmt::format("An instant in the shift that is given away, {} [now]", kInstant));
    command->add_option("--with", arguments->person, "Who takes it, and gives their next shift for it")->required();
    add_why(*command, arguments);
    add_common(*command, arguments);
    command->callback([arguments, &exit_code] { exit_code = swap(*arguments); });
}

}  // namespace

void add_overrides(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("override", "Put somebody else on call for a while: add, list, remove");
    command->require_subcommand(1);

    auto added = std::make_shared<OverrideArguments>();
    auto* adding = command->add_subcommand("add", "Somebody is on call in a schedule, whoever else would be");
    adding->add_option("schedule", added->schedule, "The schedule")->required();
    adding->add_option("--person", added->person, "Who is on call")->required();
    adding->add_option("--from", added->from, fmt::format("From then on, {} [now]", kInstant));
    adding->add_option("--until", added->until, fmt::format("Until then, {}; +2h is since --from", kInstant))->required();
    add_why(*adding, added);
    add_common(*adding, added);
    adding->callback([added, &exit_code] { exit_code = add(*added); });

    auto listed = std::make_shared<OverrideArguments>();
    auto* listing = command->add_subcommand("list", "Overrides that hold or are to come, the rulebook's with them");
    listing->add_option("--schedule", listed->schedule, "Only of this schedule");
    listing->add_flag("--all", listed->is_all, "Those that are over, too");
    add_common(*listing, listed);
    listing->callback([listed, &exit_code] { exit_code = list(*listed); });

    auto removed = std::make_shared<OverrideArguments>();
    auto* removing = command->add_subcommand("remove", "End an override now; it is kept for the record");
    removing->add_option("id", removed->id, "Its number")->required();
    removing->add_option("--by", removed->by, "Who you are, for the record [the token's name]");
    add_common(*removing, removed);
    removing->callback([removed, &exit_code] { exit_code = remove(*removed); });

    add_swap(app, exit_code);
}

}  // namespace tocsin::cli
