// tocsin silence: what is to page nobody for a while, made, listed, ended and extended at run time.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct SilenceArguments {
    ServerOptions server;
    std::string output = "text";
    std::vector<std::string> match;
    std::vector<std::string> during;
    std::string from;
    std::string until;
    std::string lasts;
    std::string reason;
    std::string by;
    std::int64_t id = 0;
    bool is_open_too = false;
    bool is_dry_run = false;
    bool is_all = false;
};

/// `service=mysql` twice or more are all to hold; anything else is a map in the rulebook's language.
Result<json::value> match_of(const std::vector<std::string>& words) {
    if (words.size() == 1 && words.front().starts_with('{')) return json::value(words.front());
    json::object match;
    for (const auto& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == word.size()) {
            return Error{Errc::Invalid, fmt::format("\"{}\" is neither FIELD=VALUE such as service=mysql nor a match such as "
                                                    "'{{ title: {{ prefix: disk }} }}'",
                                                    word)};
        }
        if (!match.emplace(word.substr(0, equals), word.substr(equals + 1)).second) {
            return Error{Errc::Invalid, fmt::format("{} is named twice; any of several is '{{ {}: [a, b] }}'",
                                                    word.substr(0, equals), word.substr(0, equals))};
        }
    }
    return json::value(std::move(match));
}

std::string made_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& made = answer.as_object();
    const auto id = text_at(made, "id");
    auto text = fmt::format("{} {} from {} until {}{}\n", id == "0" ? "would silence" : "silence " + id + " covers",
                            text_at(made, "match"), text_at(made, "from"), text_at(made, "until"),
                            text_at(made, "during").empty() ? "" : ", during " + text_at(made, "during"));
    if (const auto* hides = made.if_contains("hides")) {
        text += fmt::format("  {}\n", text_at(hides->as_object(), "text"));
        for (const auto& example : hides->at("examples").as_array()) {
            text += fmt::format("  such as incident {}: {}\n", text_at(example.as_object(), "id"),
                                text_at(example.as_object(), "summary"));
        }
    }
    if (const auto* warnings = made.if_contains("warnings")) {
        for (const auto& warning : warnings->as_array())
            text += fmt::format("  warning: {}\n", std::string_view(warning.as_string()));
    }
    const auto count = text_at(made, "silenced_incidents");
    if (!count.empty() && count != "0") text += fmt::format("  {} of what is open is silenced now\n", count);
    if (!text_at(made, "ended_at").empty()) text += "  ended: what it covered and fires on is paged for\n";
    return text;
}

std::string list_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("silences").as_array()) {
        const auto& made = value.as_object();
        const auto idle = text_at(made, "no_effect");
        const auto id = text_at(made, "id");
        const auto what = id.empty() ? text_at(made, "name") + " (" + text_at(made, "place") + ")" : text_at(made, "match");
        rows.push_back({id.empty() ? "-" : id, text_at(made, "state"), text_at(made, "until"), text_at(made, "made_by"), what,
                        idle.empty() ? text_at(made, "reason") : "no effect: " + idle});
    }
    if (rows.empty()) return "no silences\n";
    return table({"ID", "STATE", "UNTIL", "BY", "WHAT", "REASON"}, rows);
}

std::string end_of(const SilenceArguments& arguments) {
    return arguments.lasts.empty() ? arguments.until : "+" + arguments.lasts;
}

int add(const SilenceArguments& arguments) {
    auto match = match_of(arguments.match);
    if (!match) {
        fmt::print(stderr, "tocsin: {}\n", match.error().message());
        return kUsage;
    }
    json::object body{{"match", std::move(*match)},
                      {"from", arguments.from},
                      {"until", end_of(arguments)},
                      {"reason", arguments.reason},
                      {"open", arguments.is_open_too}};
    if (!arguments.by.empty()) body["by"] = arguments.by;
    if (!arguments.during.empty()) body["during"] = json::value_from(arguments.during);
    const auto* target = arguments.is_dry_run ? "/api/v1/silences/preview" : "/api/v1/silences";
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.post(target, json::serialize(body)); },
        made_text);
}

int list(const SilenceArguments& arguments) {
    return with_server(
        arguments.server, arguments.output,
        [&](ApiClient& client) { return client.get(arguments.is_all ? "/api/v1/silences?all=true" : "/api/v1/silences"); },
        list_text);
}

int end(const SilenceArguments& arguments) {
    const auto target = fmt::format("/api/v1/silences/{}?by={}", arguments.id, encoded(arguments.by));
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.remove(target); }, made_text);
}

int extend(const SilenceArguments& arguments) {
    json::object body{{"until", end_of(arguments)}};
    if (!arguments.by.empty()) body["by"] = arguments.by;
    const auto target = fmt::format("/api/v1/silences/{}/extend", arguments.id);
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.post(target, json::serialize(body)); },
        made_text);
}

constexpr auto kInstant = "such as +2h, \"2026-03-08 20:00 Asia/Karachi\" or 2026-03-08T20:00:00Z";

void add_common(CLI::App& command, const std::shared_ptr<SilenceArguments>& arguments) {
    add_server_options(command, arguments->server);
    add_output_option(command, arguments->output);
}

void add_by(CLI::App& command, const std::shared_ptr<SilenceArguments>& arguments) {
    command.add_option("--by", arguments->by, "Who you are, for the record [the token's name]");
}

void add_end(CLI::App& command, const std::shared_ptr<SilenceArguments>& arguments, const std::string& since) {
    auto* until = command.add_option("--until", arguments->until, fmt::format("Until then, {}", kInstant));
    auto* lasts = command.add_option("--for", arguments->lasts, fmt::format("For so long {}, such as 2h", since));
    until->excludes(lasts);
}

void add_adding(CLI::App& silence, int& exit_code) {
    auto arguments = std::make_shared<SilenceArguments>();
    auto* command = silence.add_subcommand("add", "Silence what matches: it is kept, and pages nobody until the silence ends");
    command
        ->add_option("match", arguments->match,
                     "FIELD=VALUE such as service=mysql, several if all are to hold; or a match as in a rule, in quotes:\n"
                     "'{ service: mysql, title: { prefix: backup } }'")
        ->required();
    command->add_option("--from", arguments->from, fmt::format("From then on, {} [now]", kInstant));
    add_end(*command, arguments, "since --from");
    command->add_option("--during", arguments->during, "Only in these windows, such as \"sun 02:00-04:00 Europe/London\"");
    command->add_option("--reason", arguments->reason, "Why, for whoever finds an alert missing")->required();
    command->add_flag("--open", arguments->is_open_too, "What is open and matches, too: its pages are called off");
    command->add_flag("--dry-run", arguments->is_dry_run, "Show what it would hide, and make nothing");
    add_by(*command, arguments);
    add_common(*command, arguments);
    command->callback([arguments, &exit_code] { exit_code = add(*arguments); });
}

}  // namespace

void add_silences(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("silence", "Silences and maintenance windows: add, list, end, extend");
    command->require_subcommand(1);
    add_adding(*command, exit_code);

    auto listed = std::make_shared<SilenceArguments>();
    auto* listing = command->add_subcommand("list", "Silences that hold or are to come, the rulebook's with them");
    listing->add_flag("--all", listed->is_all, "Those that are over, too");
    add_common(*listing, listed);
    listing->callback([listed, &exit_code] { exit_code = list(*listed); });

    auto ended = std::make_shared<SilenceArguments>();
    auto* ending = command->add_subcommand("end", "End a silence now: what it covers and fires on is paged for");
    ending->add_option("id", ended->id, "Its number")->required();
    add_by(*ending, ended);
    add_common(*ending, ended);
    ending->callback([ended, &exit_code] { exit_code = end(*ended); });

    auto extended = std::make_shared<SilenceArguments>();
    auto* extending = command->add_subcommand("extend", "Let a silence hold for longer");
    extending->add_option("id", extended->id, "Its number")->required();
    add_end(*extending, extended, "from the end that it has");
    add_by(*extending, extended);
    add_common(*extending, extended);
    extending->callback([extended, &exit_code] { exit_code = extend(*extended); });
}

}  // namespace tocsin::cli
