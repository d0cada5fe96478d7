#include "daemon/api/incidents.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <memory>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/api/reassignment.hpp"
#include "daemon/api/triage.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::size_t kLatestAlerts = 20;

Result<IncidentFilter> filter_of(std::string_view query) {
    IncidentFilter filter;
    const auto state = query_value(query, "state");
    filter.only_open = state == "open";
    if (!state.empty() && !filter.only_open) {
        filter.state = parse_incident_state(state);
        if (!filter.state) {
            return Error{Errc::Invalid,
                         fmt::format("\"{}\" is no state; use open, triggered, acknowledged or resolved", printable(state))};
        }
    }
    filter.service = query_value(query, "service");
    if (const auto before = query_value(query, "before"); !before.empty()) {
        const auto id = to_integer(before);
        if (!id) return Error{Errc::Invalid, "`before` is not an incident's number"};
        filter.before = IncidentId{*id};
    }
    if (const auto limit = query_value(query, "limit"); !limit.empty()) {
        const auto count = to_integer(limit);
        if (!count || *count == 0) return Error{Errc::Invalid, "`limit` is not a number from 1 to 1000"};
        filter.limit = std::min(static_cast<std::size_t>(*count), kListMax);
    }
    return filter;
}

/// An incident, and where people read what to do.
json::object incident_json(const Incident& incident, const Rulebook& rulebook) {
    auto body = api::to_json(incident);
    const auto* service = rulebook.roster().service(incident.service);
    body["runbook"] = service == nullptr ? std::string() : service->runbook;
    return body;
}

/// An incident and all that belongs to it.
Result<json::object> whole_incident(StoreReader& reader, const Rulebook& rulebook, IncidentId id, TimePoint now) {
    const auto incident = reader.incident(id);
    if (!incident) return incident.error();
    auto body = incident_json(*incident, rulebook);
    const auto members = reader.members(id);
    if (!members) return members.error();
    const auto timeline = reader.timeline(id);
    if (!timeline) return timeline.error();
    const auto pages = reader.pages(id);
    if (!pages) return pages.error();
    const auto alerts = reader.alerts(id, kLatestAlerts);
    if (!alerts) return alerts.error();
    const auto list = [](const auto& items) {
        json::array all;
        for (const auto& item : items) all.push_back(api::to_json(item));
        return all;
    };
    body["members"] = list(*members);
    auto answers = five_answers(reader, *incident, now);
    if (!answers) return answers.error();
    body["triage"] = std::move(*answers);
    body["timeline"] = list(*timeline);
    body["pages"] = list(*pages);
    body["latest_alerts"] = list(*alerts);
    return body;
}

struct Said {
    std::string by;
    std::string text;
    std::optional<TimePoint> until;
    std::optional<Duration> lasts;
};

Result<Said> said_in(const Asked& asked, const config::TokenSettings& token, TimePoint now) {
    if (const auto texts = asked.check_texts({"by", "text", "for", "until"}); !texts) return texts.error();
    const auto lasts = asked.duration("for");
    if (!lasts) return lasts.error();
    const auto until = asked.instant("until", Asked::in_utc(now));
    if (!until) return until.error();
    return Said{asked.by(token.name), asked.text("text", kTextCodePointsMax), *until, *lasts};
}

Result<engine::Event> event_of(std::string_view verb, const Said& said, TimePoint now) {
    if (verb == "acknowledge") return engine::Event{engine::Acknowledge{said.by}};
    if (verb == "unacknowledge") return engine::Event{engine::Unacknowledge{said.by}};
    if (verb == "resolve") return engine::Event{engine::Resolve{said.by, said.text}};
    if (verb == "escalate") return engine::Event{engine::Escalate{said.by}};
    if (verb == "note") {
        if (said.text.empty()) return Error{Errc::Invalid, "a note needs a \"text\""};
        return engine::Event{engine::Note{said.by, said.text}};
    }
    if (verb == "snooze") {
        const auto until = said.lasts ? now + *said.lasts : said.until.value_or(now);
        if (until <= now) {
            return Error{Errc::Invalid, "a snooze needs an \"until\" that is still to come, or a \"for\" such as \"2h\""};
        }
        return engine::Event{engine::Snooze{said.by, until}};
    }
    return Error{Errc::NotFound, fmt::format("nothing here is called \"{}\"", printable(verb))};
}

}  // namespace

void list_incidents(Services& services, const http::Request& request, http::Respond respond) {
    const auto filter = filter_of(request.query);
    if (!filter) return respond(refusal(filter.error()));
    auto& reader = services.reader;
    answer_with(
        services,
        [&reader, filter = *filter]() -> Result<json::object> {
            const auto incidents = reader.incidents(filter);
            if (!incidents) return incidents.error();
            json::array all;
            for (const auto& incident : *incidents) all.push_back(api::to_json(incident));
            json::object body{{"incidents", std::move(all)}, {"next", nullptr}};
            if (incidents->size() == filter.limit) body["next"] = incidents->back().id.value;
            return body;
        },
        std::move(respond));
}

void show_incident(Services& services, std::string_view id, http::Respond respond) {
    const auto number = to_integer(id);
    if (!number) return respond(refusal(404, fmt::format("\"{}\" is not an incident's number", printable(id))));
    auto& reader = services.reader;
    const IncidentId incident{*number};
    answer_with(
        services,
        [&reader, rulebook = services.rulebook(), incident, now = services.clock.now()] {
            return whole_incident(reader, *rulebook, incident, now);
        },
        std::move(respond));
}

void act_on_incident(Services& services, http::Request& request, const ActOn& what, http::Respond respond) {
    const auto number = to_integer(what.id);
    if (!number) return respond(refusal(404, fmt::format("\"{}\" is not an incident's number", printable(what.id))));
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    const auto now = services.clock.now();
    const auto said = said_in(*asked, what.token, now);
    if (!said) return respond(refusal(said.error()));
    auto event =
        what.verb == "reassign" ? reassignment(*asked, said->by, services.rulebook()->roster()) : event_of(what.verb, *said, now);
    if (!event) return respond(refusal(event.error()));
    ask_engine(services, {runtime::ActionMessage{IncidentId{*number}, std::move(*event)}, {}}, std::move(respond));
}

Result<IncidentId> incident_number(std::string_view text) {
    if (const auto number = to_integer(text)) return IncidentId{*number};
    return Error{Errc::NotFound, fmt::format("\"{}\" is not an incident's number", printable(text))};
}

void ask_engine(Services& services, runtime::Message message, http::Respond respond) {
    message.on_answer = [&services, respond](const Result<runtime::Answer>& answer) {
        if (!answer) return respond(refusal(answer.error()));
        if (!answer->incident) return respond(refusal(404, "this is about no incident"));
        answer_with(
            services,
            [&reader = services.reader, rulebook = services.rulebook(), id = answer->incident->id]() -> Result<json::object> {
                const auto incident = reader.incident(id);
                if (!incident) return incident.error();
                return incident_json(*incident, *rulebook);
            },
            respond);
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

}  // namespace tocsin::api
