// tocsin escalate, reassign, unack, snooze: giving an incident on, back, or time.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_text.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct HandingOnArguments {
    ServerOptions server;
    std::string output = "text";
    std::int64_t id = 0;
    std::string by;
    std::string to;
    std::string escalation;
    std::string lasts;
    std::string until;
};

int hand_on(const HandingOnArguments& arguments, std::string_view verb) {
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    json::object body;
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) body[key] = value;
    };
    add("by", arguments.by);
    add("to", arguments.to);
    add("escalation", arguments.escalation);
    add("for", arguments.lasts);
    add("until", arguments.until);
    const auto target = fmt::format("/api/v1/incidents/{}/{}", arguments.id, verb);
    return show_answer(client->post(target, json::serialize(body)), arguments.output, incident_text);
}

/// The verb's subcommand, with what all of them have.
CLI::App* add_verb(CLI::App& app, int& exit_code, const std::string& name, const std::shared_ptr<HandingOnArguments>& arguments,
                   const std::string& verb) {
    auto* command = app.add_subcommand(name);
    command->add_option("incident", arguments->id, "The incident's number")->required();
    command->add_option("--by", arguments->by, "Who you are, for the timeline [the token's name]");
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, verb, &exit_code] { exit_code = hand_on(*arguments, verb); });
    return command;
}

}  // namespace

void add_handing_on(CLI::App& app, int& exit_code) {
    add_verb(app, exit_code, "escalate", std::make_shared<HandingOnArguments>(), "escalate")
        ->description("Page the next step of the escalation now; an acknowledgement ends");

    add_verb(app, exit_code, "unack", std::make_shared<HandingOnArguments>(), "unacknowledge")
        ->description("Take an acknowledgement back: nobody has it, and people are paged from the first step");

    auto given = std::make_shared<HandingOnArguments>();
    auto* reassign = add_verb(app, exit_code, "reassign", given, "reassign");
    reassign->description("Give an incident to a person, a schedule or another escalation; they are paged at once");
    auto* to = reassign->add_option("to", given->to, "A person, or a schedule: whoever is on call in it");
    reassign->add_option("--escalation", given->escalation, "Another escalation, from its first step")->excludes(to);
    reassign->footer("The steps of the escalation follow if whom it was given to does not answer.");

    auto snoozed = std::make_shared<HandingOnArguments>();
    auto* snooze = add_verb(app, exit_code, "snooze", snoozed, "snooze");
    snooze->description("Leave an incident alone for some time; if it is still open then, people are paged again");
    const auto is_duration = [](const std::string& text) {
        return parse_duration(text) ? std::string() : "no duration; write 30m, 2h or 1h30m";
    };
    auto* lasts = snooze->add_option("--for", snoozed->lasts, "For so long, such as 2h")->check(is_duration);
    snooze->add_option("--until", snoozed->until, "Until then, such as 2026-03-08T08:30:00Z")->excludes(lasts);
}

}  // namespace tocsin::cli
