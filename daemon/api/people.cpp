#include "daemon/api/people.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "core/oncall/coverage.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kContacts = "/contacts/";
constexpr std::string_view kVerify = "/verify";
constexpr std::size_t kCodeBytesMax = 20;

json::object person_json(const Person& person, const std::vector<Verification>& known, TimePoint now) {
    json::array contacts;
    for (const auto& contact : person.contacts) {
        const auto state = contact_state(contact, verification_of(known, person.id, contact.name), now);
        contacts.push_back(json::object{{"name", contact.name}, {"channel", contact.channel}, {"state", to_string(state)}});
    }
    return {{"person", person.id},
            {"name", person.name},
            {"time_zone", person.time_zone.name()},
            {"can_be_paged", oncall::can_be_paged(person)},
            {"contacts", std::move(contacts)}};
}

http::Response people_answer(const Roster& roster, const Result<std::vector<Verification>>& known, TimePoint now) {
    if (!known) return refusal(known.error());
    json::array people;
    for (const auto& [id, person] : roster.people) people.push_back(person_json(person, *known, now));
    return json_answer(200, {{"people", std::move(people)}});
}

/// The code in the body; empty if there is none: a new one is wanted.
Result<std::string> code_in(const std::string& body) {
    if (trimmed(body).empty()) return std::string();
    boost::system::error_code ec;
    const auto value = json::parse(body, ec);
    const auto* object = ec ? nullptr : value.if_object();
    if (object == nullptr) return Error{Errc::Invalid, "the body is not a JSON object such as {\"code\": \"123456\"}"};
    const auto* code = object->if_contains("code");
    if (code == nullptr) return std::string();
    if (!code->is_string() || code->get_string().empty() || code->get_string().size() > kCodeBytesMax)
        return Error{Errc::Invalid, "`code` is a text of six digits"};
    return std::string(code->get_string());
}

}  // namespace

void list_people(Services& services, http::Respond respond) {
    auto known = std::make_shared<Result<std::vector<Verification>>>(std::vector<Verification>{});
    services.run_blocking([known, &book = services.contact_book] { *known = book.verifications(); },
                          [known, &services, respond = std::move(respond)] {
                              const auto rulebook = services.rulebook();
                              respond(people_answer(rulebook->roster(), *known, services.clock.now()));
                          });
}

std::size_t unverified_contacts(const Roster& roster, const std::vector<Verification>& known, TimePoint now) {
    std::size_t count = 0;
    for (const auto& [id, person] : roster.people) {
        for (const auto& contact : person.contacts) {
            if (contact_state(contact, verification_of(known, id, contact.name), now) != ContactState::Verified) ++count;
        }
    }
    return count;
}

void verify_contact(Services& services, const http::Request& request, std::string_view rest, http::Respond respond) {
    const auto contacts = rest.find(kContacts);
    if (contacts == std::string_view::npos || !rest.ends_with(kVerify) ||
        rest.size() < contacts + kContacts.size() + kVerify.size())
        return respond(refusal(404, "use /api/v1/people/<id>/contacts/<name>/verify"));
    const auto person = percent_decoded(rest.substr(0, contacts));
    rest.remove_prefix(contacts + kContacts.size());
    rest.remove_suffix(kVerify.size());
    const auto contact = percent_decoded(rest);
    const auto code = code_in(request.body);
    if (!code) return respond(refusal(code.error()));
    const bool is_new = code->empty();
    auto done = [person, contact, is_new, respond = std::move(respond)](const Result<void>& outcome) {
        if (!outcome) return respond(refusal(outcome.error()));
        const auto state = is_new ? ContactState::CodeSent : ContactState::Verified;
        respond(json_answer(200, {{"person", person}, {"contact", contact}, {"state", to_string(state)}}));
    };
    services.verify({person, contact, *code}, std::move(done));
}

}  // namespace tocsin::api
