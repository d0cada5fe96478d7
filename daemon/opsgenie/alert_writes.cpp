// Body -> change -> one message for dossier and incident -> 202 after the commit.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "core/base/uuid.hpp"
#include "daemon/api/intake.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/observe/log.hpp"
#include "daemon/opsgenie/alerts.hpp"
#include "daemon/opsgenie/body.hpp"
#include "daemon/opsgenie/roster.hpp"

namespace tocsin::opsgenie {
namespace {

constexpr std::string_view kKind = "opsgenie_api";
constexpr std::string_view kTooMuch = "too much is waiting to be stored; send it again";

void refuse_body(const ExchangePtr& exchange, observe::Refusal why, const std::string& what) {
    exchange->services.metrics.refused(exchange->source, why);
    log::info(log::Event::Refused, what, {{"source", exchange->source}, {"reason", to_string(why)}, {"request", exchange->id}});
}

/// Posts it, and answers once it is committed.
void post_change(const ExchangePtr& exchange, runtime::DossierMessage message) {
    runtime::Message posted{std::move(message), [exchange](const Result<runtime::Answer>& answer) {
                                if (!answer) {
                                    refuse_body(exchange, observe::Refusal::Store, answer.error().message());
                                    return exchange->refuse(Error{Errc::Unavailable, answer.error().message()});
                                }
                                exchange->services.metrics.accepted(exchange->source);
                                exchange->accept("Request will be processed");
                            }};
    if (exchange->services.mailbox.post(posted) == runtime::Mailbox::Posted::Taken) return;
    refuse_body(exchange, observe::Refusal::Overloaded, std::string(kTooMuch));
    exchange->refuse(Error{Errc::Unavailable, std::string(kTooMuch)});
}

/// What the rules' parser makes of a payload that was read before.
Result<intake::Parsed> understood(const ExchangePtr& exchange, std::string payload) {
    return intake::parse(kKind, exchange->source, std::move(payload));
}

/// The body with the alias in front that the client did not give: so that what is kept says all.
std::string with_alias(std::string body, const std::string& alias) {
    const auto brace = body.find('{');
    return brace == std::string::npos ? body : body.insert(brace + 1, fmt::format("\"alias\":\"{}\",", alias));
}

/// Reads a body; 400 for what is none. An empty one counts as {}.
bool read_body(const ExchangePtr& exchange, intake::JsonReader& reader, std::string& body) {
    if (trimmed(body).empty()) body = "{}";
    auto mended = intake::read_mended(reader, body);
    if (mended) {
        for (const auto what : *mended) exchange->services.metrics.mended(what);
        return true;
    }
    refuse_body(exchange, observe::Refusal::NotJson, mended.error().message());
    exchange->refuse(400, mended.error().message());
    return false;
}

bool refuse_errors(const ExchangePtr& exchange, const ReadChange& read) {
    if (!read.mended.empty()) exchange->services.metrics.mended("opsgenie_limits");
    if (read.errors.empty()) return false;
    std::string fields;
    for (const auto& [field, text] : read.errors) fields += fmt::format("{} {}; ", field, text);
    refuse_body(exchange, observe::Refusal::BadRequest, fields);
    exchange->refuse(read.errors);
    return true;
}

/// What an assignment or an escalation asks of the incident, if the rulebook knows whom it is given to.
std::optional<engine::Event> event_of(const engine::DossierChange& change, const std::string& actor, const Roster& roster) {
    using Kind = engine::DossierChange::Kind;
    if (change.kind == Kind::Assign) {
        const auto* person = person_of(roster, change.text);
        const auto* schedule = roster.schedule(change.text);
        if (person != nullptr) return engine::Event{engine::Reassign{actor, person->id, {}}};
        if (schedule != nullptr) return engine::Event{engine::Reassign{actor, schedule->id, {}}};
    }
    if (change.kind == Kind::Escalate && roster.escalation(change.text) != nullptr) {
        return engine::Event{engine::Reassign{actor, {}, change.text}};
    }
    return {};
}

void post_named(const ExchangePtr& exchange, engine::DossierChange change, DossierName name) {
    if (name.alias.empty()) name.alias = name.id;
    auto parsed = understood(exchange, payload_of(change, name));
    if (!parsed) return exchange->refuse(400, parsed.error().message());
    runtime::DossierMessage message;
    message.request = exchange->id;
    const auto actor = change.user.empty() ? exchange->source : change.user;
    message.event = event_of(change, actor, exchange->services.rulebook()->roster());
    message.alert.alert = std::move(parsed->arrivals.front().alert);
    message.alert.alert.key = name.alias;  // Also where the payload's was blanked out, as it is a secret's value elsewhere in it.
    message.alert.payload = std::move(parsed->payload);
    message.alert.trace = new_trace_id(exchange->services.rng);
    message.change = std::move(change);
    message.name = std::move(name);
    post_change(exchange, std::move(message));
}

}  // namespace

void create_alert(const ExchangePtr& exchange, std::string body) {
    intake::JsonReader reader;
    if (!read_body(exchange, reader, body)) return;
    auto read = read_create(reader.root());
    if (refuse_errors(exchange, read)) return;
    auto& created = read.change.created;
    created.id = new_uuid(exchange->services.clock.now(), exchange->services.rng);
    created.source = exchange->source;
    created.alias = intake::opsgenie_alias(reader.root().find("alias").text());
    if (created.alias.empty()) {
        created.alias = created.id;
        body = with_alias(std::move(body), created.alias);
    }
    if (created.origin.empty()) created.origin = exchange->source;
    auto parsed = understood(exchange, std::move(body));
    if (!parsed) return exchange->refuse(400, parsed.error().message());
    auto& arrival = parsed->arrivals.front();
    runtime::DossierMessage message;
    message.request = exchange->id;
    message.name = {exchange->source, {}, created.alias};
    message.alert.verdict = api::classified(exchange->services, *exchange->services.rulebook(), arrival);
    message.alert.alert = std::move(arrival.alert);
    message.alert.alert.key = message.name.alias;
    message.alert.payload = std::move(parsed->payload);
    message.alert.trace = new_trace_id(exchange->services.rng);
    message.change = std::move(read.change);
    post_change(exchange, std::move(message));
}

void change_alert(const ExchangePtr& exchange, DossierReader& reader, const AlertPath& path, std::string_view query,
                  std::string body) {
    intake::JsonReader body_reader;
    if (path.change == engine::DossierChange::Kind::Delete) body.clear();
    if (!read_body(exchange, body_reader, body)) return;
    auto read = read_change(path, query, body_reader.root());
    if (refuse_errors(exchange, read)) return;
    const auto type = parameter(query, "identifierType");
    if (type == "alias") {
        return post_named(exchange, std::move(read.change), {exchange->source, {}, intake::opsgenie_alias(path.identifier)});
    }
    auto found = std::make_shared<Result<DossierView>>(Error{Errc::NotFound, ""});
    exchange->services.run_blocking(
        [&reader, exchange, found, named = NamedAlert{path.identifier, type}] {
            *found = look_up(reader, exchange->source, named);
        },
        [exchange, found, identifier = path.identifier, change = std::move(read.change)]() mutable {
            if (!*found && found->error().code() != Errc::NotFound) return exchange->refuse(found->error());
            DossierName name{exchange->source, identifier, {}};
            if (*found) name = {exchange->source, (*found)->dossier.id, (*found)->dossier.alias};
            post_named(exchange, std::move(change), std::move(name));
        });
}

}  // namespace tocsin::opsgenie
