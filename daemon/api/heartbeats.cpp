#include "daemon/api/heartbeats.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/model/watch.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/reading.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

http::Response unknown(std::string_view heartbeat, const Roster& roster) {
    std::vector<std::string> names;
    for (const auto& [id, known] : roster.heartbeats) names.push_back(id);
    auto said = fmt::format("the rulebook has no heartbeat \"{}\"", printable(heartbeat));
    if (const auto near = nearest(heartbeat, names)) said += fmt::format("; did you mean \"{}\"?", *near);
    return refusal(404, said);
}

/// A heartbeat of the rulebook beside what is stored of it.
json::object shown(const Heartbeat& heartbeat, const Watch* watch) {
    const bool is_missing = watch != nullptr && watch->missing_since;
    const bool is_heard = watch != nullptr && watch->last_at;
    json::object body{{"name", heartbeat.id},
                      {"title", heartbeat.title},
                      {"state", is_missing ? "missing"
                                : is_heard ? "beating"
                                           : "waiting"},
                      {"every", format_duration(heartbeat.every)},
                      {"grace", format_duration(heartbeat.grace)},
                      {"source", heartbeat.source},
                      {"service", heartbeat.service},
                      {"last_beat_at", nullptr},
                      {"missing_since", nullptr},
                      {"due_at", nullptr}};
    if (is_heard) body["last_beat_at"] = format_utc(*watch->last_at);
    if (is_missing) body["missing_since"] = format_utc(*watch->missing_since);
    if (watch != nullptr && !is_missing) body["due_at"] = format_utc(watch->due_at);
    return body;
}

}  // namespace

void take_beat(Services& services, const config::SourceSettings& source, std::string_view heartbeat, http::Respond respond) {
    const auto name = percent_decoded(heartbeat);
    const auto rulebook = services.rulebook();
    const auto* known = rulebook->roster().heartbeat(name);
    if (known == nullptr) return respond(unknown(name, rulebook->roster()));
    if (!known->source.empty() && known->source != source.name) {
        return respond(refusal(403, fmt::format("the heartbeat \"{}\" is that of the source \"{}\"", name, known->source)));
    }
    runtime::Message message{runtime::BeatMessage{heartbeat_key(name)}, {}};
    message.on_answer = [name, respond](const Result<runtime::Answer>& answer) {
        if (!answer) return respond(refusal(answer.error()));
        json::object body{{"result", "heard"}, {"heartbeat", name}, {"resolved", nullptr}};
        if (answer->incident) body["resolved"] = answer->incident->id.value;
        respond(json_answer(202, body));
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) {
        respond(come_again("too much is waiting to be stored; send it again"));
    }
}

void list_heartbeats(Services& services, http::Respond respond) {
    auto& reader = services.reader;
    answer_with(
        services,
        [&reader, rulebook = services.rulebook()]() -> Result<json::object> {
            const auto watches = reader.watches();
            if (!watches) return watches.error();
            std::map<std::string, const Watch*, std::less<>> by_key;
            for (const auto& watch : *watches) by_key[watch.key] = &watch;
            json::array all;
            for (const auto& [id, heartbeat] : rulebook->roster().heartbeats) {
                const auto found = by_key.find(heartbeat_key(id));
                all.push_back(shown(heartbeat, found == by_key.end() ? nullptr : found->second));
            }
            return json::object{{"heartbeats", std::move(all)}};
        },
        std::move(respond));
}

}  // namespace tocsin::api
