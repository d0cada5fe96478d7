// tocsin send: post an alert to a running daemon, as its sender would.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <cstdio>
#include <memory>
#include <string>

#include "core/base/text.hpp"
#include "daemon/app/files.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/cli/settings_file.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct SendArguments {
    ServerOptions server;
    std::string source;
    std::string secret_file;
    std::string output = "text";
    std::vector<std::string> payloads;
    std::string mail_source;
};

/// How the source proves itself: a header's name and value.
Result<std::pair<std::string, std::string>> proof(const SendArguments& arguments) {
    if (!arguments.secret_file.empty()) {
        const auto secret = app::read_file(arguments.secret_file);
        if (!secret) return secret.error();
        return std::pair<std::string, std::string>{"Authorization", "Bearer " + std::string(trimmed(*secret))};
    }
    if (arguments.server.config.empty()) {
        return Error{Errc::Invalid, "no secret: give --secret-file, or --config with the daemon's tocsin.yaml"};
    }
    const auto settings = read_settings_file(arguments.server.config);
    if (!settings) return Error{Errc::Invalid, fmt::format("{} cannot be used", arguments.server.config)};
    const auto found = settings->sources.find(arguments.source);
    if (found == settings->sources.end()) {
        return Error{Errc::NotFound, fmt::format("{} has no source \"{}\"", arguments.server.config, arguments.source)};
    }
    const auto& source = found->second;
    if (!source.header.empty()) return std::pair{source.header, source.secret.value};
    return std::pair<std::string, std::string>{"Authorization", "Bearer " + source.secret.value};
}

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) return "none";
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::string accepted_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& accepted = answer.as_object();
    auto text = fmt::format("accepted: incident {}", text_at(accepted, "incident"));
    for (const auto* key : {"state", "rule", "service", "severity", "urgency", "trace"}) {
        if (accepted.contains(key)) text += fmt::format(", {} {}", key, text_at(accepted, key));
    }
    return printable(text) + "\n";
}

int send(const SendArguments& arguments) {
    auto client = ApiClient::make_without_token(arguments.server);
    const auto header = proof(arguments);
    if (!client || !header) {
        fmt::print(stderr, "tocsin: {}\n", client ? header.error().message() : client.error().message());
        return kUsage;
    }
    if (arguments.payloads.empty()) {
        fmt::print(stderr, "tocsin: nothing to send: name files, or - for standard input\n");
        return kUsage;
    }
    for (const auto& path : arguments.payloads) {
        auto payload = read_payload(path);
        if (!payload) return kFailed;
        const auto answer = client->post("/in/" + encoded(arguments.source), std::move(*payload), {*header});
        if (const auto code = show_answer(answer, arguments.output, accepted_text); code != kOk) return code;
    }
    return kOk;
}

/// A mail server that is told so keeps the message, and tries again.
constexpr int kComeAgain = 75;

/// As `sendmail` is called: the message on standard input.
int send_mail(SendArguments arguments) {
    arguments.source = arguments.mail_source;
    arguments.payloads = {"-"};
    return send(arguments) == kOk ? kOk : kComeAgain;
}

}  // namespace

void add_send(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<SendArguments>();
    auto* command = app.add_subcommand("send", "Post alerts to a running daemon, as their sender would");
    command->add_option("payload", arguments->payloads, "Files, or - for standard input");
    auto* which = command->add_option_group("source")->require_option(1);
    which->add_option("--source", arguments->source, "The source's name in tocsin.yaml");
    which->add_option("--mail", arguments->mail_source,
                      "A source of kind mail: for a mail server to pipe a message into. Exits with 75 if it could not be "
                      "delivered, so that it is kept and tried again");
    command->add_option("--secret-file", arguments->secret_file, "A file that holds the source's secret [taken from --config]");
    add_server_options(*command, arguments->server);
    add_output_option(*command, arguments->output);
    command->callback([arguments, &exit_code] {
        if (!arguments->mail_source.empty()) {
            exit_code = send_mail(*arguments);
            return;
        }
        exit_code = send(*arguments);
    });
}

}  // namespace tocsin::cli
