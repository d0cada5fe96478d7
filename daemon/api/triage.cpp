#include "daemon/api/triage.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/engine/triage.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/api/reading.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::size_t kQueueMax = 1'000;
constexpr std::string_view kStates = "new, needs_information, scheduled, transferred or not_ours";

json::object to_json(const PastIncident& past) {
    json::object shown{{"id", past.id.value},
                       {"opened_at", format_utc(past.opened_at)},
                       {"resolved_at", nullptr},
                       {"resolved_by", past.resolved_by},
                       {"how", past.resolution ? json::value(to_string(*past.resolution)) : json::value(nullptr)},
                       {"note", past.resolution_note}};
    if (past.resolved_at) shown["resolved_at"] = format_utc(*past.resolved_at);
    return shown;
}

/// As people write it: "needs information" and "needs-information" too.
std::optional<TriageState> triage_state(std::string text) {
    for (auto& c : text) {
        if (c == ' ' || c == '-') c = '_';
    }
    const auto state = parse_triage_state(lower_ascii(text));
    return state == TriageState::None ? std::nullopt : state;
}

/// A team that nobody would tell is no place to send a notice to.
Result<void> check_team(const std::string& team, const Roster& roster) {
    if (team.empty()) return Error{Errc::Invalid, "to transfer it, say to which \"team\""};
    if (engine::triage_schedule_of_team(team, roster) != nullptr) return {};
    std::set<std::string> teams;
    for (const auto& [id, service] : roster.services) {
        if (!service.team.empty()) teams.insert(service.team);
    }
    if (teams.contains(team)) {
        return Error{Errc::Conflict,
                     fmt::format("no service of the team \"{}\" names a triage schedule, so nobody would be told; give "
                                 "one of them `triage:`",
                                 printable(team))};
    }
    auto said = fmt::format("no service is of a team \"{}\"", printable(team));
    const std::vector<std::string> names(teams.begin(), teams.end());
    if (const auto near = nearest(team, names)) said += fmt::format("; did you mean \"{}\"?", *near);
    return Error{Errc::Invalid, said};
}

Result<engine::Event> triage_of(const Asked& asked, std::string by, const Roster& roster, TimePoint now) {
    engine::Triage triage;
    triage.actor = std::move(by);
    const auto state = triage_state(asked.text("state", kNameCodePointsMax));
    const auto note = asked.text("note", kTextCodePointsMax);
    const auto team = asked.text("team", kNameCodePointsMax);
    const auto until = asked.instant("until", Asked::in_utc(now));
    if (!until) return until.error();
    triage.until = *until;
    if (!state) return Error{Errc::Invalid, fmt::format("triage needs a \"state\": {}", kStates)};
    if (triage.until && *state != TriageState::Scheduled) return Error{Errc::Invalid, "only what is scheduled has an \"until\""};
    if (triage.until && *triage.until <= now) return Error{Errc::Invalid, "\"until\" is not to come any more"};
    triage.state = *state;
    triage.detail = note;
    if (*state == TriageState::Transferred) {
        if (auto checked = check_team(team, roster); !checked) return checked.error();
        triage.detail = team;
    }
    return engine::Event{std::move(triage)};
}

/// After the commit: the incident with its answers, or why it did not become what was asked for.
Result<json::object> after_commit(StoreReader& reader, IncidentId id, const engine::Event& asked, TimePoint now) {
    const auto incident = reader.incident(id);
    if (!incident) return incident.error();
    const auto* triage = std::get_if<engine::Triage>(&asked);
    if (triage != nullptr && (incident->triage != triage->state || !incident->is_open())) {
        return Error{Errc::Conflict, incident->is_open()
                                         ? "this incident pages: acknowledge it, reassign or resolve it; the queue of "
                                           "triage is for notices"
                                         : "this incident is resolved"};
    }
    auto body = api::to_json(*incident);
    auto answers = five_answers(reader, *incident, now);
    if (!answers) return answers.error();
    body["triage"] = std::move(*answers);
    return body;
}

void post_event(Services& services, IncidentId id, engine::Event event, http::Respond respond) {
    auto& reader = services.reader;
    runtime::Message message{runtime::ActionMessage{id, event}, {}};
    message.on_answer = [&services, &reader, id, event = std::move(event), respond](const Result<runtime::Answer>& answer) {
        if (!answer) return respond(refusal(answer.error()));
        answer_with(
            services, [&reader, id, event, now = services.clock.now()] { return after_commit(reader, id, event, now); }, respond);
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

/// A reply is sent to where the sender said: whether there is such a place, and whether it is allowed, is told at once.
void reply(Services& services, IncidentId id, engine::Communicate said, http::Respond respond) {
    auto refused = std::make_shared<std::optional<http::Response>>();
    auto& reader = services.reader;
    services.run_blocking(
        [refused, &reader, &services, id] {
            const auto incident = reader.incident(id);
            if (!incident) {
                *refused = refusal(incident.error());
            } else if (incident->reply_to.empty()) {
                *refused = refusal(
                    409, "this incident has no `reply_to`: neither its rule nor its service says where its sender is told");
            } else if (auto checked = services.check_reply(incident->reply_to); !checked) {
                *refused = refusal(checked.error());
            }
        },
        [refused, &services, id, said = std::move(said), respond = std::move(respond)]() mutable {
            if (*refused) return respond(std::move(**refused));
            post_event(services, id, std::move(said), std::move(respond));
        });
}

}  // namespace

Result<json::object> five_answers(StoreReader& reader, const Incident& incident, TimePoint now) {
    KeyFilter filter{incident.key, now - limits::kHistory, incident.id};
    const auto history = reader.history(filter);
    if (!history) return history.error();
    json::array missing;
    for (const auto field : split(incident.missing, ',')) {
        if (!trimmed(field).empty()) missing.emplace_back(trimmed(field));
    }
    json::array latest;
    for (const auto& past : history->latest) latest.push_back(to_json(past));
    json::object communicated{{"at", nullptr}, {"reply_to", !incident.reply_to.empty()}, {"replies", incident.replies}};
    if (incident.communicated_at) communicated["at"] = format_utc(*incident.communicated_at);
    return json::object{
        {"state", to_string(incident.triage)},
        {"detail", incident.triage_detail},
        {"impact", to_string(incident.severity)},
        {"urgency", to_string(incident.urgency)},
        {"actionable", json::object{{"yes", incident.missing.empty()}, {"missing", std::move(missing)}}},
        {"communicated", std::move(communicated)},
        {"reproducible", json::object{{"seen_before", history->count}, {"days", 90}, {"latest", std::move(latest)}}}};
}

void list_triage(Services& services, http::Respond respond) {
    auto& reader = services.reader;
    answer_with(
        services,
        [&reader]() -> Result<json::object> {
            IncidentFilter filter;
            filter.only_queued = true;
            filter.limit = kQueueMax;
            const auto incidents = reader.incidents(filter);
            if (!incidents) return incidents.error();
            json::array all;
            for (const auto& incident : *incidents) all.push_back(api::to_json(incident));
            return json::object{{"incidents", std::move(all)}};
        },
        std::move(respond));
}

bool is_of_triage(std::string_view verb) { return verb == "triage" || verb == "communicate"; }

void act_on_triage(Services& services, http::Request& request, const ActOn& what, http::Respond respond) {
    const auto number = to_integer(what.id);
    if (!number) return respond(refusal(404, fmt::format("\"{}\" is not an incident's number", printable(what.id))));
    const IncidentId id{*number};
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    const auto texts = asked->check_texts({"by", "state", "note", "team", "until", "text"});
    if (!texts) return respond(refusal(texts.error()));
    auto by = asked->by(what.token.name);
    if (what.verb == "triage") {
        auto event = triage_of(*asked, std::move(by), services.rulebook()->roster(), services.clock.now());
        if (!event) return respond(refusal(event.error()));
        return post_event(services, id, std::move(*event), std::move(respond));
    }
    engine::Communicate said;
    said.actor = std::move(by);
    said.text = asked->text("text", kTextCodePointsMax);
    if (asked->is_true("reply")) said.how = engine::Communicate::How::Reply;
    if (said.text.empty()) return respond(refusal(400, "to communicate needs a \"text\": what was told"));
    if (said.how == engine::Communicate::How::Reply) return reply(services, id, std::move(said), std::move(respond));
    post_event(services, id, std::move(said), std::move(respond));
}

}  // namespace tocsin::api
