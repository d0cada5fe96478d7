// tocsin people, tocsin contact verify: who can be reached how, and proving that it works.
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

struct PeopleArguments {
    ServerOptions server;
    std::string output = "text";
    std::string person;
    std::string contact;
    std::string code;
};

std::string people_text(const std::string& body) {
    const auto answer = json::parse(body);
    std::vector<std::vector<std::string>> rows;
    std::size_t unverified = 0;
    for (const auto& value : answer.at("people").as_array()) {
        const auto& person = value.as_object();
        const auto& contacts = person.at("contacts").as_array();
        if (contacts.empty()) rows.push_back({text_at(person, "person"), text_at(person, "name"), "", "", "cannot be paged"});
        for (const auto& one : contacts) {
            const auto& contact = one.as_object();
            const auto state = text_at(contact, "state");
            if (state != "verified") ++unverified;
            rows.push_back({text_at(person, "person"), text_at(person, "name"), text_at(contact, "name"),
                            text_at(contact, "channel"), state == "code_sent" ? "code sent" : state});
        }
    }
    auto text = table({"PERSON", "NAME", "CONTACT", "CHANNEL", "STATE"}, rows);
    if (unverified == 0) return text;
    return text + fmt::format(
                      "\n{} contact{} not verified: pages go there all the same, and nobody knows whether they arrive.\n"
                      "To find out: tocsin contact verify PERSON CONTACT\n",
                      unverified, unverified == 1 ? " is" : "s are");
}

std::string verified_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& contact = answer.as_object();
    const auto person = text_at(contact, "person");
    const auto name = text_at(contact, "contact");
    if (text_at(contact, "state") == "verified") return fmt::format("{} of {} is verified\n", name, person);
    return fmt::format("a code is on its way; when it is there: tocsin contact verify {} {} --code CODE\n", person, name);
}

int show_people(const PeopleArguments& arguments) {
    return with_server(
        arguments.server, arguments.output, [](ApiClient& client) { return client.get("/api/v1/people"); }, people_text);
}

int verify(const PeopleArguments& arguments) {
    auto client = ApiClient::make(arguments.server);
    if (!client) return show_no_server(client.error());
    json::object body;
    if (!arguments.code.empty()) body["code"] = arguments.code;
    const auto target =
        fmt::format("/api/v1/people/{}/contacts/{}/verify", encoded(arguments.person), encoded(arguments.contact));
    return show_answer(client->post(target, json::serialize(body)), arguments.output, verified_text);
}

}  // namespace

void add_people(CLI::App& app, int& exit_code) {
    auto listed = std::make_shared<PeopleArguments>();
    auto* people = app.add_subcommand("people", "Who can be reached how, and whether that is known to work");
    add_server_options(*people, listed->server);
    add_output_option(*people, listed->output);
    people->callback([listed, &exit_code] { exit_code = show_people(*listed); });

    auto arguments = std::make_shared<PeopleArguments>();
    auto* contact = app.add_subcommand("contact", "Prove that a contact reaches its person");
    contact->require_subcommand(1);
    auto* verified = contact->add_subcommand("verify", "Send a code over a contact, or with --code give it back");
    verified->add_option("person", arguments->person, "The person's name in the rulebook")->required();
    verified->add_option("contact", arguments->contact, "The contact's name, such as push")->required();
    verified->add_option("--code", arguments->code, "The six digits that came");
    add_server_options(*verified, arguments->server);
    add_output_option(*verified, arguments->output);
    verified->callback([arguments, &exit_code] { exit_code = verify(*arguments); });
}

}  // namespace tocsin::cli
