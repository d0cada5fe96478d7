// tocsin heartbeats, drill, drills, triage, communicate, report: what is looked at now and then.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/table.hpp"
#include "daemon/cli/watching_text.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct WatchingArguments {
    ServerOptions server;
    std::string output = "text";
    std::int64_t id = 0;
    std::string what;
    std::string by;
    std::string text;
    std::string team;
    std::string until;
    std::string from;
    std::string within;
    bool is_reply = false;
};

using Show = std::function<std::string(const std::string& body)>;

int get(const WatchingArguments& arguments, const std::string& target, const Show& show) {
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.get(target); }, show);
}

int post(const WatchingArguments& arguments, const std::string& target, json::object body, const Show& show) {
    if (!arguments.by.empty()) body["by"] = arguments.by;
    const auto bytes = json::serialize(body);
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.post(target, bytes); }, show);
}

void add_common(CLI::App& command, WatchingArguments& arguments) {
    add_server_options(command, arguments.server);
    add_output_option(command, arguments.output);
}

void add_by(CLI::App& command, WatchingArguments& arguments) {
    command.add_option("--by", arguments.by, "Who you are, for the timeline [the token's name]");
}

int triage(const WatchingArguments& arguments) {
    if (arguments.id == 0) return get(arguments, "/api/v1/triage", queue_text);
    const auto incident = fmt::format("/api/v1/incidents/{}", arguments.id);
    if (arguments.what.empty()) return get(arguments, incident, answers_text);
    json::object body{{"state", arguments.what}};
    if (!arguments.text.empty()) body["note"] = arguments.text;
    if (!arguments.team.empty()) body["team"] = arguments.team;
    if (!arguments.until.empty()) body["until"] = arguments.until;
    return post(arguments, incident + "/triage", std::move(body), answers_text);
}

std::string stretch_query(const WatchingArguments& arguments) {
    std::string query = "?";
    if (!arguments.from.empty()) query += "from=" + encoded(arguments.from) + "&";
    if (!arguments.until.empty()) query += "until=" + encoded(arguments.until);
    return query;
}

void add_triage(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<WatchingArguments>();
    auto* command = app.add_subcommand("triage", "The queue of notices; the five answers of one; or where it stands from now on");
    command->add_option("incident", arguments->id, "Its number; without one, the queue");
    command->add_option("state", arguments->what, "new, needs-information, scheduled, transferred or not-ours");
    command->add_option("--note", arguments->text, "A remark");
    command->add_option("--team", arguments->team, "With transferred: to which team; its triage is told");
    command->add_option("--until", arguments->until, "With scheduled: told again then, such as 2026-12-01T09:00:00Z");
    add_by(*command, *arguments);
    add_common(*command, *arguments);
    command->callback([arguments, &exit_code] { exit_code = triage(*arguments); });
}

void add_communicate(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<WatchingArguments>();
    auto* command = app.add_subcommand("communicate", "Note what the sender or the stakeholders were told, or tell the sender");
    command->add_option("incident", arguments->id, "The incident's number")->required();
    command->add_option("text", arguments->text, "What they were told")->required();
    command->add_flag("--reply", arguments->is_reply, "Send it to the incident's reply_to");
    add_by(*command, *arguments);
    add_common(*command, *arguments);
    command->callback([arguments, &exit_code] {
        json::object body{{"text", arguments->text}, {"reply", arguments->is_reply}};
        exit_code =
            post(*arguments, fmt::format("/api/v1/incidents/{}/communicate", arguments->id), std::move(body), answers_text);
    });
}

void add_report(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<WatchingArguments>();
    auto* command =
        app.add_subcommand("report", "How soon people answered, what was noise, who was woken; or which problems come back");
    command->add_option("which", arguments->what, "summary, or recurring: the problems that come back, the dearest first")
        ->check(CLI::IsMember({"summary", "recurring"}));
    command->add_option("--from", arguments->from, "From when, such as 2026-11-01T00:00:00Z [30 days ago]");
    command->add_option("--until", arguments->until, "Until when [now]");
    add_common(*command, *arguments);
    command->callback([arguments, &exit_code] {
        const bool is_recurring = arguments->what == "recurring";
        const std::string target = is_recurring ? "/api/v1/reports/recurring" : "/api/v1/reports/summary";
        exit_code = get(*arguments, target + stretch_query(*arguments), is_recurring ? recurring_text : report_text);
    });
}

void add_drill(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<WatchingArguments>();
    auto* command =
        app.add_subcommand("drill", "A fire drill: page a person, a schedule or an escalation for real, marked as a drill");
    command->add_option("target", arguments->what, "A person, a schedule or an escalation")->required();
    command->add_option("--within", arguments->within, "Unanswered for so long it has failed [30m]");
    add_by(*command, *arguments);
    add_common(*command, *arguments);
    command->callback([arguments, &exit_code] {
        json::object body{{"target", arguments->what}};
        if (!arguments->within.empty()) body["within"] = arguments->within;
        exit_code = post(*arguments, "/api/v1/drills", std::move(body), begun_text);
    });
}

void add_list(CLI::App& app, int& exit_code, const std::string& name, const std::string& about, const Show& show) {
    auto arguments = std::make_shared<WatchingArguments>();
    auto* command = app.add_subcommand(name, about);
    add_common(*command, *arguments);
    command->callback([arguments, name, show, &exit_code] { exit_code = get(*arguments, "/api/v1/" + name, show); });
}

}  // namespace

void add_watching(CLI::App& app, int& exit_code) {
    add_triage(app, exit_code);
    add_communicate(app, exit_code);
    add_report(app, exit_code);
    add_list(app, exit_code, "heartbeats", "What must be heard of regularly, and how each stands", heartbeats_text);
    add_drill(app, exit_code);
    add_list(app, exit_code, "drills", "The fire drills of the past, and whether they passed", drills_text);
}

}  // namespace tocsin::cli
