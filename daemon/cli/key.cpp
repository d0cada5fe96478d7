// tocsin key create, list, revoke: the keys with which senders prove to be a source.
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

struct KeyArguments {
    ServerOptions server;
    std::string output = "text";
    std::string source;
    std::string name;
    std::vector<std::string> endpoints;
    std::string by;
    std::string id;
    std::string at;
};

std::string endpoints_text(const json::object& key) {
    std::string text;
    for (const auto& endpoint : key.at("endpoints").as_array()) {
        text += (text.empty() ? "" : " ") + std::string(endpoint.as_string());
    }
    return text.empty() ? "all" : text;
}

std::string keys_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : answer.at("keys").as_array()) {
        const auto& key = value.as_object();
        const auto used = text_at(key, "last_used_at");
        const auto revoked = text_at(key, "revoked_at");
        const auto state = text_at(key, "state") == "live" && !revoked.empty() ? "live until " + revoked : text_at(key, "state");
        rows.push_back({text_at(key, "id"), text_at(key, "source"), text_at(key, "name"), state, endpoints_text(key),
                        text_at(key, "created_at"), used.empty() ? "never" : used});
    }
    return table({"ID", "SOURCE", "NAME", "STATE", "GOOD FOR", "CREATED", "LAST USED"}, rows);
}

std::string made_key_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& key = answer.as_object();
    return fmt::format("{}\n\nThis is the key \"{}\" of {} ({}). It is shown this once: tocsin keeps only its hash.\n",
                       text_at(key, "key"), text_at(key, "name"), text_at(key, "source"), text_at(key, "id"));
}

std::string revoked_key_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& key = answer.as_object();
    const bool is_live = text_at(key, "state") == "live";
    return fmt::format("key \"{}\" of {} is {} {}\n", text_at(key, "name"), text_at(key, "source"),
                       is_live ? "good until" : "revoked since", text_at(key, "revoked_at"));
}

int create(const KeyArguments& arguments) {
    json::object body{{"source", arguments.source}, {"name", arguments.name}, {"by", arguments.by}};
    if (!arguments.endpoints.empty()) body["endpoints"] = json::value_from(arguments.endpoints);
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.post("/api/v1/keys", json::serialize(body)); },
        made_key_text);
}

int list(const KeyArguments& arguments) {
    const auto target = "/api/v1/keys" + (arguments.source.empty() ? "" : "?source=" + encoded(arguments.source));
    return with_server(
        arguments.server, arguments.output, [&](ApiClient& client) { return client.get(target); }, keys_text);
}

int revoke(const KeyArguments& arguments) {
    json::object body;
    if (!arguments.at.empty()) body["at"] = arguments.at;
    return with_server(
        arguments.server, arguments.output,
        [&](ApiClient& client) {
            return client.post(fmt::format("/api/v1/keys/{}/revoke", encoded(arguments.id)), json::serialize(body));
        },
        revoked_key_text);
}

std::shared_ptr<KeyArguments> arguments_of(CLI::App& command) {
    auto arguments = std::make_shared<KeyArguments>();
    add_server_options(command, arguments->server);
    add_output_option(command, arguments->output);
    return arguments;
}

}  // namespace

void add_keys(CLI::App& app, int& exit_code) {
    auto* key = app.add_subcommand("key", "Keys with which senders prove to be a source: many each, so that one can be replaced");
    key->require_subcommand(1);

    auto* created = key->add_subcommand("create", "Make a key; it is shown once");
    auto making = arguments_of(*created);
    created->add_option("source", making->source, "The source's name in tocsin.yaml")->required();
    created->add_option("--name", making->name, "What tells it from the source's other keys, such as 2026-11")->required();
    created
        ->add_option("--for", making->endpoints,
                     "What it is good for: alerts, actions, heartbeats, silences, reads; left out: everything")
        ->delimiter(',');
    created->add_option("--by", making->by, "Who makes it; left out: the name of the token");
    created->callback([making, &exit_code] { exit_code = create(*making); });

    auto* listed = key->add_subcommand("list", "All keys, and when they were last used (a minute late)");
    auto listing = arguments_of(*listed);
    listed->add_option("source", listing->source, "Of this source only");
    listed->callback([listing, &exit_code] { exit_code = list(*listing); });

    auto* revoked = key->add_subcommand("revoke", "Let a key be good no longer");
    auto revoking = arguments_of(*revoked);
    revoked->add_option("id", revoking->id, "As `tocsin key list` shows it, or SOURCE/NAME of a live one")->required();
    revoked->add_option("--at", revoking->at, "From when on: +24h, or 2026-12-01T00:00:00Z; left out: now");
    revoked->callback([revoking, &exit_code] { exit_code = revoke(*revoking); });
}

}  // namespace tocsin::cli
